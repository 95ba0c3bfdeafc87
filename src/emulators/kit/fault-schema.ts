import { fields, object, oneOf, pattern, type Schema, text, wholeNumber } from './control-input.js';

const status: Schema = {
  type: 'integer',
  minimum: 200,
  maximum: 599,
  description: 'an HTTP status from 200 to 599',
};

function action(
  kinds: readonly string[],
  more: Readonly<Record<string, Schema>> = {},
  required: string[] = [],
): Schema {
  return fields({ kind: oneOf(kinds), ...more }, ['kind', ...required]);
}

/** Validates one fault as posted to the control endpoint: a `FaultSpecification`. */
export const faultSchema: Schema = fields(
  {
    id: text,
    match: fields({ method: text, path: pattern, query: pattern, body: object, headers: object }),
    times: {
      anyOf: [{ const: 'always' }, { type: 'integer', minimum: 1 }],
      description: '"always" or a whole number from 1',
    },
    skip: wholeNumber(0),
    action: {
      type: 'object',
      description: 'a JSON object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        action(['status', 'applyThenStatus'], { status, body: {}, contentType: text }, ['status']),
        action(['reset', 'applyThenReset', 'hang', 'applyThenHang', 'cutBody']),
        action(['delay'], { milliseconds: wholeNumber(0) }, ['milliseconds']),
        action(['html'], { status }, ['status']),
        action(['patchBody'], {
          set: object,
          remove: { type: 'array', items: text, description: 'a list of paths' },
        }),
      ],
    },
  },
  ['action'],
);
