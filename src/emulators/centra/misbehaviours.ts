import type { Call } from '../kit/endpoints.js';
import { isObject } from '../kit/json-object.js';
import { type Deeds, kitOccurrences, type Misbehaviour, type Occurrences } from '../kit/misbehaviours.js';
import { confirmByEmail } from './checkout.js';
import type { CentraContext } from './context.js';
import type { Exchange } from './endpoints.js';
import type { OrderRecord, SubscriptionStatus } from './records.js';

const items = { method: 'POST', path: '/orders/[^/]+/items/[^/]+$' };
const subscriptions = { method: 'POST', path: '/contracts/[^/]+/subscription$' };
const payments = { path: '/payment-result$' };
const writes = [items, subscriptions, payments];
/** Some are sent as POST. */
const reads = [{ path: '/(orders|items|products|subscriptions|receipt|selection)$' }];

export const occurrences: Occurrences = {
  ...kitOccurrences({ writes, reads }),
  capQuantity: { on: [subscriptions] },
  moveItem: { never: 'the order stands in the path, and its answer is that order.' },
  mergeLine: { on: [items] },
  splitUnits: { never: 'a call adds one unit, each on a line of its own: units of one purchase are always apart.' },
  replaceOthers: { never: 'no call adds an item to an order and takes others off.' },
  closeOrder: { on: [items, payments] },
  failPayment: { on: [items, payments] },
  startSubscription: { on: [subscriptions, payments] },
  changePrice: { on: [items] },
  // Two units are two calls.
  refuseFirst: { on: [items] },
  refuseSecond: { on: [items], skip: 1 },
  bareId: { never: 'nothing is opened on request: what is an object is one always.' },
};

const SHIPPED = 4;
const PROCESSING = 3;
const CANCELLED = 6;

export const deeds: Deeds<Exchange> = {
  closeOrder: (exchange, { outcome = 'billed' }) =>
    afterwards(exchange, (context, order) => {
      const paid = context.store.paymentOrders.get(order.paymentReference);
      if (outcome === 'billed' && paid)
        Object.assign(paid, { status: 'CAPTURED', capturedAmount: paid.authorisedAmount });
      close(context, order, outcome === 'billed' ? SHIPPED : PROCESSING);
    }),

  failPayment: (exchange) =>
    afterwards(exchange, (context, order) => {
      const paid = context.store.paymentOrders.get(order.paymentReference);
      if (paid) paid.status = 'CANCELLED';
      close(context, order, CANCELLED);
    }),

  startSubscription({ context }, { status }) {
    const { subscriptions: table, contracts } = context.store;
    const before = new Set(table.list());
    return () => {
      for (const started of table.filter((each) => !before.has(each))) {
        const { payment } = contracts.existing(started.contract);
        if (status !== 'past_due') started.status = STATUSES[status];
        else if (payment) payment.status = 'SUSPENDED';
      }
    };
  },

  changePrice(exchange, { percent }) {
    const { store } = exchange.context;
    const found = store.findItem(exchange.part('item'));
    if (!found) return undefined;
    const prices = Object.entries(found.product.prices).map(([list, price]) => [
      list,
      price === null ? null : Math.round((price * (100 + percent)) / 100),
    ]);
    store.products.add({ ...found.product, prices: Object.fromEntries(prices) });
    return undefined;
  },
};

const STATUSES: Readonly<Record<'paused' | 'canceled', SubscriptionStatus>> = {
  paused: 'paused',
  canceled: 'cancelled',
};

/** Prepares a change of an order for after the write. Of a payment the order is known only when it is made. */
function afterwards(exchange: Exchange, change: (context: CentraContext, order: OrderRecord) => void) {
  const { context } = exchange;
  const isPayment = exchange.part('order') === '';
  return () => {
    const order = context.store.orders.get(isPayment ? exchange.selection.order : exchange.part('order'));
    if (order) change(context, order);
  };
}

function close(context: CentraContext, order: OrderRecord, status: number): void {
  Object.assign(order, { phase: 'CLOSED', status });
  confirmByEmail(context, order, context.clock.now());
}

/** Asks for what the provider then does, instead of what was asked for. */
export function amend(call: Call, misbehaviour: Misbehaviour): Call {
  const { body } = call;
  if (misbehaviour.kind !== 'capQuantity' || !isObject(body)) return call;
  return { ...call, body: { ...body, quantity: Math.min(Number(body['quantity'] ?? 1), misbehaviour.to) } };
}
