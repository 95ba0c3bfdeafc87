import { readInstant } from './dates.js';
import { INTERVALS, type IntervalUnit } from './records.js';
import { badRequest, missingParameter } from './refusals.js';

const MAX_INT64 = 9_223_372_036_854_775_807n;
const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** The query: PUT and DELETE take their input here, not in a body. */
export class Parameters {
  constructor(readonly query: URLSearchParams) {}

  optional(name: string): string | null {
    const value = this.query.get(name);
    return value === null || value === '' ? null : value;
  }

  text(name: string): string {
    const value = this.optional(name);
    if (value === null) throw missingParameter(name);
    return value;
  }

  /** A 64-bit id from 1, as its digits. */
  id(name: string): string {
    const value = this.text(name);
    if (!/^\d{1,19}$/u.test(value) || BigInt(value) > MAX_INT64) {
      throw badRequest(`Failed to convert value of parameter '${name}' to the required type java.lang.Long`);
    }
    if (BigInt(value) < 1n) throw badRequest(`${name}: must be greater than or equal to 1`);
    return BigInt(value).toString();
  }

  optionalId(name: string): string | null {
    return this.optional(name) === null ? null : this.id(name);
  }

  integer(name: string, least: number, most: number, otherwise?: number): number {
    const value = this.optional(name);
    if (value === null) {
      if (otherwise === undefined) throw missingParameter(name);
      return otherwise;
    }
    const number = Number(value);
    if (!Number.isInteger(number)) {
      throw badRequest(`Failed to convert value of parameter '${name}' to the required type java.lang.Integer`);
    }
    if (number < least) throw badRequest(`${name}: must be greater than or equal to ${least}`);
    if (number > most) throw badRequest(`${name}: must be less than or equal to ${most}`);
    return number;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.optional(name);
    return value === null ? otherwise : value === 'true';
  }

  handle(name: string): string {
    const value = this.text(name);
    if (!HANDLE.test(value)) throw badRequest(`${name}: must match "${HANDLE.source}"`);
    return value;
  }

  /** A decimal of at most 999999.99. */
  price(name: string): string {
    const value = this.text(name);
    if (!/^\d{1,6}(?:\.\d{1,2})?$/u.test(value)) throw badRequest(`${name}: must be between 0 and 999999.99`);
    return Number(value).toFixed(2);
  }

  /** Upper case only: it is an enum of the server's language. */
  interval(name: string): IntervalUnit {
    const value = this.text(name);
    const unit = INTERVALS.find((each) => each === value);
    if (!unit) throw badRequest(`Failed to convert value of parameter '${name}' to the required type`);
    return unit;
  }

  /** Ten minutes of grace, then it has to be in the future. */
  futureInstant(name: string, now: Date): string {
    const value = this.text(name);
    const at = readInstant(value);
    if (at === null) throw badRequest(`${name}: must be an ISO date-time with a zone`);
    if (at < now.getTime() - 600_000) throw badRequest(`${name}: must be in the future`);
    return value;
  }
}
