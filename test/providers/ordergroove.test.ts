import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { validateSync } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import type { ItemChoice } from '../../src/domain/eligibility.js';
import type { Order } from '../../src/domain/order.js';
import type { AccountConnection, DataSource } from '../../src/domain/provider.js';
import type { AddItem } from '../../src/domain/write.js';
import { emulators } from '../../src/emulators/index.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { capabilityTable } from '../../src/providers/capability-table.js';
import { ordergroove } from '../../src/providers/ordergroove/index.js';
import { OrdergrooveSettings } from '../../src/providers/ordergroove/settings.js';
import { sign, signedAuthorization } from '../../src/providers/ordergroove/signature.js';
import { inspect, openFor, type Rig, startRig, valueOf, write } from './ordergroove-rig.js';

const CHEWS = '44931275400012';
const OUT_OF_STOCK = '44931275400001';
const DISCONTINUED = '44931275400002';
const ONE_TIME_ONLY = '44931275400003';
const CLOSED = '44931275400004';
const FILTERS = '9007199254740993';
const OTHER_CUSTOMER = '00026001';

const UNASKED = { lineItems: false, subscriptions: false };
const AHEAD = { lineItems: true, subscriptions: true };

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterEach(() => {
  rig.emulator.reset('sandbox');
});

afterAll(() => rig.close());

function choose(id: string): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId: null } };
}

function addOf(more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: demoOrders.next,
    item: choose(CHEWS),
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

const MONTHLY = { every: 1, unit: 'MONTH' } as const;

/** Ports this provider has; the contract suite checks that they are there. */
function ports(source: DataSource) {
  const { upcomingOrders, lineItems, subscriptions, products, offers, eligibility, preview, upsells, conversions } =
    source;
  if (!upcomingOrders || !lineItems || !subscriptions || !products || !offers || !eligibility || !preview)
    throw new Error();
  if (!upsells?.changeQuantity || !upsells.remove || !conversions) throw new Error();
  const { add, changeQuantity, remove } = upsells;
  return {
    orders: source.orders,
    upcomingOrders,
    lineItems,
    subscriptions,
    products,
    offers,
    eligibility,
    preview,
    add,
    changeQuantity,
    remove,
    conversions,
  };
}

const open = (options?: Parameters<Rig['open']>[0]) => ports(rig.open(options));
const openAs = (connection: AccountConnection, customer: string | null = rig.shopper, recognised = false) =>
  ports(openFor(connection, customer, recognised));

/** Answers take long enough that calls made together are seen to overlap. */
function slowDown() {
  rig.emulator.faults.add({ match: { method: 'GET' }, times: 'always', action: { kind: 'delay', milliseconds: 80 } });
}

async function readOrder(key: string, source = open()): Promise<Order> {
  return valueOf((await source.orders.getMany([key]))[0]);
}

async function linesOf(key: string) {
  const source = open();
  return valueOf((await source.lineItems.forOrders([await readOrder(key, source)]))[0]);
}

describe('signing for a shopper', () => {
  const key = 'demo-storefront-key-0001';

  test('gives the documented signatures', () => {
    expect(sign(key, '8801234567890|1760000000')).toBe('G8vrNcHeZi3fumXOqY3NZNBzZoOjOfuD/1diPZGHqSc=');
    expect(sign(key, '8801234567890|recognized|1760000000')).toBe('ebbE5Y89n6PVLgCpzRP4ZSR4oW/e5T3/ukEyXZ1bkNM=');
    expect(sign(key, 'Ünïcode-7|1760000000')).toBe('B7lwpOysj1B7hb/x+uw3zrD7C//7TpFMKn5jpf9Dq34=');
  });

  test('puts a bare JSON object of plain characters into the header', () => {
    const signer = { merchantId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', storefrontKey: key };
    const at = new Date('2025-10-09T08:53:20.900Z');
    const header = signedAuthorization(signer, { customerId: 'Ünïcode-7', recognised: true }, at);
    expect(header).toMatch(/^[ -~]+$/);
    expect(JSON.parse(header)).toEqual({
      public_id: signer.merchantId,
      sig_field: 'Ünïcode-7',
      ts: 1760000000,
      sig: sign(key, 'Ünïcode-7|recognized|1760000000'),
      trust_level: 'recognized',
    });
  });
});

describe('settings', () => {
  const problemsOf = (settings: object) =>
    validateSync(plainToInstance(OrdergrooveSettings, settings)).flatMap(({ property, constraints }) =>
      Object.values(constraints ?? {}).map((message) => `${property}: ${message}`),
    );
  const merchantId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

  test('one credential is enough and everything else has a default', () => {
    expect(problemsOf({ merchantId, apiKey: 'k' })).toEqual([]);
    expect(problemsOf({ merchantId, storefrontKey: 'k' })).toEqual([]);
  });

  test('of the sandbox entry are accepted', () => {
    const {
      key: _key,
      provider: _provider,
      label: _label,
      baseUrl: _url,
      currency: _currency,
      timeZone: _zone,
      ...own
    } = emulators.ordergroove.sandbox('http://127.0.0.1:4001').account;
    expect(problemsOf(own)).toEqual([]);
  });

  test('say clearly that a credential is missing', () => {
    expect(problemsOf({ merchantId })).toEqual(['merchantId: needs an `apiKey` or a `storefrontKey` beside it']);
  });

  test('refuse a merchant id of another shape, an hour outside placement and an unknown reading', () => {
    const found = problemsOf({ merchantId: 'ABC', apiKey: 'k', placementHour: 12, pagination: 'scroll' });
    expect(found.map((message) => message.split(':')[0])).toEqual(['merchantId', 'pagination', 'placementHour']);
  });
});

describe('the documented account', () => {
  test('its two orders, the added item and both ways to subscribe come out as documented', async () => {
    rig.emulator.reset('documented');
    const customer = '6419554042026';
    const offerId = '6b3e0e7045a811ed92406e28f0c7c7df';
    const merchantId = 'a87c5d3c787b11ec9f630e0e56c94aa5';
    const connection = rig.connect({ settings: { merchantId, offerId } });
    const source = () => openAs(connection, customer);
    const { items } = await source().upcomingOrders.list(customer, UNASKED);
    expect(
      items.map(({ providerId, totals, scheduled }) => [providerId, totals?.total?.amount, scheduled.date]),
    ).toEqual(
      expect.arrayContaining([
        ['6789756e263d11eea3da0a20cdd8d0a2', '77.94', '2023-10-09'],
        ['554f0ede34e511eeba08c2f2e26389f5', '44.82', '2023-12-13'],
      ]),
    );
    const first = items.find(({ providerId }) => providerId.startsWith('6789'));
    expect(first).toMatchObject({
      status: 'SCHEDULED',
      providerStatus: '1',
      customerId: customer,
      scheduled: { at: new Date('2023-10-09T05:00:00Z'), timeZone: 'America/Chicago', basis: 'STATED_LOCAL' },
      totals: { subtotal: { amountMinor: '7794' }, discount: { amountMinor: '1382' } },
    });
    const orderKey = '6789756e263d11eea3da0a20cdd8d0a2';
    const added = await write(() => source().add, addOf({ orderKey, item: choose('44931275391146') }));
    expect(added.answers[0]).toMatchObject({
      outcome: 'confirmed',
      result: { lineItemKey: 'af43b5b05ed511ee9edcceb803f32292' },
    });
    const line = valueOf((await source().lineItems.getMany(['af43b5b05ed511ee9edcceb803f32292']))[0]);
    expect(line).toMatchObject({ purchaseMode: 'ONE_TIME', origin: 'UPSELL', quantity: 1 });
    expect([line.unitPrice?.amount, line.total?.amount, line.discount?.amount]).toEqual(['4.00', '3.80', '0.20']);

    const frequency = { every: 8, unit: 'WEEK' } as const;
    const converted = await write(() => source().conversions, {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line.providerId,
      frequency,
      offerKey: null,
    });
    expect(converted.answers[0]).toMatchObject({ result: { subscriptionKey: '25e5a2dc5ed611ee9ee0de51b7f814f0' } });
    const contract = valueOf((await source().subscriptions.getMany(['25e5a2dc5ed611ee9ee0de51b7f814f0']))[0]);
    expect(contract).toMatchObject({ status: 'ACTIVE', frequency, startDate: '2023-09-29' });

    const inOne = await write(
      () => source().add,
      addOf({ orderKey, item: choose('44931275391146'), subscribe: frequency }),
    );
    expect(inOne.target.steps).toEqual(['add_subscription']);
    expect(inOne.answers[0]).toMatchObject({ result: { subscriptionKey: '7e86446e5ed611eea708eea9088ec581' } });
  });
});

describe('reading', () => {
  test('one customer with everything is one call each, in two round trips', async () => {
    rig.emulator.reset('large', { largeOrders: 100, largeItemsPerOrder: 1 });
    slowDown();
    const source = open();
    const { items, problem } = await source.upcomingOrders.list(rig.shopper, AHEAD);
    const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
    const contracts = await source.subscriptions.getMany(
      lines.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []),
    );
    const products = await source.products.getMany(lines.map(({ product }) => product.providerId));
    expect([items.length, lines.length, problem]).toEqual([100, 100, null]);
    expect([...contracts, ...products].every(({ state }) => state === 'found')).toBe(true);
    const log = rig.emulator.requests.list();
    const [orders, ...together] = log.filter(({ path }) => path !== '/products/');
    expect(rig.calls().toSorted()).toEqual(['GET /items/', 'GET /orders/', 'GET /products/', 'GET /subscriptions/']);
    // The lists overlap: each began before the first of them had ended.
    for (const { startedAt } of together) expect(startedAt).toBeLessThan(orders?.finishedAt ?? 0);
  });

  test.each(['cursor', 'page'] as const)('%s paging follows every page, and only by its query', async (pagination) => {
    rig.emulator.reset('large', { largeOrders: 120, largeItemsPerOrder: 2 });
    const source = open({ settings: { pagination } });
    const { items } = await source.upcomingOrders.list(rig.shopper, AHEAD);
    const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
    expect([items.length, lines.length]).toEqual([120, 240]);
    expect(new Set(items.map(({ providerId }) => providerId)).size).toBe(120);
    const calls = rig.calls();
    expect(calls.filter((call) => call === 'GET /orders/')).toHaveLength(2);
    expect(calls.filter((call) => call === 'GET /items/')).toHaveLength(3);
  });

  test('a page that names another host is not followed there', async () => {
    rig.emulator.reset('large', { largeOrders: 101, largeItemsPerOrder: 1 });
    const next = `https://attacker.example/orders/?status=1&customer=${rig.shopper}&page_size=100&page=2`;
    rig.emulator.faults.add({ match: { path: '^/orders/$' }, action: { kind: 'patchBody', set: { next } } });
    const { items } = await open({ settings: { pagination: 'page' } }).upcomingOrders.list(rig.shopper, UNASKED);
    expect(items).toHaveLength(101);
    const second = rig.emulator.requests.list()[1];
    expect(second?.query).toEqual({ status: '1', customer: rig.shopper, page_size: '100', page: '2' });
  });

  test('pages that never end are given up', async () => {
    const next = `https://x/orders/?status=1&customer=${rig.shopper}&page_size=3`;
    rig.emulator.faults.add({
      match: { path: '^/orders/$' },
      times: 'always',
      action: { kind: 'patchBody', set: { next } },
    });
    const { problem } = await open().upcomingOrders.list(rig.shopper, UNASKED);
    expect(problem?.kind).toBe('CONTRACT_DRIFT');
    expect(rig.calls().length).toBeLessThan(5);
  });

  test('a later page that fails leaves the orders before it and says so', async () => {
    rig.emulator.reset('large', { largeOrders: 120, largeItemsPerOrder: 1 });
    rig.emulator.faults.add({
      match: { path: '^/orders/$' },
      skip: 1,
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const { items, problem } = await open().upcomingOrders.list(rig.shopper, UNASKED);
    expect([items.length, problem?.kind]).toEqual([100, 'UNAVAILABLE']);
  });

  test('items that fail cost the items, not the orders', async () => {
    rig.emulator.faults.add({ match: { path: '^/items/$' }, times: 'always', action: { kind: 'status', status: 500 } });
    const source = open();
    const { items } = await source.upcomingOrders.list(rig.shopper, AHEAD);
    const lines = await source.lineItems.forOrders(items);
    expect(items).toHaveLength(6);
    expect(lines.every((line) => line.state === 'failed' && line.problem.kind === 'UNAVAILABLE')).toBe(true);
    expect((await source.products.getMany([CHEWS]))[0]?.state).toBe('found');
  });

  describe('lines by their keys', () => {
    const keysOfAll = async () => {
      const source = open();
      const { items } = await source.upcomingOrders.list(rig.shopper, AHEAD);
      const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
      rig.calls();
      return { keys: lines.map(({ ref }) => ref.key), orders: items.length };
    };
    const readByKey = async (keys: readonly string[]) => {
      const found = await open().lineItems.getMany(keys);
      return { keys: found.map((each) => valueOf(each).ref.key), calls: rig.calls() };
    };

    test("are picked from the shopper's list, together with their orders", async () => {
      rig.emulator.reset('large', { largeOrders: 20, largeItemsPerOrder: 5 });
      const { keys } = await keysOfAll();
      const read = await readByKey(keys);
      expect(read.keys).toEqual(keys);
      expect(read.calls.toSorted()).toEqual(['GET /items/', 'GET /orders/']);
    });

    test('are read order by order where the list does not narrow, and singly when they are fewer than the orders', async () => {
      rig.emulator.reset('large', { largeOrders: 4, largeItemsPerOrder: 5, itemsAcceptCustomerFilter: 'reject' });
      const { keys, orders } = await keysOfAll();
      const read = await readByKey(keys);
      expect(read.keys).toEqual(keys);
      expect(read.calls.filter((call) => call === 'GET /items/')).toHaveLength(1 + orders);
      const few = keys.slice(0, 2);
      const { calls } = await readByKey(few);
      expect(calls.filter((call) => call.startsWith('GET /items/')).toSorted()).toEqual([
        'GET /items/',
        ...few.map((key) => `GET /items/${key}/`).toSorted(),
      ]);
    });

    test('that are on no upcoming order are read by themselves', async () => {
      const source = open();
      const placed = (await source.lineItems.forOrders([await readOrder(demoOrders.placed, source)])).flatMap(valueOf);
      const keys = [demoOrders.oneTimeItem, placed[0]?.ref.key ?? ''];
      expect((await readByKey(keys)).keys).toEqual(keys);
    });

    test('fail with the list, and are not made up for by many single calls', async () => {
      const { keys } = await keysOfAll();
      rig.emulator.faults.add({
        match: { path: '^/items/$' },
        times: 'always',
        action: { kind: 'status', status: 500 },
      });
      const found = await open().lineItems.getMany(keys);
      expect(found.every((each) => each.state === 'failed' && each.problem.kind === 'UNAVAILABLE')).toBe(true);
      expect(rig.calls().filter((call) => /items\/./.test(call))).toEqual([]);
    });
  });

  describe('when GET /items/ does not narrow to a customer', () => {
    const readTwice = async (customer: string) => {
      const connection = rig.connect();
      const counts: number[] = [];
      for (let round = 0; round < 2; round += 1) {
        const source = openAs(connection, customer);
        const { items } = await source.upcomingOrders.list(customer, AHEAD);
        const lines = await source.lineItems.forOrders(items);
        counts.push(lines.reduce((sum, each) => sum + valueOf(each).length, 0));
        counts.push(rig.calls().filter((call) => call === 'GET /items/').length);
      }
      return counts;
    };
    const onItems = { path: '^/items/$', query: 'status=1' };

    test('but answers everything at once, the rows of others are left out', async () => {
      rig.emulator.reset('sandbox', { itemsAcceptCustomerFilter: 'ignore' });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 1, 3, 1]);
    });

    test('and has many pages of others, orders are read one by one, the next time at once', async () => {
      rig.emulator.reset('sandbox', { itemsAcceptCustomerFilter: 'ignore' });
      rig.emulator.faults.add({ match: onItems, action: { kind: 'patchBody', set: { next: 'https://x/?page=2' } } });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });

    test.each([400, 403])('but refuses it with %s, orders are read one by one', async (status) => {
      rig.emulator.faults.add({ match: onItems, action: { kind: 'status', status } });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });

    test('but shows nothing at all, orders that cost something are read one by one', async () => {
      rig.emulator.faults.add({ match: onItems, action: { kind: 'patchBody', set: { results: [], next: null } } });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });
  });

  test('rows of other customers are never shown as lines', async () => {
    rig.emulator.reset('sandbox', { leakForeignRows: true });
    const connection = rig.connect();
    const source = openAs(connection);
    for (const list of [
      await source.upcomingOrders.list(rig.shopper, AHEAD),
      await source.subscriptions.listFor(rig.shopper),
    ]) {
      expect(list.items.map(({ customerId }) => customerId)).toEqual(list.items.map(() => rig.shopper));
      expect(list.items.length).toBeGreaterThan(0);
      expect(list.problem?.leftOut?.foreign).toBeGreaterThan(0);
    }
    const order = await readOrder(demoOrders.next);
    const lines = valueOf((await openAs(connection).lineItems.forOrders([order]))[0]);
    expect(lines.every(({ orderRef }) => orderRef.key === demoOrders.next)).toBe(true);
  });

  test('a broken item costs the lines of its own order', async () => {
    const source = open();
    rig.emulator.faults.add({
      match: { path: '^/items/$' },
      action: { kind: 'patchBody', set: { 'results.0.quantity': 'many' } },
    });
    const { items } = await source.upcomingOrders.list(rig.shopper, AHEAD);
    const lines = await source.lineItems.forOrders(items);
    expect(lines.filter((each) => each.state === 'failed' && each.problem.kind === 'CONTRACT_DRIFT')).toHaveLength(1);
    expect(lines.filter(({ state }) => state === 'found')).toHaveLength(5);
  });

  test('several orders by key take one list, one takes its own call', async () => {
    await open().orders.getMany([demoOrders.next]);
    expect(rig.calls()).toEqual([`GET /orders/${demoOrders.next}/`]);
    const found = await open().orders.getMany([demoOrders.later, demoOrders.placed, demoOrders.next]);
    expect(found.map((each) => valueOf(each).status)).toEqual(['SCHEDULED', 'PLACED', 'SCHEDULED']);
    expect(rig.calls()).toEqual(['GET /orders/', `GET /orders/${demoOrders.placed}/`]);
  });

  test('an identifier that could change the path is no record and no call', async () => {
    const source = open();
    for (const key of ['..', '../orders', 'a/b', 'a?b', '%2e%2e', '', 'x'.repeat(1000)]) {
      expect((await source.orders.getMany([key]))[0]?.state).toBe('missing');
      expect((await source.lineItems.getMany([key]))[0]?.state).toBe('missing');
      expect((await source.subscriptions.getMany([key]))[0]?.state).toBe('missing');
    }
    expect(rig.calls()).toEqual([]);
  });

  test('products hidden from the default list are found, long and zero-led identifiers verbatim', async () => {
    const ids = [DISCONTINUED, ONE_TIME_ONLY, '00010482', '900719925474099312345', FILTERS, 'no such', "it's & me?"];
    const found = await open().products.getMany(ids);
    expect(found.map(({ state }) => state)).toEqual([
      'found',
      'found',
      'found',
      'found',
      'found',
      'missing',
      'missing',
    ]);
    expect(found.slice(0, 5).map((each) => valueOf(each).providerId)).toEqual(ids.slice(0, 5));
    expect(rig.calls()).toEqual(['GET /products/']);
  });

  test('the next order of a subscription is the soonest that holds an item of it', async () => {
    const source = open();
    const { items } = await source.subscriptions.listFor(rig.shopper);
    const next = await source.subscriptions.nextOrders(items);
    const coffee = items.findIndex(({ providerId }) => providerId === demoOrders.subscription);
    expect(valueOf(next[coffee]).providerId).toBe(demoOrders.next);
    const cancelled = items.findIndex(({ status }) => status === 'CANCELLED');
    expect(next[cancelled]?.state).toBe('missing');
    expect(rig.calls()).toHaveLength(3);
  });
});

describe('credentials', () => {
  const storefront = { without: ['apiKey'] } as const;

  test('a storefront key reads and writes for its shopper without naming the customer', async () => {
    const connection = rig.connect(storefront);
    const source = openAs(connection);
    const { items } = await source.upcomingOrders.list(rig.shopper, AHEAD);
    expect((await source.lineItems.forOrders(items)).every(({ state }) => state === 'found')).toBe(true);
    expect(rig.emulator.requests.list().some(({ query }) => 'customer' in query)).toBe(false);
    expect((await write(() => openAs(connection).add, addOf())).answers[0]?.outcome).toBe('confirmed');
  });

  test('each request is signed at its own time, so that none is older than two hours', async () => {
    const connection = rig.connect(storefront);
    await openAs(connection).orders.getMany([demoOrders.next]);
    rig.emulator.clock.advance(3 * 60 * 60 * 1000);
    expect((await openAs(connection).orders.getMany([demoOrders.next]))[0]?.state).toBe('found');
  });

  test('a refused signature is made once more, a refused key is not', async () => {
    const refuse = () =>
      rig.emulator.faults.add({ match: { path: '^/orders/' }, action: { kind: 'status', status: 403, body: {} } });
    refuse();
    const signed = openAs(rig.connect(storefront));
    expect((await signed.orders.getMany([demoOrders.next]))[0]?.state).toBe('found');
    refuse();
    expect((await open().orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'FORBIDDEN' } });
  });

  test('a storefront key speaks for nobody when no customer is known, and nothing is sent', async () => {
    const source = openAs(rig.connect(storefront), null);
    expect((await source.orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'FORBIDDEN' } });
    expect(rig.calls()).toEqual([]);
  });

  test.each([storefront, {}])(
    'who is only recognised may see orders and add an item, and nothing else is sent',
    async (options) => {
      const connection = rig.connect(options);
      const source = () => openAs(connection, rig.shopper, true);
      const { items } = await source().upcomingOrders.list(rig.shopper, AHEAD);
      expect(items).toHaveLength(6);
      const lines = await source().lineItems.forOrders(items);
      expect(lines.every((each) => each.state === 'failed' && each.problem.kind === 'FORBIDDEN')).toBe(true);
      expect(rig.calls()).toEqual(['GET /orders/']);
      const added = await write(() => source().add, addOf());
      expect(added.answers[0]?.outcome).toBe('confirmed');
      const subscribing = await source().add.prepare(addOf({ subscribe: MONTHLY }));
      expect(subscribing).toMatchObject({
        refusal: { code: 'NOT_ELIGIBLE', message: 'Log in to subscribe to this item.' },
      });
      const removing = await source().remove.prepare({
        kind: 'REMOVE_UPSELL_ITEM',
        lineItemKey: demoOrders.oneTimeItem,
      });
      expect(removing).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE' } });
    },
  );
});

describe('mapping', () => {
  const patchOrder = (set: Record<string, unknown>, remove: readonly string[] = []) =>
    rig.emulator.faults.add({
      match: { path: `^/orders/${demoOrders.next}/$` },
      action: { kind: 'patchBody', set, remove },
    });

  test.each([
    [1, 'SCHEDULED'],
    [2, 'PLACED'],
    [3, 'PAYMENT_FAILED'],
    [4, 'CANCELLED'],
    [5, 'PLACED'],
    [6, 'PROCESSING'],
    [9, 'PROCESSING'],
    [10, 'PROCESSING'],
    [11, 'PROCESSING'],
    [14, 'PAYMENT_FAILED'],
    [17, 'CANCELLED'],
    [18, 'PAYMENT_FAILED'],
    [7, 'UNKNOWN'],
    [99, 'UNKNOWN'],
    ['1', 'SCHEDULED'],
  ])('order status %s is %s', async (code, status) => {
    patchOrder({ status: code });
    expect(await readOrder(demoOrders.next)).toMatchObject({ status, providerStatus: String(code) });
  });

  test('an unknown status has an unknown window', async () => {
    patchOrder({ status: 99 });
    expect((await readOrder(demoOrders.next)).window.state).toBe('UNKNOWN');
  });

  test('the window ends at the placement hour, Central time, less the margin, and says how it was derived', async () => {
    patchOrder({ status: 1, place: '2026-12-13 00:00:00' });
    rig.emulator.clock.set(new Date('2026-12-13T09:00:00Z'), { frozen: true });
    const { window } = await readOrder(
      demoOrders.next,
      open({ settings: { placementHour: 4, safetyMarginSeconds: 600 } }),
    );
    expect(window).toMatchObject({
      state: 'OPEN',
      secondsLeft: 50 * 60,
      closesAt: { at: new Date('2026-12-13T10:00:00Z'), date: '2026-12-13', basis: 'DERIVED_FROM_RULE' },
    });
  });

  test('an impossible date is unknown, not a crash', async () => {
    patchOrder({ place: '2017-02-29 00:00:00' });
    expect(await readOrder(demoOrders.next)).toMatchObject({
      scheduled: { at: null, date: null, basis: 'UNKNOWN' },
      window: { state: 'UNKNOWN' },
    });
  });

  test('money stays exact beyond 2^53, and as a number too', async () => {
    patchOrder({ total: '90071992547409931234.56', sub_total: 12.5, discount_total: '-1.00' });
    const { totals } = await readOrder(demoOrders.next);
    expect(totals?.total?.amountMinor).toBe('9007199254740993123456');
    expect(totals?.subtotal?.amount).toBe('12.50');
    expect(totals?.discount?.amount).toBe('1.00');
  });

  test('the currency is the order’s, else the account’s, else there is no money', async () => {
    const source = openAs(rig.connect(), OTHER_CUSTOMER);
    const [order] = (await source.upcomingOrders.list(OTHER_CUSTOMER, UNASKED)).items;
    expect(order?.totals?.total).toMatchObject({ currency: 'JPY', currencySource: 'PROVIDER' });
    patchOrder({}, ['currency_code']);
    expect((await readOrder(demoOrders.next)).totals?.total).toMatchObject({
      currency: 'USD',
      currencySource: 'CONFIGURED',
    });
    patchOrder({}, ['currency_code']);
    expect((await readOrder(demoOrders.next, open({ currency: null }))).totals).toBeNull();
  });

  test('texts for nulls, JSON in texts and missing fields are taken as they are sent', async () => {
    rig.emulator.reset('sandbox', {
      emptyStringForNull: true,
      jsonStringFields: true,
      omitUpdated: true,
      omitOrderUpdated: true,
    });
    const lines = await linesOf(demoOrders.next);
    expect(lines.map(({ origin }) => origin).toSorted()).toEqual(['RECURRING', 'RECURRING', 'UPSELL', 'UPSELL']);
    const source = open();
    expect((await source.subscriptions.listFor(rig.shopper)).problem).toBeNull();
  });

  test('an item that names no product has that of its subscription', async () => {
    rig.emulator.faults.add({
      match: { path: '^/items/$' },
      action: { kind: 'patchBody', set: { 'results.0.product': '' } },
    });
    const lines = await linesOf(demoOrders.next);
    expect(lines[0]).toMatchObject({ origin: 'RECURRING', product: { providerId: '44931275391146' } });
  });

  test('an order that lacks what it needs is drift', async () => {
    patchOrder({}, ['status']);
    expect((await open().orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('HTML instead of JSON is drift', async () => {
    rig.emulator.faults.add({ match: { path: '^/orders/' }, action: { kind: 'html', status: 200 } });
    expect((await open().orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('a line says whether it can be removed or converted, and why not', async () => {
    const lines = await linesOf(demoOrders.next);
    const oneTime = lines.find(({ providerId }) => providerId === demoOrders.oneTimeItem);
    const recurring = lines.find(({ origin }) => origin === 'RECURRING');
    expect(oneTime).toMatchObject({ removal: { verdict: 'ELIGIBLE' }, conversion: { verdict: 'ELIGIBLE' } });
    expect(recurring).toMatchObject({
      removal: { verdict: 'INELIGIBLE', reasons: [{ code: 'NOT_ONE_TIME' }] },
      conversion: { verdict: 'INELIGIBLE', reasons: [{ code: 'NOT_ONE_TIME' }] },
    });
    const locked = await linesOf(demoOrders.locked);
    expect(locked.every(({ removal }) => removal.reasons.some(({ code }) => code === 'ORDER_LOCKED'))).toBe(true);
  });
});

describe('eligibility', () => {
  const ask = async (more: {
    order?: string;
    product?: string | null;
    subscribe?: boolean;
    quantity?: number;
    offerKey?: string;
  }) => {
    const source = open();
    const order = await readOrder(more.order ?? demoOrders.next, source);
    const product = more.product === undefined ? CHEWS : more.product;
    const item = product === null ? null : { ...choose(product), offerKey: more.offerKey ?? null };
    const question = { order, item, quantity: more.quantity ?? 1, subscribe: more.subscribe ?? false };
    return valueOf((await source.eligibility.check([question]))[0]);
  };
  const codes = ({ reasons }: Awaited<ReturnType<typeof ask>>) => reasons.map(({ code }) => code);

  test('what nothing forbids is eligible by rules', async () => {
    expect(await ask({})).toMatchObject({
      verdict: 'ELIGIBLE',
      basis: 'RULES',
      reasons: [],
      possibleModes: ['ONE_TIME', 'SUBSCRIPTION'],
    });
  });

  test.each([
    ['ORDER_LOCKED', { order: demoOrders.locked }],
    ['ORDER_NOT_OPEN', { order: demoOrders.placed }],
    ['ORDER_PROCESSING', { order: demoOrders.processing }],
    ['SUBSCRIPTION_PREPAID', { order: demoOrders.prepaid }],
    ['PRODUCT_UNAVAILABLE', { product: 'no such product' }],
    ['PRODUCT_UNAVAILABLE', { product: DISCONTINUED }],
    ['OUT_OF_STOCK', { product: OUT_OF_STOCK }],
    ['PRODUCT_NOT_ELIGIBLE', { product: CLOSED }],
    ['NO_SUBSCRIPTION_PLAN', { product: ONE_TIME_ONLY, subscribe: true }],
    ['QUANTITY_NOT_SUPPORTED', { quantity: 0 }],
    ['NOT_OFFERED', { offerKey: 'another-offer' }],
  ])('%s forbids it and says why', async (code, question) => {
    const answer = await ask(question);
    expect(answer.verdict).toBe('INELIGIBLE');
    expect(answer.reasons[0]).toMatchObject({ code, blocking: true });
    expect(answer.reasons[0]?.message).toMatch(/^[A-Z].*\.$/);
  });

  test('the offers host may know that a product is out of stock before the product list does', async () => {
    const set = { [`in_stock.${CHEWS}`]: false };
    rig.emulator.faults.add({ match: { path: '/offer/' }, action: { kind: 'patchBody', set } });
    expect((await ask({})).reasons).toMatchObject([{ code: 'OUT_OF_STOCK', evidence: 'in_stock = false' }]);
  });

  test('a product without a plan can still be bought once', async () => {
    expect((await ask({ product: ONE_TIME_ONLY, subscribe: true })).possibleModes).toEqual(['ONE_TIME']);
    expect((await ask({ product: ONE_TIME_ONLY })).verdict).toBe('ELIGIBLE');
  });

  test('what is on the order already is said, not forbidden', async () => {
    const answer = await ask({ product: FILTERS });
    expect([answer.verdict, codes(answer)]).toEqual(['CONDITIONAL', ['ALREADY_ON_ORDER']]);
  });

  test('the window closing and closed', async () => {
    const order = await readOrder(demoOrders.next);
    const closesAt = order.scheduled.at?.getTime() ?? 0;
    rig.emulator.clock.set(new Date(closesAt - 90_000), { frozen: true });
    expect(codes(await ask({}))).toEqual(['WINDOW_CLOSING']);
    rig.emulator.clock.set(new Date(closesAt - 30_000), { frozen: true });
    expect(codes(await ask({}))).toEqual(['WINDOW_CLOSED']);
  });

  test('a shop without an offer has nothing to add by', async () => {
    rig.emulator.faults.add({
      match: { path: '/offer/' },
      times: 'always',
      action: { kind: 'patchBody', set: { 'module_view.regular': '0' } },
    });
    const source = open({ without: ['offerId'] });
    const order = await readOrder(demoOrders.next, source);
    const question = { order, item: choose(CHEWS), quantity: 1, subscribe: false };
    expect(codes(valueOf((await source.eligibility.check([question]))[0]))).toEqual(['NO_OFFER']);
  });

  test('a read that fails makes it unknown, never a yes', async () => {
    rig.emulator.faults.add({
      match: { path: '^/products/' },
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const answer = await ask({});
    expect([answer.verdict, codes(answer)]).toEqual(['UNKNOWN', ['PROVIDER_UNAVAILABLE']]);
  });

  test('without the offers host, the groups of the product list decide, and a setting what no group means', async () => {
    rig.emulator.faults.add({ match: { path: '/offer/' }, times: 'always', action: { kind: 'status', status: 500 } });
    const verdict = async (emptyEligibilityGroups: 'eligible' | 'ineligible', product: string) => {
      const source = open({ settings: { emptyEligibilityGroups } });
      const order = await readOrder(demoOrders.next, source);
      const question = { order, item: choose(product), quantity: 1, subscribe: false };
      return valueOf((await source.eligibility.check([question]))[0]).verdict;
    };
    expect(await verdict('eligible', CHEWS)).toBe('ELIGIBLE');
    expect(await verdict('ineligible', CHEWS)).toBe('INELIGIBLE');
    expect(await verdict('eligible', '44931275400005')).toBe('INELIGIBLE');
  });

  test('many questions are one round of reads', async () => {
    const source = open();
    const { items } = await source.upcomingOrders.list(rig.shopper, UNASKED);
    rig.calls();
    await source.eligibility.check(
      items.flatMap((order) =>
        [CHEWS, FILTERS, CLOSED].map((id) => ({ order, item: choose(id), quantity: 1, subscribe: false })),
      ),
    );
    expect(
      rig
        .calls()
        .map((call) => call.replace(/\/[0-9a-f]{32}/, ''))
        .toSorted(),
    ).toEqual(['GET /items/', 'GET /offers-host/offer/pdp', 'GET /products/', 'GET /subscriptions/']);
  });

  test('an order that takes nothing costs no read', async () => {
    const source = open();
    const order = await readOrder(demoOrders.locked, source);
    rig.calls();
    await source.eligibility.check([{ order, item: choose(CHEWS), quantity: 1, subscribe: false }]);
    expect(rig.calls()).toEqual([]);
  });
});

describe('preview and offers', () => {
  test('a preview is an estimate from the stated price', async () => {
    const preview = valueOf(await open().preview.preview(addOf({ quantity: 2 })));
    expect(preview).toMatchObject({ fidelity: 'ESTIMATED', quantity: 2, charge: { timing: 'WITH_UPCOMING_ORDER' } });
    const before = preview.order.totals?.total;
    expect(preview.lineTotal?.amount).toBe('43.98');
    expect(preview.orderTotalAfter?.amountMinor).toBe(before?.plus(before.with(4398n)).amountMinor);
  });

  test('one offer covers any product, on open orders only', async () => {
    const source = open();
    const [next, placed] = await source.orders.getMany([demoOrders.next, demoOrders.placed]);
    const [forNext, forPlaced] = await source.offers.forOrders([valueOf(next), valueOf(placed)]);
    expect(valueOf(forNext)).toMatchObject([{ product: null, purchaseModes: ['ONE_TIME', 'SUBSCRIPTION'] }]);
    expect(valueOf(forPlaced)).toEqual([]);
  });

  test('an offer that is not configured is looked up once, and then known', async () => {
    const connection = rig.connect({ without: ['offerId'] });
    const order = await readOrder(demoOrders.next);
    rig.calls();
    for (let round = 0; round < 3; round += 1) {
      const [offers] = await openAs(connection).offers.forOrders([order]);
      expect(valueOf(offers)).toHaveLength(1);
    }
    expect(rig.calls()).toHaveLength(1);
  });
});

describe('writing', () => {
  test('all that is needed is read at the same time before one write', async () => {
    slowDown();
    await write(() => open().add, addOf());
    const calls = rig.emulator.requests.list();
    const last = calls.at(-1);
    const firstEnd = Math.min(...calls.slice(0, -1).map(({ finishedAt }) => finishedAt ?? Infinity));
    expect(last?.method).toBe('POST');
    for (const { startedAt } of calls.slice(0, -1)) expect(startedAt).toBeLessThan(firstEnd);
  });

  test('a lost answer is found again, as the one item it was', async () => {
    rig.emulator.faults.add({ match: { method: 'POST', path: '^/items/iu/' }, action: { kind: 'applyThenReset' } });
    const added = await write(() => open().add, addOf({ quantity: 3 }));
    expect(added.answers).toMatchObject([{ outcome: 'unknown', attempts: 1 }]);
    const inspected = await inspect(() => open().add, addOf({ quantity: 3 }), added);
    const lines = (await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === CHEWS);
    expect(lines).toHaveLength(1);
    expect(inspected).toEqual({
      state: 'applied',
      result: { orderKey: demoOrders.next, lineItemKey: lines[0]?.providerId },
    });
  });

  test.each([
    ['reset before it was applied', { kind: 'reset' } as const],
    ['answered 502 by a gateway', { kind: 'html', status: 502 } as const],
  ])('a write %s leaves no trace, and is not sent again', async (_what, action) => {
    rig.emulator.faults.add({ match: { method: 'POST' }, times: 'always', action });
    const added = await write(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown' }]);
    rig.emulator.faults.clear();
    expect(await inspect(() => open().add, addOf(), added)).toEqual({ state: 'no_trace' });
    expect(rig.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  test('a line that was there before is not taken for the one whose answer was lost', async () => {
    const request = addOf({ item: choose(FILTERS), quantity: 2, ifPresent: 'ADD' });
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    const cut = await write(() => open().add, request);
    expect(await inspect(() => open().add, request, cut)).toEqual({ state: 'no_trace' });
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const lost = await write(() => open().add, request);
    const inspected = await inspect(() => open().add, request, lost);
    const isOld = inspected.state === 'applied' && inspected.result.lineItemKey === demoOrders.oneTimeItem;
    expect([inspected.state, isOld]).toEqual(['applied', false]);
  });

  test('items that all vanished leave it unclear', async () => {
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const added = await write(() => open().add, addOf());
    const gone = { results: [], next: null };
    rig.emulator.faults.add({ match: { path: '^/items/$' }, action: { kind: 'patchBody', set: gone } });
    expect(await inspect(() => open().add, addOf(), added)).toMatchObject({ state: 'unclear' });
  });

  test('a success that cannot be read is unknown', async () => {
    rig.emulator.faults.add({
      match: { method: 'POST' },
      action: { kind: 'applyThenStatus', status: 200, body: '<ok/>' },
    });
    const added = await write(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown', problem: { kind: 'CONTRACT_DRIFT' } }]);
    expect(await inspect(() => open().add, addOf(), added)).toMatchObject({ state: 'applied' });
  });

  test('a provider that cannot be read leaves it unclear', async () => {
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const added = await write(() => open().add, addOf());
    rig.emulator.faults.add({ match: { path: '^/items/' }, times: 'always', action: { kind: 'status', status: 503 } });
    expect(await inspect(() => open().add, addOf(), added)).toMatchObject({
      state: 'unclear',
      problem: { kind: 'UNAVAILABLE' },
    });
  });

  test.each([423, 429])('an answer of %s is tried again, and counted', async (status) => {
    rig.emulator.faults.add({ match: { method: 'POST' }, times: 2, action: { kind: 'status', status } });
    const added = await write(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'confirmed', attempts: 3 }]);
    expect((await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === CHEWS)).toHaveLength(1);
  });

  test('what stays contended is not applied', async () => {
    rig.emulator.faults.add({ match: { method: 'POST' }, times: 'always', action: { kind: 'status', status: 423 } });
    const added = await write(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'not_applied', attempts: 4, problem: { kind: 'CONFLICT' } }]);
  });

  test.each([
    [400, { code: 'PROVIDER', retry: 'NEW_REQUEST', problem: { kind: 'REJECTED', httpStatus: 400 } }],
    [403, { code: 'PROVIDER', retry: 'NEVER', problem: { kind: 'FORBIDDEN' } }],
    [404, { code: 'NOT_FOUND', path: ['orderId'] }],
  ])('an answer of %s is a typed refusal', async (status, refusal) => {
    rig.emulator.faults.add({
      match: { method: 'POST' },
      action: { kind: 'status', status, body: { detail: 'secret' } },
    });
    const added = await write(() => open().add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'refused', refusal }]);
    expect(JSON.stringify(added.answers)).not.toContain('secret');
  });

  test('a hanging write ends at its deadline, unknown', async () => {
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'hang' } });
    const startedAt = performance.now();
    const added = await write(() => open({ timeoutMs: 300 }).add, addOf());
    expect(added.answers).toMatchObject([{ outcome: 'unknown', problem: { kind: 'TIMEOUT' } }]);
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test('subscribing in one call and in two, and the second step found again when its answer is lost', async () => {
    const inOne = await write(() => open().add, addOf({ subscribe: MONTHLY }));
    expect(inOne.target.steps).toEqual(['add_subscription']);
    const connection = rig.connect({ settings: { addAsSubscription: 'two-step' } });
    rig.emulator.faults.add({ match: { path: 'create_from_item' }, action: { kind: 'applyThenReset' } });
    const request = addOf({ orderKey: demoOrders.later, subscribe: MONTHLY });
    const inTwo = await write(() => openAs(connection).add, request);
    expect(inTwo.target.steps).toEqual(['add_item', 'create_subscription']);
    expect(inTwo.answers.map(({ outcome }) => outcome)).toEqual(['confirmed', 'unknown']);
    const inspected = await inspect(() => openAs(connection).add, request, inTwo);
    expect(inspected).toMatchObject({ state: 'applied', result: { subscriptionKey: expect.any(String) } });
    for (const key of [demoOrders.next, demoOrders.later]) {
      const lines = (await linesOf(key)).filter(({ product }) => product.providerId === CHEWS);
      expect(lines).toMatchObject([{ purchaseMode: 'SUBSCRIPTION' }]);
    }
  });

  test('a lost single-call subscription is found by its item', async () => {
    rig.emulator.faults.add({ match: { path: '^/subscriptions/iu/' }, action: { kind: 'applyThenReset' } });
    const request = addOf({ subscribe: MONTHLY });
    const added = await write(() => open().add, request);
    expect(await inspect(() => open().add, request, added)).toMatchObject({
      state: 'applied',
      result: { lineItemKey: expect.any(String), subscriptionKey: expect.any(String) },
    });
  });

  test('an order without a payment takes two steps', async () => {
    rig.emulator.faults.add({
      match: { path: `^/orders/${demoOrders.next}` },
      action: { kind: 'patchBody', set: { payment: null } },
    });
    const preparation = await open().add.prepare(addOf({ subscribe: MONTHLY }));
    expect(preparation).toMatchObject({ target: { steps: ['add_item', 'create_subscription'] } });
  });

  test('the same one-time item twice is refused, or added when that is asked for', async () => {
    const request = addOf({ item: choose(FILTERS) });
    expect(await open().add.prepare(request)).toMatchObject({
      refusal: { code: 'DUPLICATE_ITEM', existing: { providerId: demoOrders.oneTimeItem } },
    });
    const added = await write(() => open().add, { ...request, ifPresent: 'ADD' });
    expect(added.answers[0]?.outcome).toBe('confirmed');
    expect((await linesOf(demoOrders.next)).filter(({ product }) => product.providerId === FILTERS)).toHaveLength(2);
  });

  test('an offer alone names no product', async () => {
    const item = { offerKey: 'any', product: null };
    expect(await open().add.prepare(addOf({ item }))).toMatchObject({
      refusal: { code: 'VALIDATION', path: ['item'] },
    });
    expect(rig.calls()).toEqual([]);
  });

  test("another customer's order and an unknown one are the same nothing, and nothing is sent", async () => {
    const [foreign] = (await openAs(rig.connect(), OTHER_CUSTOMER).upcomingOrders.list(OTHER_CUSTOMER, UNASKED)).items;
    const answers = await Promise.all(
      [foreign?.providerId ?? '', 'f'.repeat(32), '../x'].map((orderKey) => open().add.prepare(addOf({ orderKey }))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ refusal: { code: 'NOT_FOUND', path: ['orderId'] } });
    expect(rig.calls().some((call) => call.startsWith('POST'))).toBe(false);
  });

  test('a merged order names the one that goes on, and is followed only when that is wanted', async () => {
    const patch = { status: 17, extra_data: JSON.stringify({ merged_order_id: demoOrders.later }) };
    const merge = () =>
      rig.emulator.faults.add({
        match: { path: `^/orders/${demoOrders.next}/$` },
        action: { kind: 'patchBody', set: patch },
      });
    merge();
    expect(await open().add.prepare(addOf())).toMatchObject({
      refusal: { code: 'TARGET_MOVED', actualOrderRef: { key: demoOrders.later }, undone: false },
    });
    merge();
    const added = await write(() => open().add, addOf({ ifTargetMoved: 'ACCEPT' }));
    expect(added.answers[0]).toMatchObject({ outcome: 'confirmed', result: { orderKey: demoOrders.later } });
  });

  test('the increase expected is the stated price, which the discount can only lower', async () => {
    const { target } = await write(() => open().add, addOf({ quantity: 2 }));
    expect(target.expectedIncrease?.amount).toBe('43.98');
    const after = await readOrder(demoOrders.next);
    const growth = Number(after.totals?.total?.minor) - Number(target.order.totals?.total?.minor);
    expect(growth).toBeGreaterThan(0);
    expect(growth).toBeLessThanOrEqual(4398);
  });

  test('who is only recognised: an unchanged total says that nothing was added, another says nothing', async () => {
    const connection = rig.connect();
    const writer = () => openAs(connection, rig.shopper, true).add;
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'reset' } });
    const lost = await write(writer, addOf());
    expect(await inspect(writer, addOf(), lost)).toEqual({ state: 'no_trace' });
    rig.emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenReset' } });
    const applied = await write(writer, addOf());
    expect(await inspect(writer, addOf(), applied)).toEqual({ state: 'unclear', problem: null });
  });

  describe('an existing line', () => {
    const convert = (lineItemKey: string) =>
      ({ kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey, frequency: MONTHLY, offerKey: null }) as const;
    const quantity = (lineItemKey: string, number: number) =>
      ({ kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey, quantity: number }) as const;
    const remove = (lineItemKey: string) => ({ kind: 'REMOVE_UPSELL_ITEM', lineItemKey }) as const;

    test('changes its quantity', async () => {
      const request = quantity(demoOrders.oneTimeItem, 5);
      const changed = await write(() => open().changeQuantity, request);
      expect(changed.answers[0]).toMatchObject({ outcome: 'confirmed' });
      expect(changed.target.expectedIncrease?.amount).toBe('19.50');
      expect(valueOf((await open().lineItems.getMany([demoOrders.oneTimeItem]))[0]).quantity).toBe(5);
    });

    test.each([200, 204])('is removed, whatever success the provider answers (%s, empty)', async (deleteStatus) => {
      rig.emulator.switches.set('deleteStatus', deleteStatus);
      const removed = await write(() => open().remove, remove(demoOrders.oneTimeItem));
      expect(removed.answers[0]).toMatchObject({
        outcome: 'confirmed',
        result: { removedLineItemKey: demoOrders.oneTimeItem },
      });
      expect((await open().lineItems.getMany([demoOrders.oneTimeItem]))[0]?.state).toBe('missing');
    });

    test('lost answers of all three are found by reading', async () => {
      const loseNext = (path: string) =>
        rig.emulator.faults.add({ match: { path }, action: { kind: 'applyThenReset' } });
      loseNext('change_quantity');
      const more = quantity(demoOrders.oneTimeItem, 7);
      const changed = await write(() => open().changeQuantity, more);
      expect(await inspect(() => open().changeQuantity, more, changed)).toMatchObject({ state: 'applied' });
      const other = quantity(demoOrders.oneTimeItem, 8);
      expect(await inspect(() => open().changeQuantity, other, changed)).toEqual({ state: 'no_trace' });
      const oneTime = (await linesOf(demoOrders.next)).find(
        ({ purchaseMode, providerId }) => purchaseMode === 'ONE_TIME' && providerId !== demoOrders.oneTimeItem,
      );
      loseNext('/delete/');
      const removal = remove(oneTime?.providerId ?? '');
      const removed = await write(() => open().remove, removal);
      expect(await inspect(() => open().remove, removal, removed)).toMatchObject({ state: 'applied' });
      loseNext('create_from_item');
      const conversion = convert(demoOrders.oneTimeItem);
      const converted = await write(() => open().conversions, conversion);
      expect(await inspect(() => open().conversions, conversion, converted)).toMatchObject({
        state: 'applied',
        result: { subscriptionKey: expect.any(String) },
      });
    });

    test('that recurs is neither removed nor converted again', async () => {
      const recurring = (await linesOf(demoOrders.next)).find(({ origin }) => origin === 'RECURRING')?.providerId ?? '';
      const refusal = { refusal: { code: 'NOT_ELIGIBLE', reasons: [{ code: 'NOT_ONE_TIME' }] } };
      expect(await open().remove.prepare(remove(recurring))).toMatchObject(refusal);
      expect(await open().conversions.prepare(convert(recurring))).toMatchObject(refusal);
    });

    test('without a subscription plan is not converted', async () => {
      const line = (await linesOf(demoOrders.later)).find(({ product }) => product.providerId === ONE_TIME_ONLY);
      expect(await open().conversions.prepare(convert(line?.providerId ?? ''))).toMatchObject({
        refusal: { reasons: [{ code: 'NO_SUBSCRIPTION_PLAN' }] },
      });
    });

    test('that is paid in advance keeps its quantity', async () => {
      const line = (await linesOf(demoOrders.prepaid)).find(({ origin }) => origin === 'RECURRING');
      expect(await open().changeQuantity.prepare(quantity(line?.providerId ?? '', 3))).toMatchObject({
        refusal: { reasons: [{ code: 'SUBSCRIPTION_PREPAID' }] },
      });
    });

    test('of a locked order stays as it is', async () => {
      const line = (await linesOf(demoOrders.locked)).find(({ origin }) => origin === 'UPSELL');
      for (const preparation of [
        await open().remove.prepare(remove(line?.providerId ?? '')),
        await open().changeQuantity.prepare(quantity(line?.providerId ?? '', 3)),
        await open().conversions.prepare(convert(line?.providerId ?? '')),
      ]) {
        expect(preparation).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE', reasons: [{ code: 'ORDER_LOCKED' }] } });
      }
    });

    test('that vanished meanwhile is not found', async () => {
      const writer = open().remove;
      const preparation = await writer.prepare(remove(demoOrders.oneTimeItem));
      if (preparation.outcome !== 'ready') throw new Error('refused');
      await write(() => open().remove, remove(demoOrders.oneTimeItem));
      const late = await open().remove.send('remove_item', remove(demoOrders.oneTimeItem), {
        snapshot: preparation.target.snapshot,
        done: {},
      });
      expect(late).toMatchObject({ outcome: 'refused', refusal: { code: 'NOT_FOUND', path: ['lineItemId'] } });
    });
  });
});

describe('the capability table', () => {
  test('has a row a capability, a column a provider and numbered notes', () => {
    const lines = capabilityTable({ ordergroove }).split('\n');
    expect(lines[0]).toMatch(/^\| +\| ordergroove +\|$/);
    expect(lines.find((line) => line.includes('`REMOVE_ITEM`'))).toMatch(/partly <sup>\d+<\/sup>/);
    expect(lines.find((line) => line.includes('`UPCOMING_ORDERS`'))).toMatch(/\| yes +\|$/);
    expect(lines.at(-1)).toMatch(/^\d+\. /);
  });
});
