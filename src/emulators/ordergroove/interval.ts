import type { Interval } from '../kit/calendar.js';

/** `every_period`: 1 day, 2 week, 3 month, 4 year. https://developer.ordergroove.com/docs/domain-objects */
export const PERIODS = [1, 2, 3, 4] as const;

const UNITS: Readonly<Record<number, Interval['unit']>> = { 1: 'day', 2: 'week', 3: 'month', 4: 'year' };
const DAYS_PER_PERIOD: Readonly<Record<number, number>> = { 1: 1, 2: 7, 3: 30, 4: 360 };

/** Returns the cached day count with 30-day months. Scheduling does not use that count. */
export function frequencyDays(every: number, period: number): number {
  return every * (DAYS_PER_PERIOD[period] ?? 0);
}

export function intervalOf(every: number, period: number): Interval {
  return { unit: UNITS[period] ?? 'day', count: every };
}
