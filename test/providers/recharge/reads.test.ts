import { describe, expect, test } from '@jest/globals';
import {
  demoAddresses,
  demoCharges,
  demoItems,
  demoOrder,
  demoShopper,
  demoVariants,
  failingCustomer,
  yenCustomer,
} from '../../../src/emulators/recharge/scenarios/demo-records.js';
import { valueOf } from '../../support/provider-harness.js';
import { addOf, atOnce, call, harness, linesOf, open, product, switchTo } from './harness.js';

const LINES = { lineItems: true, subscriptions: false };

async function upcoming(customerId = harness.shopper, subscriptions = false) {
  const ports = open(customerId);
  const { items, problem } = await ports.upcomingOrders.list(customerId, { ...LINES, subscriptions });
  return { ports, orders: items, problem };
}

async function orderOf(name: Parameters<typeof demoOrder>[0]) {
  return valueOf((await open().orders.getMany([demoOrder(name)]))[0]);
}

describe('upcoming orders', () => {
  test('are the queued charges, with totals as Recharge has calculated them', async () => {
    const { orders, problem } = await upcoming();
    expect(problem).toBeNull();
    const names = ['next', 'office', 'euro', 'box', 'discounted', 'later'] as const;
    expect(orders.map(({ ref }) => ref.key)).toEqual(names.map((name) => demoOrder(name)));
    const euro = orders.find(({ ref }) => ref.key === demoOrder('euro'));
    expect(euro).toMatchObject({
      providerId: String(demoCharges.euro),
      status: 'SCHEDULED',
      customerId: String(demoShopper),
    });
    const amounts = Object.entries(euro?.totals ?? {}).map(([name, value]) => [name, String(value)]);
    // 9.12 of lines, 19 % tax on top, 4.90 for shipping.
    expect(Object.fromEntries(amounts)).toMatchObject({
      subtotal: '9.12 EUR',
      tax: '1.73 EUR',
      shipping: '4.90 EUR',
      total: '15.75 EUR',
      taxIncluded: 'false',
      estimated: 'false',
    });
  });

  test('with lines, subscriptions and next orders take two calls for 12 charges, 40 lines and 20 subscriptions', async () => {
    harness.restart('large', atOnce);
    const { ports, orders } = await upcoming(harness.shopper, true);
    const lines = (await ports.lineItems.forOrders(orders)).flatMap(valueOf);
    const subscriptions = await ports.subscriptions.listFor(harness.shopper);
    const next = (await ports.subscriptions.nextOrders(subscriptions.items)).map(valueOf);
    const byKey = await ports.subscriptions.getMany(lines.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []));
    expect([orders.length, lines.length, subscriptions.items.length, next.length]).toEqual([12, 40, 20, 20]);
    expect(byKey.every(({ state }) => state === 'found')).toBe(true);
    expect(harness.calls()).toEqual(['GET /charges', 'GET /subscriptions']);
  });

  test('of more than a page follow the cursor with nothing beside it', async () => {
    harness.restart('large', { ...atOnce, largeCharges: 300, largeLines: 300, largeSubscriptions: 300 });
    const { orders } = await upcoming();
    expect(new Set(orders.map(({ ref }) => ref.key)).size).toBe(300);
    const pages = harness.emulator.requests.list().filter(({ path }) => path === '/charges');
    expect(pages.map(({ query }) => [...new URLSearchParams(query).keys()].toSorted())).toEqual([
      ['customer_id', 'limit', 'sort_by', 'status'],
      ['cursor', 'limit'],
    ]);
  });

  test('leave out those of others, and say so', async () => {
    switchTo({ leakForeignRows: true });
    const { orders, problem } = await upcoming();
    expect(orders.every(({ customerId }) => customerId === harness.shopper)).toBe(true);
    expect(problem?.leftOut?.foreign).toBeGreaterThan(0);
  });

  test('do not list a charge in error, which keeps items off the others', async () => {
    const { orders } = await upcoming(String(failingCustomer));
    expect(orders.map(({ ref }) => ref.key)).toEqual([demoOrder('failingNext')]);
  });
});

describe('an order', () => {
  test('is the same however often its charge is rebuilt, and is found by either name', async () => {
    switchTo({ rebuiltCharge: 'gets a new id' });
    const before = await orderOf('next');
    await harness.write(addOf());
    const after = await orderOf('next');
    expect(after.ref).toEqual(before.ref);
    expect(after.providerId).not.toBe(before.providerId);
    const { orders } = open();
    expect(valueOf(await orders.keyOf?.(after.providerId))).toBe(demoOrder('next'));
    expect((await orders.keyOf?.(before.providerId))?.state).toBe('missing');
    expect((await orders.keyOf?.(String(demoCharges.stranger)))?.state).toBe('missing');
  });

  test('that is merged into another one is gone, and its lines are on that one', async () => {
    const [before, target] = [await orderOf('next'), await orderOf('later')];
    await call('POST', `/charges/${before.providerId}/change_next_charge_date`, {
      next_charge_date: demoOrder('later').slice(-10),
    });
    const { orders } = await upcoming();
    expect(orders.map(({ ref }) => ref.key)).not.toContain(demoOrder('next'));
    expect((await open().orders.getMany([demoOrder('next')]))[0]?.state).toBe('missing');
    const merged = await orderOf('later');
    expect([merged.ref, merged.providerId === target.providerId]).toEqual([target.ref, false]);
    expect(await linesOf('later')).toHaveLength(5);
  });

  test('that is skipped or could not be paid says so, and takes nothing', async () => {
    const failed = valueOf((await open(String(failingCustomer)).orders.getMany([demoOrder('failed')]))[0]);
    for (const [order, status] of [
      [await orderOf('skipped'), 'SKIPPED'],
      [failed, 'PAYMENT_FAILED'],
    ] as const) {
      expect(order).toMatchObject({ status, window: { state: 'CLOSED' } });
    }
    expect((await linesOf('skipped')).every(({ removal }) => removal.verdict === 'INELIGIBLE')).toBe(true);
  });

  test('of a bundle that is paid in advance is one line, whose subscription is delivered more often than it is paid', async () => {
    const [line, ...others] = await linesOf('box');
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      purchaseMode: 'SUBSCRIPTION',
      removal: { verdict: 'INELIGIBLE', reasons: [{ code: 'NOT_ONE_TIME' }] },
    });
    const key = line?.subscriptionRef?.key ?? '';
    const subscription = valueOf((await open().subscriptions.getMany([key]))[0]);
    expect(subscription).toMatchObject({
      nextDelivery: null,
      terms: {
        deliveryFrequency: { every: 1, unit: 'MONTH' },
        billingFrequency: { every: 3, unit: 'MONTH' },
      },
    });
  });

  test('in a currency without fractions has whole amounts', async () => {
    const customer = String(yenCustomer);
    const ports = open(customer);
    const order = valueOf((await ports.orders.getMany([demoOrder('yen')]))[0]);
    expect(String(order.totals?.total)).toBe('2120 JPY');
    const preview = valueOf(await ports.preview.preview(addOf({ orderKey: demoOrder('yen'), quantity: 1 })));
    expect(String(preview.lineTotal)).toBe('1425 JPY');
  });

  test('closes at midnight on Eastern clocks, less the margin', async () => {
    const { scheduled, window } = await orderOf('next');
    const hours = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hourCycle: 'h23', hour: '2-digit' });
    expect(scheduled).toMatchObject({ date: demoOrder('next').slice(-10), timeZone: 'America/New_York' });
    expect(hours.format(scheduled.at ?? 0)).toBe('00');
    const left = Math.floor(((scheduled.at?.getTime() ?? 0) - harness.emulator.clock.now().getTime()) / 1000) - 300;
    expect(Math.abs((window.secondsLeft ?? 0) - left)).toBeLessThanOrEqual(2);
    expect(window).toMatchObject({ state: 'OPEN', closesAt: { basis: 'DERIVED_FROM_RULE' } });
  });

  test('that was charged at night is placed, and its one-time items are on it still', async () => {
    const midnight = (await orderOf('next')).scheduled.at;
    harness.emulator.clock.set(new Date((midnight?.getTime() ?? 0) + 3_600_000), { frozen: true });
    const placed = await orderOf('next');
    const lines = await linesOf('next');
    harness.emulator.clock.release();
    expect(placed).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED' } });
    expect(lines.map(({ providerId }) => providerId)).toContain(String(demoItems.filters));
    expect(lines.every(({ removal }) => removal.verdict === 'INELIGIBLE')).toBe(true);
  });
});

describe('whatever shape a row has', () => {
  test.each([
    { properties: 'object' },
    { dates: 'time' },
    { dates: 'offset' },
    { booleans: 'numbers', frequencies: 'text' },
    { units: 'months' },
    { units: 'Months' },
    { uncommittedFlag: 'has_uncommited_changes' },
  ])('it says the same: %o', async (switches) => {
    const read = async () => {
      const { ports, orders, problem } = await upcoming();
      const { items } = await ports.subscriptions.listFor(harness.shopper);
      const lines = (await ports.lineItems.forOrders(orders)).map(valueOf);
      const text = { orders, items, lines, problem };
      return JSON.stringify(text, (name, value: unknown) =>
        name === 'observedAt' || name === 'asOf' || name === 'secondsLeft'
          ? undefined
          : typeof value === 'bigint'
            ? String(value)
            : value,
      );
    };
    const usual = await read();
    switchTo(switches);
    expect(await read()).toBe(usual);
  });

  test.each(['optional keys missing', 'unknown status', 'unknown type', 'item named twice', 'no id of the shop'])(
    'a charge with %s spoils no other',
    async (oddCharge) => {
      const keysOf = async () => {
        const { ports, orders } = await upcoming();
        const lines = (await ports.lineItems.forOrders(orders)).map(valueOf);
        return orders.map(({ ref, providerId }, index) => [ref.key, providerId, lines[index]?.length]);
      };
      const [first, ...others] = await keysOf();
      switchTo({ oddCharge });
      const odd = await keysOf();
      expect(odd.filter(([key]) => key !== first?.[0])).toEqual(others);
      expect(odd).toHaveLength(oddCharge === 'unknown status' ? others.length : others.length + 1);
    },
  );

  test.each([
    ['an item that is named twice', 'LOCKED_LINE', { 'charges.0.line_items.1.purchase_item_id': demoItems.coffee }],
    ['an unknown type', 'UNKNOWN', { 'charges.0.line_items.1.purchase_item_type': 'something_new' }],
    ['a gift', 'LOCKED_LINE', { 'charges.0.line_items.1.offer_attributes': { type: 'free_gift', source: 'x' } }],
  ])('%s can be read and not be changed', async (_what, code, set) => {
    harness.emulator.faults.add({ match: { path: '^/charges$' }, times: 'always', action: { kind: 'patchBody', set } });
    const lines = await linesOf('next');
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map(({ ref }) => ref.key)).size).toBe(3);
    expect(lines[1]).toMatchObject({ removal: { reasons: [{ code, blocking: true }] } });
  });

  test('an item without an id of the shop stands for itself', async () => {
    const set = { 'charges.0.line_items.0.external_variant_id': { ecommerce: null } };
    harness.emulator.faults.add({ match: { path: '^/charges$' }, times: 'always', action: { kind: 'patchBody', set } });
    expect((await linesOf('next'))[0]?.product.providerId).toBe(`item-${demoItems.coffee}`);
  });

  test('an answer in another version is a fault of the account, not data', async () => {
    const source = open(harness.shopper, {
      through: (send) => async (request) => {
        const response = await send(request);
        return { ...response, headers: { ...response.headers, 'x-recharge-version': '2021-01' } };
      },
    });
    await expect(source.upcomingOrders.list(harness.shopper, LINES)).rejects.toMatchObject({
      problem: { kind: 'CONTRACT_DRIFT', detail: expect.stringContaining('another version') },
    });
  });
});

describe('whether an item may be added', () => {
  async function ask(name: Parameters<typeof demoOrder>[0], variant: string, subscribe = false) {
    const ports = open();
    const order = valueOf((await ports.orders.getMany([demoOrder(name)]))[0]);
    const question = { order, item: product(variant), quantity: 1, subscribe };
    return valueOf((await ports.eligibility.check([question]))[0]);
  }

  test.each([
    ['next', demoVariants.syrup, 'ELIGIBLE', []],
    ['next', demoVariants.outOfStock, 'CONDITIONAL', ['OUT_OF_STOCK']],
    ['next', demoVariants.deleted, 'INELIGIBLE', ['VARIANT_GONE']],
    ['next', demoVariants.unpublished, 'INELIGIBLE', ['PRODUCT_UNAVAILABLE']],
    ['next', '41000000000000', 'INELIGIBLE', ['PRODUCT_UNAVAILABLE']],
    ['discounted', demoVariants.syrup, 'CONDITIONAL', ['PRICE_CHANGED']],
    ['skipped', demoVariants.syrup, 'INELIGIBLE', ['ORDER_NOT_OPEN']],
    ['box', demoVariants.syrup, 'ELIGIBLE', []],
  ] as const)('%s, %s: %s', async (name, variant, verdict, codes) => {
    const { reasons, ...answer } = await ask(name, variant);
    expect([answer.verdict, reasons.map(({ code }) => code)]).toEqual([verdict, codes]);
  });

  test('takes two calls for several products of several orders', async () => {
    const ports = open();
    const keys = [demoOrder('next'), demoOrder('office'), demoOrder('euro')];
    const orders = (await ports.orders.getMany(keys)).map(valueOf);
    const items = [demoVariants.syrup, demoVariants.mug, demoVariants.outOfStock].map(product);
    await ports.eligibility.check(
      orders.flatMap((order) => items.map((item) => ({ order, item, quantity: 1, subscribe: false }))),
    );
    expect(harness.calls()).toEqual(['GET /charges', 'GET /product_search']);
  });

  test('is judged without a catalogue where there is none', async () => {
    const ports = open(harness.shopper, { settings: { catalogue: 'none' } });
    const order = valueOf((await ports.orders.getMany([demoOrder('next')]))[0]);
    const question = { order, item: product(demoVariants.syrup), quantity: 1, subscribe: false };
    expect(valueOf((await ports.eligibility.check([question]))[0]).verdict).toBe('ELIGIBLE');
    expect(valueOf(await ports.preview.preview(addOf())).fidelity).toBe('UNAVAILABLE');
  });
});

test('a preview is priced in the currency of the order, under the plan where it is to recur', async () => {
  const { preview } = open();
  const once = valueOf(await preview.preview(addOf({ orderKey: demoOrder('euro') })));
  expect(String(once.lineTotal)).toBe('25.65 EUR');
  const monthly = valueOf(await preview.preview(addOf({ subscribe: { every: 1, unit: 'MONTH' }, quantity: 1 })));
  expect(String(monthly.lineTotal)).toBe('8.55 USD');
  expect(monthly.terms).toMatchObject({ deliveryFrequency: { every: 1, unit: 'MONTH' } });
});

test('staff read an order by its address and its day, and nobody else is told of it', async () => {
  expect((await open(null).orders.getMany([demoOrder('stranger')]))[0]?.state).toBe('found');
  expect((await open().orders.getMany([demoOrder('stranger')]))[0]?.state).toBe('missing');
  expect((await open(null).orders.getMany([`${demoAddresses.home}/2031-02-30`]))[0]?.state).toBe('missing');
});
