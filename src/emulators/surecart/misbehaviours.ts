import type { Call } from '../kit/endpoints.js';
import { isObject } from '../kit/json-object.js';
import {
  type Deeds,
  kitOccurrences,
  type Misbehaviour,
  type MisbehaviourOf,
  type Occurrences,
} from '../kit/misbehaviours.js';
import { failCharge } from './charging.js';
import { nowOf, type SureCartContext } from './context.js';
import type { Exchange } from './endpoints.js';
import { optionalAttributesIn } from './input.js';
import type { CheckoutRecord } from './records/sales.js';
import type { SubscriptionRecord } from './records/subscriptions.js';

const upsells = { method: 'POST', path: '^/v1/line_items/upsell$', query: '^(?!.*preview=true)' };
const subscriptions = { method: 'POST', path: '^/v1/subscriptions$' };
const revocations = { method: 'PATCH', path: '^/v1/purchases/[^/]+/revoke$' };
const refusedOffers = { method: 'PATCH', path: '^/v1/checkouts/[^/]+/decline_upsell/' };
const reads = [{ method: 'GET', path: '^/v1/' }];

export const occurrences: Occurrences = {
  ...kitOccurrences({ writes: [upsells, subscriptions, revocations, refusedOffers], reads }),
  capQuantity: { on: [upsells] },
  moveItem: { never: 'an upsell belongs to the funnel of its checkout, and its line to that checkout.' },
  mergeLine: { on: [upsells] },
  splitUnits: { on: [upsells] },
  replaceOthers: { on: [upsells] },
  closeOrder: { on: [upsells], only: { outcome: ['billed'] } },
  failPayment: { on: [upsells] },
  startSubscription: { on: [upsells, subscriptions] },
  changePrice: { on: [upsells, subscriptions] },
  refuseFirst: { on: [subscriptions] },
  refuseSecond: { on: [revocations] },
  bareId: { on: reads },
};

export const deeds: Deeds<Exchange> = {
  closeOrder: (exchange) =>
    onCheckout(exchange, ({ clock }, checkout) => {
      Object.assign(checkout, { upsells_expire_at: nowOf({ clock }), current_upsell: null });
    }),

  failPayment: (exchange) =>
    onCheckout(exchange, (context, checkout) => {
      const order = context.store.tables.order.get(checkout.order);
      const now = nowOf(context);
      failCharge(context, checkout);
      Object.assign(checkout, { status: 'payment_failed', updated_at: now });
      if (order) Object.assign(order, { status: 'payment_failed', updated_at: now });
    }),

  startSubscription({ context }, { status }) {
    const table = context.store.tables.subscription;
    const before = new Set(table.list());
    return () => {
      for (const started of table.filter((each) => !before.has(each))) putOutOfForce(context, started, status);
    };
  },

  changePrice({ context, body }, { percent }) {
    const { tables } = context.store;
    const asked = optionalAttributesIn(body, isObject(body) && 'subscription' in body ? 'subscription' : 'line_item');
    const price = tables.price.get(asked.optionalText('price', 'price_id'));
    if (!price) return undefined;
    const changed = (amount: number) => Math.round((amount * (100 + percent)) / 100);
    Object.assign(price, { amount: changed(price.amount), full_amount: changed(price.full_amount) });
    price.current_version += 1;
    for (const variant of tables.variant.filter(({ product }) => product === price.product)) {
      if (variant.amount !== null) variant.amount = changed(variant.amount);
    }
    return undefined;
  },
};

const PAUSE_SECONDS = 30 * 86_400;

/** Puts a subscription out of force. A pause is a cancellation that ends by itself. */
function putOutOfForce(
  context: SureCartContext,
  subscription: SubscriptionRecord,
  status: MisbehaviourOf<'startSubscription'>['status'],
): void {
  const now = nowOf(context);
  const isOver = status !== 'past_due';
  Object.assign(subscription, {
    status: isOver ? 'canceled' : status,
    ended_at: isOver ? now : null,
    restore_at: status === 'paused' ? now + PAUSE_SECONDS : null,
    updated_at: now,
  });
  subscription.hidden.activateAt = null;
}

function onCheckout({ context, body }: Exchange, change: (context: SureCartContext, checkout: CheckoutRecord) => void) {
  const id = optionalAttributesIn(body, 'line_item').optionalText('checkout', 'checkout_id');
  const checkout = context.store.tables.checkout.get(id);
  return checkout && (() => change(context, checkout));
}

/** Asks for what the provider then does, instead of what was asked for. */
export function amend(call: Call, misbehaviour: Misbehaviour): Call {
  const line: unknown = isObject(call.body) ? call.body['line_item'] : null;
  if (misbehaviour.kind !== 'capQuantity' || !isObject(line)) return call;
  const quantity = Math.min(Number(line['quantity'] ?? 1), misbehaviour.to);
  return { ...call, body: { line_item: { ...line, quantity } } };
}
