/*
 * Calendar arithmetic on dates as text, `YYYY-MM-DD`. An implementation of its own: what the emulators prove about dates,
 * they do not prove with the code under test.
 */

export interface Interval {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  readonly count: number;
}

/** A date of something that recurs, and the day of the month it recurs on. */
export interface Occurrence {
  readonly date: string;
  readonly anchorDay: number;
}

/**
 * Finds the date one interval later. The anchor is the day of the month a schedule began on: a shorter month cuts it,
 * the next longer one restores it. A date off its anchor was moved there and becomes the new anchor.
 */
export function nextOccurrence(date: string, { unit, count }: Interval, anchorDay: number | null): Occurrence {
  const [year, month, day] = partsOf(date);
  if (unit === 'day' || unit === 'week') {
    const next = addDays(date, unit === 'week' ? count * 7 : count);
    return { date: next, anchorDay: partsOf(next)[2] };
  }
  const isOnAnchor = anchorDay !== null && day === Math.min(anchorDay, lastDayOf(year, month));
  const anchor = isOnAnchor ? anchorDay : day;
  const target = month + (unit === 'year' ? count * 12 : count);
  return { date: isoDate(year, target, Math.min(anchor, lastDayOf(year, target))), anchorDay: anchor };
}

export function addInterval(date: string, interval: Interval): string {
  return nextOccurrence(date, interval, null).date;
}

export function addDays(date: string, days: number): string {
  const [year, month, day] = partsOf(date);
  return isoDate(year, month, day + days);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/u;

/** Whether a text is a day that there is. */
export function isDate(text: string): boolean {
  return DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
}

export interface InstantOccurrence {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly anchorDay: number;
}

/** Finds the same time of day, in UTC, one interval later. */
export function nextInstant(at: number, interval: Interval, anchorDay: number | null): InstantOccurrence {
  const date = new Date(at).toISOString().slice(0, 10);
  const next = nextOccurrence(date, interval, anchorDay);
  return { at: Date.parse(next.date) + (at - Date.parse(date)), anchorDay: next.anchorDay };
}

function partsOf(date: string): readonly [year: number, month: number, day: number] {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split('-').map(Number);
  return [year, month, day];
}

/** Returns the last day of a month. `month` counts from 1 and may go beyond 12. */
function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
