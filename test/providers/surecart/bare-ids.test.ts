import { describe, expect, test } from '@jest/globals';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { calls, harness } from './harness.js';

/** Every field of every list that may come as a bare identifier, or not at all, although it was asked for. */
const fields: readonly (readonly [list: string, field: string])[] = [
  ['orders', 'checkout'],
  ['orders', 'current_upsell'],
  ['orders', 'line_items'],
  ['orders', 'subscriptions'],
  ['orders', 'price'],
  ['orders', 'product'],
  ['subscriptions', 'price'],
  ['subscriptions', 'product'],
  ['subscriptions', 'current_period'],
  ['upsells', 'price'],
  ['prices', 'product'],
];

/** One in the other, each read by itself. */
const chain: typeof fields = [
  ['orders', 'checkout'],
  ['checkouts', 'current_upsell'],
  ['upsells', 'price'],
  ['prices', 'product'],
];

/** Everything that is read of the sandbox: orders, lines, offers, subscriptions, products and whether an item may be added. */
async function readAll() {
  const source = harness.open();
  const { lineItems, offers, subscriptions, eligibility } = source;
  if (!lineItems || !offers || !subscriptions || !eligibility) throw new Error('SureCart has all of these');
  const keys = Object.values(orders);
  const records = await source.orders.getMany(keys);
  const found = records.flatMap((record) => (record.state === 'found' ? record.value : []));
  const ofOrders = await offers.forOrders(found);
  const offered = ofOrders.flatMap((list) => (list.state === 'found' ? list.value : []));
  return {
    records,
    lines: await lineItems.forOrders(found),
    ofOrders,
    subscriptions: await subscriptions.listFor(harness.shopper),
    // By sources of their own: what came with the orders is not read again.
    products: await harness.open().products?.getMany(offered.flatMap(({ product }) => product?.ref.key ?? [])),
    offers: await harness.open().offers?.getMany(offered.map(({ ref }) => ref.key)),
    eligibility: await eligibility.check(found.map((order) => ({ order, item: null, quantity: 1, subscribe: false }))),
  };
}

/** Without the moments at which something was looked at. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, each: unknown) =>
      ['observedAt', 'asOf', 'checkedAt', 'secondsLeft'].includes(name)
        ? undefined
        : typeof each === 'bigint'
          ? String(each)
          : each,
    ),
  );

async function readWith(bare: typeof fields) {
  calls();
  const whole = plain(await readAll());
  const asked = calls().length;
  for (const [list, field] of bare) {
    harness.emulator.faults.add({
      match: { path: `^/v1/${list}$` },
      times: 'always',
      action: { kind: 'bareId', field },
    });
  }
  const opened = plain(await readAll());
  return { whole, opened, more: calls().length - asked };
}

describe('what comes as a bare identifier', () => {
  test.each(fields)('in %s is read by one call: %s', async (list, field) => {
    const { whole, opened, more } = await readWith([[list, field]]);
    expect(opened).toEqual(whole);
    // A subscription does not tell its checkout, so a list of them that is not there costs a call an order.
    const most = field === 'subscriptions' ? Object.keys(orders).length : list === 'orders' ? 1 : 2;
    expect(more).toBeLessThanOrEqual(most);
  });

  test('is read wherever it is inside of another, by one call for each kind', async () => {
    const { whole, opened, more } = await readWith(chain);
    expect(opened).toEqual(whole);
    // The sources of products and offers open what is theirs by themselves: 1 and 2 calls.
    expect(more).toBeLessThanOrEqual(chain.length + 3);
  });

  test('and cannot be read is not taken for absent', async () => {
    for (const [list, field] of fields.slice(0, 2)) {
      harness.emulator.faults.clear();
      harness.emulator.faults.add({
        match: { path: '^/v1/orders$' },
        times: 'always',
        action: { kind: 'bareId', field },
      });
      const path = `^/v1/${field === 'checkout' ? 'checkouts' : 'upsells'}$`;
      harness.emulator.faults.add({ match: { path }, times: 'always', action: { kind: 'status', status: 404 } });
      const [order] = await harness.open().orders.getMany([orders.coffee]);
      expect({ list, field, order }).toMatchObject({ order: { state: 'failed', problem: { httpStatus: 404 } } });
    }
  });
});

describe('the order of a checkout', () => {
  const checkoutOf = (key: string) =>
    harness
      .rows('order')
      .find((row) => row.at('id') === key)
      ?.text('checkout') ?? '';
  const keyOf = (id: string, source = harness.open()) => source.orders.keyOf?.(id);

  test('is found by the identifier of either', async () => {
    expect(await keyOf(orders.coffee)).toEqual({ state: 'found', value: orders.coffee });
    const source = harness.open();
    calls();
    expect(await keyOf(checkoutOf(orders.coffee), source)).toEqual({ state: 'found', value: orders.coffee });
    expect((await source.orders.getMany([orders.coffee]))[0]?.state).toBe('found');
    expect(calls()).toEqual(['GET /v1/orders', 'GET /v1/orders']);
  });

  test('is missing for what is neither, and fails when it cannot be read', async () => {
    expect(await keyOf('nonsense')).toEqual({ state: 'missing' });
    expect(await keyOf('00000000-0000-4000-8000-000000000000')).toEqual({ state: 'missing' });
    harness.emulator.faults.add({
      match: { path: '^/v1/orders' },
      times: 'always',
      action: { kind: 'status', status: 401 },
    });
    expect(await keyOf(checkoutOf(orders.coffee))).toMatchObject({ state: 'failed' });
  });
});
