/** The wall clock of a zone at an instant. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function isTimeZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Milliseconds the zone is ahead of UTC when its clocks show `localAsUtc`.
 * A local time that daylight saving skips is read with the offset before the gap; a repeated one is its first pass.
 */
export function zoneOffset(localAsUtc: number, timeZone: string): number {
  const before = offsetAt(localAsUtc - 86_400_000, timeZone);
  const after = offsetAt(localAsUtc + 86_400_000, timeZone);
  if (offsetAt(localAsUtc - before, timeZone) === before) return before;
  return offsetAt(localAsUtc - after, timeZone) === after ? after : before;
}

export function wallClock(instant: number, timeZone: string): WallClock {
  const clock = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of zoneNamed(timeZone).formatter.formatToParts(instant)) {
    if (type in clock) Object.assign(clock, { [type]: Number(value) });
  }
  return clock;
}

/** No zone has changed its clocks at another time for half a century. */
const QUARTER_HOUR_MS = 900_000;

/** The orders of a shop fall on some hundred days. */
const REMEMBERED_OFFSETS = 10_000;

/** Formatting is what costs, so each quarter of an hour is formatted once. */
function offsetAt(instant: number, timeZone: string): number {
  const { offsets } = zoneNamed(timeZone);
  const quarter = Math.floor(instant / QUARTER_HOUR_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const start = quarter * QUARTER_HOUR_MS;
  const { year, month, day, hour, minute, second } = wallClock(start, timeZone);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
  if (offsets.size === REMEMBERED_OFFSETS) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** By quarter of an hour since 1970. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** Throws `RangeError` for a name that is none. */
function zoneNamed(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone = { formatter, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}
