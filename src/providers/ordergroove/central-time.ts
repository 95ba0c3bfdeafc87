import { wallClock } from '../../domain/time-zone.js';

/**
 * Writes a time for the filters of lists, which are read as US Central time; of the hour that comes twice in autumn, an
 * hour earlier. See https://developer.ordergroove.com/docs/implement-custom-data-pipelines
 */
export function centralTimeBy(at: Date): string {
  const isTwice = clockAt(at.getTime()) === clockAt(at.getTime() + HOUR_MS);
  return clockAt(isTwice ? at.getTime() - HOUR_MS : at.getTime());
}

const HOUR_MS = 3_600_000;

function clockAt(instant: number): string {
  const { year, month, day, hour, minute, second } = wallClock(instant, 'America/Chicago');
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19);
}
