import { dateOf } from './central-time.js';

/** `every_period`: 1 day, 2 week, 3 month, 4 year. https://developer.ordergroove.com/docs/domain-objects */
export const PERIODS = [1, 2, 3, 4] as const;

const DAYS_PER_PERIOD: Readonly<Record<number, number>> = { 1: 1, 2: 7, 3: 30, 4: 360 };

/** The cached day count with 30-day months; scheduling does not use it. */
export function frequencyDays(every: number, period: number): number {
  return every * (DAYS_PER_PERIOD[period] ?? 0);
}

/** One calendar interval later. A day the target month does not have becomes that month's last day. */
export function addInterval(date: string, every: number, period: number): string {
  const [year = 0, month = 1, day = 1] = dateOf(date).split('-').map(Number);
  if (period <= 2) return isoDate(year, month, day + every * (period === 2 ? 7 : 1));
  const months = month + every * (period === 4 ? 12 : 1);
  const lastDay = new Date(Date.UTC(year, months, 0)).getUTCDate();
  return isoDate(year, months, Math.min(day, lastDay));
}

export function addDays(date: string, days: number): string {
  return addInterval(date, days, 1);
}

function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
