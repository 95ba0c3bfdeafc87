import { centra as definition } from '../../../src/emulators/centra/index.js';
import { demoSecret } from '../../../src/emulators/centra/scenarios/demo-credentials.js';
import { caller, Json } from '../../emulators/calls.js';
import { type Books, type Stage, startStage } from '../../emulators/misbehaviours/stage.js';

export async function stage(): Promise<Stage> {
  const { emulator, state, startAgain } = await startStage(definition, 'sandbox');
  const shop = caller(emulator.url, { 'api-authorization': demoSecret });
  const customer = 'dana.field@example.com';
  const product = '1001-1';
  let order = '';
  let selection = '';

  /** Makes a checkout and finishes its payment: without an order there is nothing to add to. */
  async function finish(): Promise<string> {
    const made = await shop('POST', '/__emulator/checkouts', { customer, items: ['1003-1'] });
    selection = made.json.text('selection');
    const fields = { paymentMethodFields: { klarna_order: 'k-1' } };
    const finished = await shop('POST', `/api/shop/selections/${selection}/payment-result`, fields);
    return finished.json.text('order');
  }

  async function currentOrder(): Promise<string> {
    if (order === '') order = await finish();
    return order;
  }

  const add = async (quantity = 1) => {
    const id = await currentOrder();
    const one = () => shop('POST', `/api/shop/orders/${id}/items/${product}`);
    for (let unit = 1; unit < quantity; unit += 1) await one();
    return one();
  };

  const priceOf = (line: Json) => Number(line.at('unitPrice')) * Number(line.at('quantity'));

  function books(): Books {
    const now = state();
    const record = now.rows('orders').find((each) => each.at('order') === order) ?? new Json(null);
    const paid = now.rows('paymentOrders').find((each) => each.at('order_id') === record.at('paymentReference'));
    return {
      lines: record.rows('lines').map((line) => ({
        id: line.text('line'),
        product: line.text('item'),
        quantity: Number(line.at('quantity')),
      })),
      elsewhere: 0,
      total: Number(paid?.at('authorisedAmount') ?? record.rows('lines').reduce((sum, line) => sum + priceOf(line), 0)),
      order: record.at('phase') === 'AUTHORIZED_OPEN' ? 'open' : (STATES[Number(record.at('status'))] ?? 'billed'),
      subscriptions: now
        .rows('subscriptions')
        .filter((each) => contractIds(now).includes(each.at('contract')))
        .map((each) => (isSuspended(now, each.at('contract')) ? 'past_due' : (WORDS[each.text('status')] ?? ''))),
      price: Number(
        new Json(now.rows('products').find((each) => each.at('product') === '1001')?.value).at('prices', '19'),
      ),
    };
  }

  const contractIds = (now: Json) =>
    now
      .rows('contracts')
      .filter((each) => each.at('customer') === customer)
      .map((each) => each.at('id'));

  const isSuspended = (now: Json, contract: unknown) =>
    now.rows('contracts').some((each) => each.at('id') === contract && each.at('payment', 'status') === 'SUSPENDED');

  const subscribe = async (quantity = 1) => {
    await currentOrder();
    const contract = String(contractIds(state())[0]);
    const body = { item: '1004-1', subscriptionPlan: 2, nextOrderDate: '2099-01-01', quantity };
    return shop('POST', `/api/shop/customers/${customer}/contracts/${contract}/subscription`, body);
  };

  return {
    emulator,
    product,
    startAgain() {
      order = '';
      startAgain();
    },
    add,
    counted: {
      ask: subscribe,
      units: () =>
        state()
          .rows('subscriptions')
          .filter((each) => each.at('nextOrderDate') === '2099-01-01')
          .reduce((sum, each) => sum + Number(each.at('quantity')), 0),
    },
    addToSplit: add,
    havePresentLine: async () => void (await add()),
    subscribe,
    async composed() {
      await currentOrder();
      return [add, add];
    },
    async look() {
      await currentOrder();
      return (await shop('GET', `/api/shop/selections/${selection}/receipt`)).json.rows('items').length;
    },
    books,
    total: async () => books().total,
    read: {
      async call() {
        await currentOrder();
        return shop('GET', `/api/shop/selections/${selection}/receipt`);
      },
      optional: 'quantity',
      object: null,
    },
  };
}

const STATES: Readonly<Record<number, Books['order']>> = { 3: 'processing', 4: 'billed', 6: 'failed' };
const WORDS: Readonly<Record<string, string>> = { active: 'active', paused: 'paused', cancelled: 'canceled' };
