import { type LocalDate, localDate } from '../../../domain/moment.js';
import type { Frequency } from '../../../domain/subscription.js';

const DAY_MS = 86_400_000;

/** Returns the day one interval after the order, and never before tomorrow, the earliest Centra takes. */
export function firstDelivery(
  orderedOn: LocalDate | null,
  frequency: Frequency,
  now: Date,
  timeZone: string | null,
): LocalDate {
  const today = localDate(now, timeZone ?? 'UTC');
  const tomorrow = addDays(today, 1);
  const due = addInterval(orderedOn ?? today, frequency);
  return due > tomorrow ? due : tomorrow;
}

function addInterval(date: LocalDate, { every, unit }: Frequency): LocalDate {
  switch (unit) {
    case 'DAY':
      return addDays(date, every);
    case 'WEEK':
      return addDays(date, every * 7);
    case 'MONTH':
      return addMonths(date, every);
    case 'YEAR':
      return addMonths(date, every * 12);
  }
}

function addDays(date: LocalDate, days: number): LocalDate {
  return toDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

/** Adds months to a date. The last day of a shorter month stands for the days it lacks. */
function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDate(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

function toDate(instant: number): LocalDate {
  return new Date(instant).toISOString().slice(0, 10);
}
