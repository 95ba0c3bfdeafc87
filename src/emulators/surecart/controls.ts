import type { FastifyInstance } from 'fastify';
import { ControlInputError, fields, object, oneOf, takes, text } from '../kit/control-input.js';
import { isObject, type JsonObject } from '../kit/json-object.js';
import { type ProcessorOutcome, settle } from './checkouts.js';
import type { SureCartContext } from './context.js';
import type { PurchasableStatus } from './records/sales.js';
import type { AnyRecord } from './store.js';
import { installWebhookTarget } from './webhooks.js';

const OUTCOMES: readonly ProcessorOutcome[] = ['processing', 'paid', 'payment_failed', 'payment_intent_canceled'];

const STATUSES: readonly PurchasableStatus[] = [
  'purchasable',
  'price_gone',
  'price_old_version',
  'variant_mising',
  'variant_missing',
  'variant_gone',
  'variant_old_version',
  'out_of_stock',
  'exceeds_purchase_limit',
];

/**
 * Registers the controls of webhooks, records, payments and purchasable statuses.
 * `PATCH /__emulator/records/<object>/<id>` changes fields of a record; what is not sent is kept below `hidden`.
 * `POST /__emulator/payments` says what the processor makes of a finalized checkout.
 * `POST /__emulator/purchasable` scripts the purchasable status of a price.
 */
export function controls(app: FastifyInstance, context: SureCartContext): void {
  installWebhookTarget(app, context);
  app.patch<{ Params: { object: string; id: string }; Body: JsonObject }>(
    '/records/:object/:id',
    takes(object),
    ({ params, body }) => {
      const record = recordOf(context, params.object, params.id);
      const { hidden, ...shown } = body;
      assignKnown(record, shown, `A ${params.object}`);
      if ('hidden' in record && isObject(hidden)) assignKnown(record.hidden, hidden, 'hidden');
      return record;
    },
  );

  app.post<{ Body: { checkout: string; outcome: ProcessorOutcome } }>(
    '/payments',
    takes(fields({ checkout: text, outcome: oneOf(OUTCOMES) }, ['checkout', 'outcome'])),
    ({ body }) => {
      const checkout = context.store.tables.checkout.get(body.checkout);
      if (!checkout) throw new ControlInputError('There is no such checkout.');
      settle(context, checkout, body.outcome);
      return checkout;
    },
  );

  app.post<{ Body: { price: string; status: PurchasableStatus } }>(
    '/purchasable',
    takes(fields({ price: text, status: oneOf(STATUSES) }, ['price', 'status'])),
    ({ body }) => {
      context.store.scriptedStatuses.set(body.price, body.status);
      return Object.fromEntries(context.store.scriptedStatuses);
    },
  );
}

function recordOf({ store }: SureCartContext, object: string, id: string): AnyRecord {
  const table = Object.entries(store.tables).find(([name]) => name === object)?.[1];
  const record = table?.get(id);
  if (!record) throw new ControlInputError(`There is no ${object} ${id}.`);
  return record;
}

function assignKnown(target: object, values: JsonObject, what: string): void {
  const known = Object.keys(target);
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new ControlInputError(`${what} does not know ${unknown.join(', ')}.`);
  Object.assign(target, values);
}
