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

const seconds: Schema = { type: 'number', minimum: 0, maximum: 86_400, description: 'a number of seconds' };

const misbehaviours: readonly Schema[] = [
  action(['capQuantity'], { to: wholeNumber(1) }, ['to']),
  action(['moveItem', 'mergeLine', 'splitUnits', 'replaceOthers']),
  action(['closeOrder'], { outcome: oneOf(['processing', 'billed']), afterSeconds: seconds }),
  action(['failPayment'], { afterSeconds: seconds }),
  action(['startSubscription'], { status: oneOf(['past_due', 'paused', 'canceled']) }, ['status']),
  action(['changePrice'], { percent: { type: 'number', minimum: -99, description: 'a number from -99' } }, ['percent']),
  action(['answerErrors'], { applies: { type: 'boolean', description: 'true or false' }, errors: {} }, ['applies']),
  action(['applyLate'], { seconds, answer: oneOf(['reset', 'hang', 'gatewayTimeout']) }, ['seconds']),
  action(['unreadableAnswer'], { as: oneOf(['html', 'half', 'text', 'empty']) }, ['as']),
  action(['refuseFirst', 'refuseSecond'], { status, body: {} }, ['status']),
  action(['staleReads'], { seconds }, ['seconds']),
  action(['omitField'], { field: text, of: { type: ['string', 'number'], description: 'a text or a number' } }, [
    'field',
  ]),
  action(['bareId'], { field: text }, ['field']),
  action(['partialPage'], { list: text }),
];

/** Returns the parameters of each kind of misbehaviour, as the control endpoint takes them. */
export function parametersOf(kind: string): Readonly<Record<string, unknown>> {
  const schema = misbehaviours.find(({ properties }) => kindsIn(properties).includes(kind));
  const { kind: _kind, ...parameters } = Object(schema?.['properties']);
  return parameters;
}

function kindsIn(properties: unknown): readonly unknown[] {
  return [Object(Object(properties).kind).enum].flat();
}

const parts: Readonly<Record<string, Schema>> = {
  id: text,
  match: fields({ method: text, path: pattern, query: pattern, body: object, headers: object }),
  times: {
    anyOf: [{ const: 'always' }, { type: 'integer', minimum: 1 }],
    description: '"always" or a whole number from 1',
  },
  skip: wholeNumber(0),
  forSeconds: { type: 'number', exclusiveMinimum: 0, description: 'a number of seconds above 0' },
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
      ...misbehaviours,
      action(['patchBody'], {
        set: object,
        remove: { type: 'array', items: text, description: 'a list of paths' },
      }),
    ],
  },
};

/** Validates one fault as posted to the control endpoint: a `FaultSpecification`. Followers have none of their own. */
export const faultSchema: Schema = fields(
  {
    ...parts,
    followedBy: { type: 'array', items: fields(parts, ['action']), description: 'a list of faults' },
  },
  ['action'],
);
