import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { toGlobalId } from '../../src/domain/reference.js';
import {
  AddUpsellItemDocument,
  ConvertOneTimeItemDocument,
  OperationByKeyDocument,
  UpcomingOrdersDocument,
} from '../generated/graphql.js';
import { openShop, type Shop } from './shop.js';

const merchantId = 'a87c5d3c787b11ec9f630e0e56c94aa5';
const offerId = '6b3e0e7045a811ed92406e28f0c7c7df';
const customer = '6419554042026';
const firstOrder = '6789756e263d11eea3da0a20cdd8d0a2';
const secondOrder = '554f0ede34e511eeba08c2f2e26389f5';
const product = '44931275391146';

let shop: Shop;

// Its records have the same identifiers each time: a ledger that knew them would tell one test's item from another's.
beforeEach(async () => {
  shop = await openShop({
    scenario: 'documented',
    customer,
    settings: { merchantId, offerId, settlingSeconds: 1, timeoutMs: 1_500 },
  });
});

afterEach(() => shop.close());

function orderId(key = firstOrder): string {
  return toGlobalId({ type: 'Order', account: 'og-us', key });
}

function addition(more: object = {}) {
  return {
    idempotencyKey: randomUUID(),
    orderId: orderId(),
    item: { providerProduct: { providerId: product } },
    quantity: 1,
    ...more,
  };
}

async function add(more: object = {}, asCustomer?: string) {
  const { data, errors } = await shop.ask(AddUpsellItemDocument, { input: addition(more) }, asCustomer);
  expect(errors).toBeUndefined();
  const payload = data?.addUpsellItem;
  if (!payload) throw new Error('the mutation has a payload');
  return payload;
}

function itemsOn(order: string): readonly { readonly product: string; readonly quantity: number }[] {
  const { items } = JSON.parse(JSON.stringify(shop.emulator.state()));
  return items.filter((item: { order: string }) => item.order === order);
}

function countAdded(): number {
  return itemsOn(firstOrder).filter((item) => item.product === product).length;
}

describe('the documented flow', () => {
  test('lists the two upcoming orders with their totals and dates', async () => {
    const { data } = await shop.ask(UpcomingOrdersDocument, {});
    expect(
      data?.upcomingOrders?.nodes.map(({ providerId, status, scheduled, totals }) => [
        providerId,
        status,
        scheduled.date,
        scheduled.at,
        totals?.total?.amount,
        totals?.total?.currency,
        totals?.discount?.amount,
      ]),
    ).toEqual([
      [firstOrder, 'SCHEDULED', '2023-10-09', '2023-10-09T05:00:00.000Z', '77.94', 'USD', '13.82'],
      [secondOrder, 'SCHEDULED', '2023-12-13', '2023-12-13T06:00:00.000Z', '44.82', 'USD', '8.35'],
    ]);
  });

  test('adds the product to the first order once, and converts it to every 8 weeks', async () => {
    const added = await add();
    expect(added).toMatchObject({
      operation: { status: 'SUCCEEDED', differences: [] },
      lineItem: {
        quantity: 1,
        purchaseMode: 'ONE_TIME',
        unitPrice: { amount: '4.00', currency: 'USD' },
        total: { amount: '3.80', currency: 'USD' },
        product: { providerId: product },
      },
      order: { totals: { total: { amount: '81.74' } } },
      errors: [],
    });
    const { data } = await shop.ask(ConvertOneTimeItemDocument, {
      input: {
        idempotencyKey: randomUUID(),
        lineItemId: added.lineItem?.id ?? '',
        subscribe: { frequency: { every: 8, unit: 'WEEK' } },
      },
    });
    expect(data?.convertToSubscription).toMatchObject({
      operation: { status: 'SUCCEEDED' },
      subscription: {
        providerId: '25e5a2dc5ed611ee9ee0de51b7f814f0',
        status: 'ACTIVE',
        startDate: '2023-09-29',
        terms: { deliveryFrequency: { every: 8, unit: 'WEEK' } },
      },
      lineItem: { id: added.lineItem?.id, purchaseMode: 'SUBSCRIPTION' },
      errors: [],
    });
  });

  test('adds it as a subscription in the single call', async () => {
    shop.calls();
    const added = await add({ subscribe: { frequency: { every: 8, unit: 'WEEK' } } });
    expect(added).toMatchObject({
      operation: { status: 'SUCCEEDED' },
      lineItem: { purchaseMode: 'SUBSCRIPTION', product: { providerId: product } },
      errors: [],
    });
    expect(shop.calls().filter((call) => call.startsWith('POST'))).toEqual(['POST /subscriptions/iu/']);
  });
});

describe('a lost answer', () => {
  const toItems = { method: 'POST', path: '/items/iu/' };

  test('of a write that took effect ends in exactly one item and SUCCEEDED', async () => {
    shop.emulator.faults.add({ match: toItems, action: { kind: 'applyThenReset' } });
    expect(await add()).toMatchObject({ operation: { status: 'SUCCEEDED' }, lineItem: { quantity: 1 }, errors: [] });
    expect(countAdded()).toBe(1);
  });

  test('of a write that did not, behind a 502, is open until it can come no more, and never ends in two items', async () => {
    shop.emulator.faults.add({ match: toItems, action: { kind: 'status', status: 502 } });
    const input = addition();
    const open = { errors: [{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION' }] };
    expect(await add(input)).toMatchObject({ operation: { status: 'INDETERMINATE' }, ...open });
    // Neither its own key nor another one sends it again meanwhile.
    expect(await add(input)).toMatchObject({ replayed: true, operation: { status: 'INDETERMINATE' } });
    expect(await add()).toMatchObject(open);
    expect(countAdded()).toBe(0);
    expect(await statusWhenSettled(input.idempotencyKey)).toBe('FAILED');
    expect(await add()).toMatchObject({ operation: { status: 'SUCCEEDED' } });
    expect(countAdded()).toBe(1);
  });

  test.each(['hang', 'applyThenHang'] as const)(
    'of a provider that hangs (%s) is answered within the deadline',
    async (kind) => {
      shop.emulator.faults.add({ match: toItems, action: { kind } });
      const begun = performance.now();
      const payload = await add();
      expect(performance.now() - begun).toBeLessThan(12_000);
      expect(payload.operation?.status).toBe(kind === 'hang' ? 'INDETERMINATE' : 'SUCCEEDED');
      expect(countAdded()).toBe(kind === 'hang' ? 0 : 1);
    },
  );

  test('that reads cannot settle is OUTCOME_UNKNOWN, and found by its key once the provider is back', async () => {
    shop.emulator.faults.add({ match: toItems, action: { kind: 'applyThenReset' } });
    shop.emulator.faults.add({
      match: { method: 'GET' },
      skip: 6,
      times: 'always',
      action: { kind: 'status', status: 503 },
    });
    const input = addition();
    const { data } = await shop.ask(AddUpsellItemDocument, { input });
    expect(data?.addUpsellItem).toMatchObject({
      operation: { status: 'INDETERMINATE' },
      errors: [{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION' }],
    });
    shop.emulator.faults.clear();
    await expect(statusWhenSettled(input.idempotencyKey)).resolves.toBe('SUCCEEDED');
    expect(countAdded()).toBe(1);
  });
});

async function statusWhenSettled(idempotencyKey: string): Promise<string | undefined> {
  for (;;) {
    shop.emulator.clock.advance(10_000);
    const { data } = await shop.ask(OperationByKeyDocument, { idempotencyKey });
    const status = data?.operationByKey?.status;
    if (status !== 'INDETERMINATE') return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a key', () => {
  test('sent 20 times at once makes one item', async () => {
    const input = addition();
    const payloads = await Promise.all(Array.from({ length: 20 }, () => add(input)));
    expect(countAdded()).toBe(1);
    expect(payloads.filter(({ operation }) => operation?.status === 'SUCCEEDED').length).toBeGreaterThanOrEqual(1);
    const others = payloads.filter(({ operation }) => operation?.status !== 'SUCCEEDED');
    for (const { errors } of others)
      expect(errors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT', retry: 'SAME_KEY' }]);
  });

  test('with another quantity is a conflict', async () => {
    const input = addition();
    await add(input);
    expect(await add({ ...input, quantity: 2 })).toMatchObject({
      errors: [{ code: 'IDEMPOTENCY_CONFLICT', path: ['idempotencyKey'] }],
    });
    expect(countAdded()).toBe(1);
  });
});

describe('bad input', () => {
  test.each([
    ['quantity 0', { quantity: 0 }, ['quantity']],
    ['quantity -1', { quantity: -1 }, ['quantity']],
    ['quantity 1000', { quantity: 1000 }, ['quantity']],
    ['an interval of 0', { subscribe: { frequency: { every: 0, unit: 'WEEK' } } }, ['subscribe', 'frequency', 'every']],
    [
      'an interval of 366',
      { subscribe: { frequency: { every: 366, unit: 'WEEK' } } },
      ['subscribe', 'frequency', 'every'],
    ],
    [
      'a product id of 127 kB',
      { item: { providerProduct: { providerId: 'x'.repeat(127_000) } } },
      ['item', 'providerProduct', 'providerId'],
    ],
    ['a key of 127 kB', { idempotencyKey: 'x'.repeat(127_000) }, ['idempotencyKey']],
    ['a malformed order id', { orderId: 'not-an-id' }, ['orderId']],
    [
      'an id of another type',
      { orderId: toGlobalId({ type: 'Product', account: 'og-us', key: product }) },
      ['orderId'],
    ],
  ])('%s is a typed error with its path, and calls nobody', async (_name, more, path) => {
    shop.calls();
    const { errors } = await add(more);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ path, message: expect.stringMatching(/^.{5,200}$/) });
    expect(['VALIDATION', 'NOT_FOUND']).toContain(errors[0]?.code);
    expect(shop.calls()).toEqual([]);
  });

  test.each([
    ['a quantity of 1.5', { quantity: 1.5 }],
    ['both an offer and a product', { item: { offerId: 'x', providerProduct: { providerId: product } } }],
    ['neither an offer nor a product', { item: {} }],
  ])('%s is refused by the schema with a readable message, and calls nobody', async (_name, more) => {
    shop.calls();
    const { status, data, errors } = await shop.ask(AddUpsellItemDocument, {
      input: addition(more) as never,
    });
    expect(status).toBe(200);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringContaining('input'),
    });
    expect(shop.calls()).toEqual([]);
  });

  test('an unknown order and another customer’s are refused alike, and nothing is written', async () => {
    const unknown = await add({ orderId: orderId('f'.repeat(32)) });
    const foreign = await add({}, 'somebody-else');
    expect(unknown.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['orderId'] }]);
    expect(foreign.errors).toEqual(unknown.errors);
    expect(shop.calls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  });
});

test('items that answer 500 cost the items; orders and totals still come', async () => {
  shop.emulator.faults.add({ match: { path: '/items/' }, times: 'always', action: { kind: 'status', status: 500 } });
  const { data, errors } = await shop.ask(UpcomingOrdersDocument, {});
  expect(data?.upcomingOrders?.nodes.map(({ totals, lineItems }) => [totals?.total?.amount, lineItems])).toEqual([
    ['77.94', null],
    ['44.82', null],
  ]);
  expect(errors).toHaveLength(2);
  expect(errors?.[0]).toMatchObject({
    path: ['upcomingOrders', 'nodes', 0, 'lineItems'],
    extensions: { code: 'PROVIDER_UNAVAILABLE', problem: { httpStatus: 500, account: 'og-us' } },
  });
});

describe('the flagship query', () => {
  test.each([1, 100])('over %i orders costs one call each, in two round trips', async (orders) => {
    const large = await openShop({ scenario: 'large', switches: { largeOrders: orders, largeItemsPerOrder: 1 } });
    try {
      // Slow enough to tell calls made together from calls made one after another.
      large.emulator.faults.add({ match: {}, times: 'always', action: { kind: 'delay', milliseconds: 200 } });
      const { data, errors } = await large.ask(UpcomingOrdersDocument, { first: 100 });
      expect(errors).toBeUndefined();
      expect(data?.upcomingOrders?.nodes).toHaveLength(orders);
      const [first] = data?.upcomingOrders?.nodes ?? [];
      expect(first?.lineItems?.nodes[0]).toMatchObject({
        subscription: { status: 'ACTIVE' },
        product: { title: expect.any(String) },
      });
      const log = large.emulator.requests.list();
      expect(log.map(({ path }) => path).sort()).toEqual(['/items/', '/orders/', '/products/', '/subscriptions/']);
      const products = log.find(({ path }) => path === '/products/');
      const together = log.filter((call) => call !== products);
      const latestStart = Math.max(...together.map(({ startedAt }) => startedAt));
      const earliestEnd = Math.min(...together.map(({ finishedAt }) => finishedAt ?? 0));
      expect(latestStart).toBeLessThan(earliestEnd);
    } finally {
      await large.close();
    }
  });
});
