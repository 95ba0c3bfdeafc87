interface Amount {
  readonly amount: string;
  readonly currency: string;
}

export function money(value: Amount | null | undefined): string {
  if (!value) return '–';
  return new Intl.NumberFormat('en', { style: 'currency', currency: value.currency }).format(
    value.amount as `${number}`,
  );
}

export function rhythm(value: { readonly every: number; readonly unit: string } | null | undefined): string | null {
  if (!value) return null;
  const unit = value.unit.toLowerCase();
  return value.every === 1 ? `every ${unit}` : `every ${value.every} ${unit}s`;
}

export function day({
  at,
  date,
  timeZone,
}: {
  at?: string | null;
  date?: string | null;
  timeZone?: string | null;
}): string {
  const instant = at ?? (date ? `${date}T12:00:00Z` : null);
  if (instant === null) return 'Date not known yet';
  const zone = at && timeZone ? timeZone : 'UTC';
  return new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric', timeZone: zone }).format(
    new Date(instant),
  );
}

export function duration(seconds: number): string {
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} days`;
  if (seconds >= 7_200) return `${Math.floor(seconds / 3_600)} hours`;
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}
