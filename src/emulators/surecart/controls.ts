import type { FastifyInstance } from 'fastify';
import { ControlInputError, isObject, knownKeysOnly, objectInput, textInput } from '../kit/control-input.js';
import { type ProcessorOutcome, settle } from './checkouts.js';
import type { PurchasableStatus } from './records/sales.js';
import type { AnyRecord } from './store.js';
import type { SureCartWorld } from './world.js';

const OUTCOMES = ['processing', 'paid', 'payment_failed', 'payment_intent_canceled'] as const;

const STATUSES = [
  'purchasable',
  'price_gone',
  'price_old_version',
  'variant_mising',
  'variant_missing',
  'variant_gone',
  'variant_old_version',
  'out_of_stock',
  'exceeds_purchase_limit',
] as const;

/**
 * `PATCH /__emulator/records/<object>/<id>` changes fields of a record; what is not sent is kept below `hidden`.
 * `POST /__emulator/payments` says what the processor makes of a finalized checkout.
 * `POST /__emulator/purchasable` scripts the purchasable status of a price.
 */
export function controls(app: FastifyInstance, world: SureCartWorld): void {
  app.patch<{ Params: { object: string; id: string } }>('/records/:object/:id', ({ params, body }) => {
    const record = recordOf(world, params.object, params.id);
    const fields = objectInput(body, 'The body');
    knownKeysOnly(fields, Object.keys(record), `A ${params.object}`);
    const { hidden, ...shown } = fields;
    Object.assign(record, shown);
    if ('hidden' in record && isObject(hidden)) {
      knownKeysOnly(hidden, Object.keys(record.hidden), 'hidden');
      Object.assign(record.hidden, hidden);
    }
    return record;
  });

  app.post('/payments', ({ body }) => {
    const input = objectInput(body, 'The body');
    knownKeysOnly(input, ['checkout', 'outcome'], 'A payment');
    const checkout = world.store.tables.checkout.get(textInput(input['checkout'], 'checkout'));
    if (!checkout) throw new ControlInputError('There is no such checkout.');
    const outcome: ProcessorOutcome = oneOf(OUTCOMES, input['outcome'], 'outcome');
    settle(world, checkout, outcome);
    return checkout;
  });

  app.post('/purchasable', ({ body }) => {
    const input = objectInput(body, 'The body');
    knownKeysOnly(input, ['price', 'status'], 'A purchasable status');
    const status: PurchasableStatus = oneOf(STATUSES, input['status'], 'status');
    world.store.scriptedStatuses.set(textInput(input['price'], 'price'), status);
    return Object.fromEntries(world.store.scriptedStatuses);
  });
}

function recordOf({ store }: SureCartWorld, object: string, id: string): AnyRecord {
  const table = Object.entries(store.tables).find(([name]) => name === object)?.[1];
  const record = table?.get(id);
  if (!record) throw new ControlInputError(`There is no ${object} ${id}.`);
  return record;
}

function oneOf<const Value extends string>(values: readonly Value[], value: unknown, what: string): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new ControlInputError(`${what} must be one of ${values.join(', ')}.`);
  return found;
}
