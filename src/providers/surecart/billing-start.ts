import type { Frequency } from '../../domain/subscription.js';

/** More periods than this have not passed since a purchase worth converting. */
const MAX_PERIODS = 4_000;

/** Returns the Unix seconds at which billing starts when what was paid at `paidAt` covers whole periods up to now. */
export function billingStart(paidAt: Date, frequency: Frequency, now: Date): number {
  for (let periods = 1; periods < MAX_PERIODS; periods += 1) {
    const end = after(paidAt, frequency, periods);
    if (end > now) return Math.floor(end.getTime() / 1000);
  }
  return Math.floor(periodAfter(now, frequency).getTime() / 1000);
}

/** Returns the end of the period that starts at a moment. */
export function periodAfter(start: Date, frequency: Frequency): Date {
  return after(start, frequency, 1);
}

function after(start: Date, { every, unit }: Frequency, periods: number): Date {
  const count = every * periods;
  if (unit === 'DAY' || unit === 'WEEK') {
    return new Date(start.getTime() + count * (unit === 'WEEK' ? 7 : 1) * 86_400_000);
  }
  // A month is a calendar month, cut at its last day.
  const end = new Date(start);
  end.setUTCDate(1);
  end.setUTCMonth(end.getUTCMonth() + (unit === 'YEAR' ? 12 * count : count));
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return end;
}
