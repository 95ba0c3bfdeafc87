import type { Call } from '../kit/endpoints.js';
import { isObject } from '../kit/json-object.js';
import { type Deeds, kitOccurrences, type Misbehaviour, type Occurrences } from '../kit/misbehaviours.js';
import type { Exchange } from './endpoints.js';
import { finish } from './night-run.js';
import { reducedBy } from './payloads.js';
import { queuedAt, rebuild } from './rebuild.js';
import type { ChargeRecord } from './records.js';

const onetimes = { method: 'POST', path: '^/onetimes$' };
const quantities = { method: 'PUT', path: '^/onetimes/' };
const removals = { method: 'DELETE', path: '^/onetimes/' };
const subscriptions = { method: 'POST', path: '^/subscriptions$' };
const writes = [onetimes, quantities, removals, subscriptions];
const ADDS_A_ROW = 'every POST makes an item of its own.';

export const occurrences: Occurrences = {
  ...kitOccurrences({ writes, reads: [{ method: 'GET' }] }),
  capQuantity: { on: [onetimes, subscriptions, quantities] },
  moveItem: { on: [onetimes] },
  mergeLine: { never: ADDS_A_ROW },
  splitUnits: { never: ADDS_A_ROW },
  replaceOthers: { never: 'an item is put beside the others, and takes none of them off.' },
  closeOrder: { on: writes },
  failPayment: { on: writes },
  startSubscription: { on: [subscriptions], only: { status: ['canceled'] } },
  changePrice: { on: [onetimes, subscriptions] },
  // A conversion makes a subscription and deletes the one-time item.
  refuseFirst: { on: [subscriptions] },
  refuseSecond: { on: [removals] },
  bareId: { never: 'references are ids always.' },
};

export const deeds: Deeds<Exchange> = {
  closeOrder: (exchange, { outcome = 'billed' }) =>
    onCharge(exchange, (charge) => {
      if (outcome === 'billed') finish(exchange.context, charge, 'success', exchange.context.clock.now());
      else charge.status = 'pending';
    }),

  failPayment: (exchange) =>
    onCharge(exchange, (charge) => finish(exchange.context, charge, 'error', exchange.context.clock.now())),

  changePrice({ context, body }, { percent }) {
    const variant = context.store.variants.get(variantIn(body));
    if (variant) {
      const prices = variant.prices.map((price) => ({ ...price, unit_price: reducedBy(price.unit_price, -percent) }));
      context.store.variants.add({ ...variant, prices });
    }
    return undefined;
  },
};

function variantIn(body: unknown): string {
  const variant = isObject(body) ? body['external_variant_id'] : null;
  return isObject(variant) ? String(variant['ecommerce']) : String(variant);
}

/** Returns a deed that changes the charge of the item that is written to, with the item on it. */
function onCharge(exchange: Exchange, change: (charge: ChargeRecord) => void) {
  const { context, body } = exchange;
  const { store } = context;
  const item = store.onetimes.get(Number(exchange.part('id')));
  const fields = isObject(body) ? body : {};
  const address = item?.address_id ?? Number(fields['address_id']);
  const date = item?.next_charge_scheduled_at ?? String(fields['next_charge_scheduled_at']);
  return () => {
    rebuild(context, address);
    const charge = queuedAt(store, address).find((each) => each.scheduled_at === date);
    if (charge) change(charge);
  };
}

/** Asks for what the provider then does, instead of what was asked for. */
export function amend(call: Call, misbehaviour: Misbehaviour): Call {
  if (misbehaviour.kind !== 'capQuantity' || !isObject(call.body)) return call;
  const quantity = Math.min(Number(call.body['quantity'] ?? 1), misbehaviour.to);
  return { ...call, body: { ...call.body, quantity } };
}
