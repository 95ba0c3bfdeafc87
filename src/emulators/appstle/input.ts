import { type Expectation, Input, type InputErrors } from '../kit/input.js';
import { readInstant } from './dates.js';
import { INTERVALS, type IntervalUnit } from './records.js';
import { badRequest, missingParameter } from './refusals.js';

const MAX_INT64 = 9_223_372_036_854_775_807n;
const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

const errors: InputErrors = {
  missing: ([name = '']) => missingParameter(name),
  invalid: (name, expected) => badRequest(complaint(name ?? 'body', expected)),
};

function complaint(name: string, expected: Expectation): string {
  if (typeof expected === 'object') {
    return 'least' in expected
      ? `${name}: must be greater than or equal to ${expected.least}`
      : `${name}: must be less than or equal to ${expected.most}`;
  }
  const type = expected === 'integer' ? ' java.lang.Integer' : '';
  return `Failed to convert value of parameter '${name}' to the required type${type}`;
}

export function queryInput(query: URLSearchParams): Input {
  return Input.ofQuery(query, errors);
}

/** Reads a 64-bit id from 1 and returns its digits. */
export function idIn(parameters: Input, name: string): string {
  const value = parameters.text(name);
  if (!/^\d{1,19}$/u.test(value) || BigInt(value) > MAX_INT64) {
    throw badRequest(`Failed to convert value of parameter '${name}' to the required type java.lang.Long`);
  }
  if (BigInt(value) < 1n) throw badRequest(`${name}: must be greater than or equal to 1`);
  return BigInt(value).toString();
}

export function optionalIdIn(parameters: Input, name: string): string | null {
  return parameters.has(name) ? idIn(parameters, name) : null;
}

export function handleIn(parameters: Input, name: string): string {
  const value = parameters.text(name);
  if (!HANDLE.test(value)) throw badRequest(`${name}: must match "${HANDLE.source}"`);
  return value;
}

/** Reads a price: a decimal of at most 999999.99. */
export function priceIn(parameters: Input, name: string): string {
  const value = parameters.text(name);
  if (!/^\d{1,6}(?:\.\d{1,2})?$/u.test(value)) throw badRequest(`${name}: must be between 0 and 999999.99`);
  return Number(value).toFixed(2);
}

/** Reads an interval unit, in upper case only: an enum of the server's language. */
export function intervalIn(parameters: Input, name: string): IntervalUnit {
  const value = parameters.text(name);
  const unit = INTERVALS.find((each) => each === value);
  if (!unit) throw badRequest(`Failed to convert value of parameter '${name}' to the required type`);
  return unit;
}

/** Reads an instant that has to be in the future, with ten minutes of grace. */
export function futureInstantIn(parameters: Input, name: string, now: Date): string {
  const value = parameters.text(name);
  const at = readInstant(value);
  if (at === null) throw badRequest(`${name}: must be an ISO date-time with a zone`);
  if (at < now.getTime() - 600_000) throw badRequest(`${name}: must be in the future`);
  return value;
}
