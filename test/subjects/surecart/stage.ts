import { surecart as definition } from '../../../src/emulators/surecart/index.js';
import { demoShopperId, demoToken } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { caller, Json } from '../../emulators/calls.js';
import { type Books, type Stage, startStage, unitsOf } from '../../emulators/misbehaviours/stage.js';

export async function stage(): Promise<Stage> {
  const { emulator, state, startAgain } = await startStage(definition, 'sandbox');
  const api = caller(emulator.url, { authorization: `Bearer ${demoToken}` });

  const byId = (table: string, id: unknown) =>
    state()
      .rows(table)
      .find((row) => row.at('id') === id) ?? new Json(null);

  /** Of an order of coffee, whose funnel begins with filters. */
  const checkoutId = byId('order', sandboxOrders.coffee).text('checkout');
  const checkout = () => byId('checkout', checkoutId);
  const upsellId = checkout().text('current_upsell');
  const product = byId('upsell', upsellId).text('price');
  const monthly = state()
    .rows('price')
    .find((row) => row.at('name') === 'Monthly');

  const linesOf = (id: string) =>
    state()
      .rows('line_item')
      .filter((row) => row.at('checkout') === id);

  const add = (quantity = 1) =>
    api('POST', '/v1/line_items/upsell', {
      line_item: { price: product, checkout: checkoutId, upsell: upsellId, quantity },
    });

  function books(): Books {
    const isExpired = Number(checkout().at('upsells_expire_at')) * 1000 <= emulator.clock.now().getTime();
    const rows = state()
      .rows('line_item')
      .filter((row) => row.at('checkout') !== checkoutId && row.at('upsell') === upsellId);
    return {
      lines: linesOf(checkoutId).map((row) => ({
        id: row.text('id'),
        product: row.text('price'),
        quantity: Number(row.at('quantity')),
      })),
      elsewhere: rows.length,
      total: Number(checkout().at('total_amount')),
      order: checkout().at('status') === 'payment_failed' ? 'failed' : isExpired ? 'billed' : 'open',
      subscriptions: state()
        .rows('subscription')
        .filter((row) => row.at('customer') === demoShopperId)
        .map((row) => (row.at('restore_at') === null ? row.text('status') : 'paused')),
      price: Number(byId('price', product).at('amount')),
    };
  }

  const subscribe = () => {
    const { default_payment_method: paymentMethod } = Object(byId('customer', demoShopperId).value);
    return api('POST', '/v1/subscriptions', {
      subscription: { customer: demoShopperId, price: monthly?.at('id'), payment_method: paymentMethod },
    });
  };

  return {
    emulator,
    product,
    startAgain,
    add,
    counted: { ask: add, units: () => unitsOf(books(), product) },
    addToSplit: add,
    async havePresentLine() {
      const [line] = linesOf(checkoutId);
      await api('PATCH', `/__emulator/records/line_item/${String(line?.at('id'))}`, { price: product });
    },
    subscribe,
    composed: async () => {
      const purchase = state()
        .rows('purchase')
        .find((row) => row.at('revoked') === false);
      return [subscribe, () => api('PATCH', `/v1/purchases/${String(purchase?.at('id'))}/revoke`)];
    },
    look: async () => (await api('GET', `/v1/line_items?checkout_ids[]=${checkoutId}`)).json.rows('data').length,
    books,
    total: async () => books().total,
    read: {
      call: () => api('GET', `/v1/checkouts/${checkoutId}?expand[]=current_upsell`),
      optional: 'total_amount',
      object: 'current_upsell',
    },
  };
}
