import { Input, type InputErrors } from '../kit/input.js';
import { isObject } from '../kit/json-object.js';
import { invalidRequest, missingParameter } from './refusals.js';

const errors: InputErrors = {
  missing: ([name = '']) => missingParameter(name),
  invalid: (name, expected) =>
    invalidRequest(
      'parameter.invalid',
      expected === 'integer' ? `${name} must be an integer.` : `${name ?? 'The body'} is not valid.`,
    ),
};

/** Returns the attributes a caller sent below the name of the resource, and refuses a body without it. */
export function attributesIn(body: unknown, resource: string): Input {
  const attributes = isObject(body) ? body[resource] : undefined;
  if (!isObject(attributes)) throw missingParameter(resource);
  return new Input(attributes, errors);
}

/** Returns the attributes of an action that needs none and may come without a body. */
export function optionalAttributesIn(body: unknown, resource: string): Input {
  const attributes = isObject(body) ? body[resource] : undefined;
  return new Input(isObject(attributes) ? attributes : {}, errors);
}

/** Reads text such as `2026-03-08 22:02:57 UTC`, or an integer, as Unix seconds. */
export function timeIn(attributes: Input, name: string): number | null {
  const value = attributes.value(name);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  if (/^\d+$/u.test(value)) return Number(value);
  const at = Date.parse(value.replace(/ UTC$/u, 'Z').replace(' ', 'T'));
  if (Number.isNaN(at)) throw invalidRequest('parameter.invalid', 'The time cannot be read.');
  return Math.floor(at / 1000);
}
