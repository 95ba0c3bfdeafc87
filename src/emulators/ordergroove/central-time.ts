import { wallClock } from '../kit/wall-clock.js';

/*
 * Ordergroove's naive dates are US Central wall-clock time.
 * https://developer.ordergroove.com/docs/implement-custom-data-pipelines, /graphql/rest-vs-graphql
 */

/** `YYYY-MM-DD HH:mm:ss` on Central clocks at this instant. */
export const toCentral = wallClock('America/Chicago');

export function toCentralDate(instant: Date): string {
  return dateOf(toCentral(instant));
}

export function dateOf(text: string): string {
  return text.slice(0, 10);
}

export function atMidnight(date: string): string {
  return `${dateOf(date)} 00:00:00`;
}

/**
 * Returns the instant at which Central clocks show this text. A time repeated in autumn is its first pass; one skipped
 * in spring is read with winter time, an hour later on the clock.
 */
export function fromCentral(text: string): Date {
  const asUtc = utcOf(text);
  const summer = new Date(asUtc + 5 * HOUR);
  return toCentral(summer) === normal(text) ? summer : new Date(asUtc + 6 * HOUR);
}

export function toUnixSeconds(text: string): number {
  return Math.floor(fromCentral(text).getTime() / 1000);
}

const HOUR = 3_600_000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/u;

/** Reads `YYYY-MM-DD`, or with `T` or blank and a time; null for anything else and for impossible dates. */
export function readCentral(text: string): string | null {
  if (!DATE.test(text)) return null;
  const shown = new Date(utcOf(text));
  if (Number.isNaN(shown.getTime())) return null;
  return shown.toISOString().slice(0, 19).replace('T', ' ') === normal(text) ? normal(text) : null;
}

function normal(text: string): string {
  const [date = '', time = '00:00:00'] = text.split(/[ T]/u);
  return `${date} ${time.length === 5 ? `${time}:00` : time}`;
}

function utcOf(text: string): number {
  return Date.parse(`${normal(text).replace(' ', 'T')}Z`);
}
