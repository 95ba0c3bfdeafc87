import { type Expectation, Input, type InputErrors } from '../kit/input.js';
import { Refusal } from '../kit/refusal.js';
import { readCentral } from './central-time.js';
import { PERIODS } from './interval.js';
import { isMoneyText } from './pricing.js';
import { badField, badRequest } from './refusals.js';

const errors: InputErrors = {
  missing: (names) => new Refusal(400, Object.fromEntries(names.map((name) => [name, 'This field is required.']))),
  invalid: (name, expected) =>
    name === null ? badRequest('Invalid data. Expected a dictionary.') : badField(name, complaint(expected)),
};

function complaint(expected: Expectation): string {
  if (typeof expected === 'object') {
    return 'least' in expected
      ? `Ensure this value is greater than or equal to ${expected.least}.`
      : `Ensure this value is less than or equal to ${expected.most}.`;
  }
  switch (expected) {
    case 'object':
      return 'Expected a dictionary.';
    case 'text':
      return 'Not a valid string.';
    case 'integer':
      return 'A valid integer is required.';
    case 'list':
      return 'Expected a list of items.';
    case 'JSON':
      return 'Value must be valid JSON.';
  }
}

export function bodyInput(body: unknown): Input {
  return Input.ofBody(body, errors);
}

export function periodIn(body: Input, name: string): number {
  const period = PERIODS.find((each) => each === body.integer(name, { least: 1 }));
  if (period === undefined) throw badField(name, 'Not a valid choice.');
  return period;
}

export function moneyIn(body: Input, name: string): string {
  const text = body.text(name);
  if (!isMoneyText(text)) throw badField(name, 'A valid number is required.');
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

export function dateTimeIn(body: Input, name: string): string {
  const date = readCentral(body.text(name));
  if (date === null) throw badField(name, 'Date has wrong format.');
  return date;
}
