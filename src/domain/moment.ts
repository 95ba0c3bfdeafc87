import { memoizeBounded } from './memoize-bounded.js';
import { wallClock, zoneOffset } from './time-zone.js';

/** Source of a moment. */
export type MomentBasis = 'STATED_INSTANT' | 'STATED_LOCAL' | 'DERIVED_FROM_LENGTH' | 'DERIVED_FROM_RULE' | 'UNKNOWN';

/** Calendar date without zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A moment as stated by a provider: an instant, a local date or time, or nothing. */
export interface ScheduledMoment {
  readonly at: Date | null;
  readonly date: LocalDate | null;
  /** IANA zone that turned a local value into `at`. */
  readonly timeZone: string | null;
  readonly basis: MomentBasis;
}

export const unknownMoment: ScheduledMoment = { at: null, date: null, timeZone: null, basis: 'UNKNOWN' };

/** Returns the current time; injected, so that tests control it. */
export type Clock = () => Date;

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const MAX_LENGTH = 40;
const MAX_MEMOIZED_ZONES = 1_000;
const MAX_MEMOIZED_DAYS = 10_000;

/** Parses `YYYY-MM-DD`, with or without a time, in `timeZone` when given. Returns `unknownMoment` for an invalid date. */
export function parseLocalDateTime(text: string, timeZone: string | null): ScheduledMoment {
  const local = text.trim();
  return local.length > MAX_LENGTH ? unknownMoment : localIn(timeZone)(local);
}

const localIn = memoizeBounded(MAX_MEMOIZED_ZONES, (timeZone: string | null) =>
  memoizeBounded(MAX_MEMOIZED_DAYS, (local: string) => readLocal(local, timeZone)),
);

function readLocal(local: string, timeZone: string | null): ScheduledMoment {
  const match = LOCAL.exec(local);
  if (!match) return unknownMoment;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal =
    new Date(asUtc).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60;
  if (!isReal || !isPlausible(asUtc)) return unknownMoment;
  return {
    at: timeZone === null ? null : new Date(asUtc - zoneOffset(asUtc, timeZone)),
    date: `${match[1]}-${match[2]}-${match[3]}`,
    timeZone,
    basis: 'STATED_LOCAL',
  };
}

export function fromInstant(at: Date, timeZone: string | null = null): ScheduledMoment {
  if (!isPlausible(at.getTime())) return unknownMoment;
  return { at, date: timeZone === null ? null : localDate(at, timeZone), timeZone, basis: 'STATED_INSTANT' };
}

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** Whether anything of a shop can be at this Unix time in milliseconds; a time in another unit is far outside. */
export function isPlausible(at: number): boolean {
  return at >= EARLIEST && at < LATEST;
}

/** Returns the calendar date in a zone at an instant. */
export function localDate(at: Date, timeZone: string): LocalDate {
  const { year, month, day } = wallClock(at.getTime(), timeZone);
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
