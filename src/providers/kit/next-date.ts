import type { LocalDate } from '../../domain/moment.js';
import type { Frequency } from '../../domain/subscription.js';

/** Returns the date one period after another: months are calendar months, cut at their last day. */
export function nextDate(date: LocalDate, { every, unit }: Frequency): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  if (unit === 'DAY' || unit === 'WEEK')
    return toDate(Date.UTC(year, month - 1, day + every * (unit === 'WEEK' ? 7 : 1)));
  const months = unit === 'YEAR' ? every * 12 : every;
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDate(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

function toDate(instant: number): LocalDate {
  return new Date(instant).toISOString().slice(0, 10);
}
