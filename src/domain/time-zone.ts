/** Local date and time in a zone. */
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
 * Returns the offset of a zone from UTC, in milliseconds, when its clocks show `localAsUtc`.
 * Uses the offset before the gap for a skipped local time, and the first pass of a repeated one.
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

/** Granularity of clock changes: for half a century every zone has changed its clocks on a quarter of an hour. */
const QUARTER_HOUR_MS = 900_000;

/** Bounds the cached offsets; the orders of a shop fall on a few hundred days. */
const MAX_MEMOIZED_OFFSETS = 10_000;

/** Returns the offset at an instant. Formats each quarter of an hour only once, because formatting is slow. */
function offsetAt(instant: number, timeZone: string): number {
  const { offsets } = zoneNamed(timeZone);
  const quarter = Math.floor(instant / QUARTER_HOUR_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const start = quarter * QUARTER_HOUR_MS;
  const { year, month, day, hour, minute, second } = wallClock(start, timeZone);
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - start;
  if (offsets.size === MAX_MEMOIZED_OFFSETS) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offsets by quarter of an hour since 1970. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** Returns the zone of a name. Throws `RangeError` for an unknown name. */
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
