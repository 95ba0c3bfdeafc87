/** Centra states times without an offset, in the zone of the instance: `YYYY-MM-DD HH:MM:SS`. */
export function localTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return parts.format(at);
}

export function localDate(at: Date, timeZone: string): string {
  return localTime(at, timeZone).slice(0, 10);
}

/** The calendar date some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function addInterval(date: string, type: 'day' | 'week' | 'month' | 'year', value: number): string {
  if (type === 'day') return addDays(date, value);
  if (type === 'week') return addDays(date, value * 7);
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const months = year * 12 + month - 1 + (type === 'year' ? value * 12 : value);
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(day, last))).toISOString().slice(0, 10);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/u;

export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}
