import { isDate } from '../kit/calendar.js';
import { type Expectation, Input, type InputErrors } from '../kit/input.js';
import { isObject } from '../kit/json-object.js';
import type { Property } from './records.js';
import { invalid } from './refusals.js';

const errors: InputErrors = {
  missing: (names) => invalid(Object.fromEntries(names.map((name) => [name, ['Missing data for required field.']]))),
  invalid: (name, expected) => invalid({ [name ?? '_schema']: [complaint(expected)] }),
};

function complaint(expected: Expectation): string {
  if (typeof expected !== 'object') return expected === 'integer' ? 'Not a valid integer.' : 'Invalid input type.';
  return 'least' in expected ? `Must be at least ${expected.least}.` : `Must be at most ${expected.most}.`;
}

export function bodyInput(body: unknown): Input {
  return Input.ofBody(body, errors);
}

/** Reads the shop's own id, stated as an object, as text or as a number. */
export function externalIdIn(input: Input, name: string): string {
  const value = input.value(name);
  const id = isObject(value) ? value['ecommerce'] : value;
  if (typeof id === 'string' || typeof id === 'number') return String(id);
  throw errors.missing([name]);
}

export function dateIn(input: Input, name: string): string {
  const date = input.text(name).slice(0, 10);
  if (!isDate(date)) throw invalid({ [name]: ['Not a valid date.'] });
  return date;
}

/** Converts a price to hundredths of a unit. */
export function priceIn(input: Input, name: string): number | null {
  const text = input.optionalText(name);
  if (text === null) return null;
  if (!/^\d{1,9}(?:\.\d{1,2})?$/u.test(text)) throw invalid({ [name]: ['Not a valid number.'] });
  return Math.round(Number(text) * 100);
}

/** Reads properties from a list of names and values, or from the object of older clients. */
export function propertiesIn(input: Input, name = 'properties'): readonly Property[] {
  const value = input.value(name) ?? [];
  const pairs = isObject(value) ? Object.entries(value).map(([key, each]) => ({ name: key, value: each })) : value;
  if (!Array.isArray(pairs)) throw errors.invalid(name, 'list');
  return pairs.filter(isObject).map((each) => ({ name: textOf(each['name']) ?? '', value: textOf(each['value']) }));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
