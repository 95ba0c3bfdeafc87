import { addDays } from '../kit/calendar.js';
import type { Call } from '../kit/endpoints.js';
import { isObject } from '../kit/json-object.js';
import { type Deeds, kitOccurrences, type Misbehaviour, type Occurrences } from '../kit/misbehaviours.js';
import { dateOf, toCentral } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import type { Exchange } from './endpoints.js';
import { hundredths, moneyText } from './pricing.js';
import type { OrderRecord } from './records.js';
import { placeNow, REJECTED, startPlacement } from './renewals.js';
import { findOrCreateOrder, isOpen } from './schedule.js';

const items = { method: 'POST', path: '^/items/iu/' };
const conversions = { method: 'POST', path: '^/subscriptions/create_from_item/' };
const recurring = { method: 'POST', path: '^/subscriptions/iu/' };
const quantities = { method: 'PATCH', path: '^/items/[^/]+/change_quantity/' };
const deletions = { method: 'DELETE', path: '^/items/' };
const writes = [items, recurring, conversions, quantities, deletions];

export const occurrences: Occurrences = {
  ...kitOccurrences({ writes, reads: [{ method: 'GET' }] }),
  capQuantity: { on: [items, recurring, quantities] },
  moveItem: { on: [items, recurring] },
  mergeLine: { on: [items] },
  splitUnits: { on: [items] },
  replaceOthers: { never: 'no call adds an item and takes others off.' },
  closeOrder: { on: writes },
  failPayment: { on: writes },
  startSubscription: { on: [recurring, conversions], only: { status: ['canceled'] } },
  changePrice: { on: [items, recurring] },
  refuseFirst: { on: [items] },
  refuseSecond: { on: [conversions] },
  bareId: { never: 'references are ids always.' },
};

export const deeds: Deeds<Exchange> = {
  closeOrder: (exchange, { outcome = 'billed' }) =>
    onOrder(exchange, (context, order) => {
      if (outcome === 'processing') startPlacement(context, order);
      else placeNow(context, order, 5);
    }),

  failPayment: (exchange) => onOrder(exchange, (context, order) => placeNow(context, order, REJECTED)),

  startSubscription({ context }) {
    const { subscriptions } = context.store;
    const before = new Set(subscriptions.list());
    return () => {
      const now = toCentral(context.clock.now());
      for (const started of subscriptions.filter((each) => !before.has(each)))
        Object.assign(started, { live: false, cancelled: now, updated: now });
    };
  },

  changePrice({ context, body }, { percent }) {
    const { products } = context.store;
    const product = products.get(body.optionalText('product'));
    if (!product) return undefined;
    const price = (hundredths(product.price) * BigInt(Math.round(100 + percent))) / 100n;
    products.add({ ...product, price: moneyText(price) });
    return undefined;
  },
};

/** Prepares a change of the order a request is about. The order is known before, and still when its item is gone. */
function onOrder(exchange: Exchange, close: (context: OrdergrooveContext, order: OrderRecord) => void) {
  const { context, body } = exchange;
  const { orders, items: rows } = context.store;
  const item = rows.get(exchange.part('id') || body.optionalText('item'));
  const order = orders.get(item?.order ?? body.optionalText('order'));
  return order && (() => isOpen(order) && close(context, order));
}

/** Asks for what the provider then does, instead of what was asked for. */
export function amend(context: OrdergrooveContext, call: Call, misbehaviour: Misbehaviour): Call {
  const { body } = call;
  if (!isObject(body)) return call;
  if (misbehaviour.kind === 'capQuantity') {
    return { ...call, body: { ...body, quantity: Math.min(Number(body['quantity']), misbehaviour.to) } };
  }
  const asked = misbehaviour.kind === 'moveItem' ? context.store.orders.get(String(body['order'])) : undefined;
  return asked ? { ...call, body: { ...body, order: otherOrder(context, asked).public_id } } : call;
}

/** Returns another open order of the customer, or one a week later when there is none. */
function otherOrder(context: OrdergrooveContext, asked: OrderRecord): OrderRecord {
  const other = context.store.orders.find(
    (order) => order !== asked && isOpen(order) && order.customer === asked.customer,
  );
  return (
    other ??
    findOrCreateOrder(context, {
      customer: asked.customer,
      date: dateOf(addDays(asked.place, 7)),
      shippingAddress: asked.shipping_address,
      payment: asked.payment,
      currencyCode: asked.currency_code,
    })
  );
}
