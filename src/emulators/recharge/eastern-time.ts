import { wallClock } from '../kit/wall-clock.js';

/*
 * Recharge's clock is US Eastern, whatever the zone of the shop.
 * https://support.getrecharge.com/hc/en-us/articles/360026324314
 */

const eastern = wallClock('America/New_York');

/** Formats an instant as `YYYY-MM-DDTHH:mm:ss` on Eastern clocks. */
export function toEastern(instant: Date): string {
  return eastern(instant).replace(' ', 'T');
}

export function toEasternDate(instant: Date): string {
  return toEastern(instant).slice(0, 10);
}

const HOUR = 3_600_000;

/** Returns the instant at which Eastern clocks show this minute of this day. */
export function fromEastern(date: string, minuteOfDay: number): Date {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * 60_000;
  const summer = new Date(asUtc + 4 * HOUR);
  const shown = new Date(asUtc).toISOString().slice(0, 19);
  return toEastern(summer) === shown ? summer : new Date(asUtc + 5 * HOUR);
}

/** Formats an instant in true UTC with its offset, as answers of today write stamps. */
export function toStamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}+00:00`;
}
