import { emulators } from '../../../src/emulators/index.js';
import { ordergroove as definition } from '../../../src/emulators/ordergroove/index.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { caller, type Json } from '../../emulators/calls.js';
import { type Books, type Stage, startStage, unitsOf } from '../../emulators/misbehaviours/stage.js';

export async function stage(): Promise<Stage> {
  const { emulator, state, startAgain } = await startStage(definition, 'sandbox');
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const api = caller(emulator.url, { 'x-api-key': account['apiKey'] ?? '' });
  const product = '00010482';
  const order = demoOrders.next;

  const add = (quantity = 1) => api('POST', '/items/iu/', { order, offer: account['offerId'], product, quantity });

  function books(): Books {
    const now = state();
    const record = now.rows('orders').find((each) => each.at('public_id') === order);
    const rows = now.rows('items').filter((item) => item.at('product') === product && item.at('subscription') === null);
    const lines = now.rows('items').filter((item) => item.at('order') === order);
    return {
      lines: lines.map((item) => ({
        id: item.text('public_id'),
        product: item.text('product'),
        quantity: Number(item.at('quantity')),
      })),
      elsewhere: rows
        .filter((item) => item.at('order') !== order)
        .reduce((sum, item) => sum + Number(item.at('quantity')), 0),
      total: cents(record?.text('total')),
      order: STATES[Number(record?.at('status'))] ?? 'processing',
      subscriptions: now
        .rows('subscriptions')
        .filter((each) => each.at('customer') === shopper.customerId)
        .map((each) => (each.at('live') === true ? 'active' : 'canceled')),
      price: cents(
        now
          .rows('products')
          .find((each: Json) => each.at('external_product_id') === product)
          ?.text('price'),
      ),
    };
  }

  function cents(text = ''): number {
    return Math.round(Number(text) * 100);
  }

  return {
    emulator,
    product,
    startAgain,
    add,
    counted: { ask: add, units: () => unitsOf(books(), product) },
    addToSplit: add,
    havePresentLine: async () => void (await add()),
    subscribe(quantity = 1) {
      const record = state()
        .rows('orders')
        .find((each) => each.at('public_id') === order);
      return api('POST', '/subscriptions/iu/', {
        merchant: account['merchantId'],
        customer: shopper.customerId,
        product,
        offer: account['offerId'],
        order,
        session_id: 'a.1.1',
        payment: record?.at('payment'),
        shipping_address: record?.at('shipping_address'),
        quantity,
        every: 1,
        every_period: 3,
      });
    },
    composed: async () => {
      const item = () => books().lines.find((line) => line.product === product)?.id ?? demoOrders.oneTimeItem;
      return [add, () => api('POST', '/subscriptions/create_from_item/', { item: item(), every: 1, every_period: 3 })];
    },
    look: async () => (await api('GET', `/items/?order=${order}&page_size=100`)).json.rows('results').length,
    books,
    total: async () => books().total,
    read: { call: () => api('GET', `/items/${demoOrders.oneTimeItem}/`), optional: 'quantity', object: null },
  };
}

const STATES: Readonly<Record<number, Books['order']>> = { 1: 'open', 11: 'processing', 5: 'billed', 3: 'failed' };
