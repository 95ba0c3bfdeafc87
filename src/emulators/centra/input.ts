import { Input, type InputErrors } from '../kit/input.js';
import { malformed } from './refusals.js';

const errors: InputErrors = {
  missing: ([name = '']) => malformed(name, 'required'),
  invalid(name, expected) {
    const text = expected === 'list' ? 'not a list' : expected === 'object' ? 'not an object' : 'not valid';
    return malformed(name ?? 'body', text);
  },
};

/** Reads a body. Ids are texts in most places and numbers in a few. */
export function bodyInput(body: unknown): Input {
  return Input.ofBody(body, errors);
}
