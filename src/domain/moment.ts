/** How a moment became known. */
export type MomentBasis = 'STATED_INSTANT' | 'STATED_LOCAL' | 'DERIVED_FROM_LENGTH' | 'DERIVED_FROM_RULE' | 'UNKNOWN';

/** Calendar date without zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A moment a provider states exactly, as a local date or time, or not at all. */
export interface ScheduledMoment {
  readonly at: Date | null;
  readonly date: LocalDate | null;
  /** IANA zone that turned a local value into `at`. */
  readonly timeZone: string | null;
  readonly basis: MomentBasis;
}

export const unknownMoment: ScheduledMoment = { at: null, date: null, timeZone: null, basis: 'UNKNOWN' };

/** A clock handed in, so that tests decide what time it is. */
export type Clock = () => Date;

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/** Reads `YYYY-MM-DD` with or without a time, in `timeZone` when there is one. Impossible dates give `unknownMoment`. */
export function statedLocal(text: string, timeZone: string | null): ScheduledMoment {
  const match = LOCAL.exec(text.trim());
  if (!match) return unknownMoment;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal =
    new Date(asUtc).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60;
  if (!isReal) return unknownMoment;
  return {
    at: timeZone === null ? null : new Date(asUtc - zoneOffset(asUtc, timeZone)),
    date: `${match[1]}-${match[2]}-${match[3]}`,
    timeZone,
    basis: 'STATED_LOCAL',
  };
}

export function statedInstant(at: Date, timeZone: string | null = null): ScheduledMoment {
  if (Number.isNaN(at.getTime())) return unknownMoment;
  return { at, date: timeZone === null ? null : localDate(at, timeZone), timeZone, basis: 'STATED_INSTANT' };
}

/** The calendar date at this instant in a zone. */
export function localDate(at: Date, timeZone: string): LocalDate {
  const { year, month, day } = wallClock(at.getTime(), timeZone);
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}

export function isTimeZone(name: string): boolean {
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * Milliseconds the zone is ahead of UTC when its clocks show `localAsUtc`.
 * A local time that daylight saving skips is read with the offset before the gap; a repeated one is its first pass.
 */
function zoneOffset(localAsUtc: number, timeZone: string): number {
  const before = offsetAt(localAsUtc - 86_400_000, timeZone);
  const after = offsetAt(localAsUtc + 86_400_000, timeZone);
  if (offsetAt(localAsUtc - before, timeZone) === before) return before;
  return offsetAt(localAsUtc - after, timeZone) === after ? after : before;
}

function offsetAt(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function wallClock(instant: number, timeZone: string) {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: string) => parts[name] ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
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
    formatters.set(timeZone, found);
  }
  return found;
}
