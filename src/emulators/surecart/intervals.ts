import type { Interval, PriceRecord } from './records/catalogue.js';

/** Unix seconds one recurring interval after `start`; a month is a calendar month, cut at its last day. */
export function addInterval(
  start: number,
  { recurring_interval: unit, recurring_interval_count: count }: PriceRecord,
): number {
  return unit === null ? start : add(start, unit, count ?? 1);
}

function add(start: number, unit: Interval, count: number): number {
  if (unit === 'day') return start + count * 86_400;
  if (unit === 'week') return start + count * 604_800;
  const date = new Date(start * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + (unit === 'year' ? count * 12 : count));
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return Math.floor(date.getTime() / 1000);
}
