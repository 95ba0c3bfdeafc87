import { wallClock } from '../kit/wall-clock.js';

/** Formats a time as Centra states it: `YYYY-MM-DD HH:MM:SS` without an offset, in the zone of the instance. */
export function localTime(at: Date, timeZone: string): string {
  return wallClock(timeZone)(at);
}

export function localDate(at: Date, timeZone: string): string {
  return localTime(at, timeZone).slice(0, 10);
}
