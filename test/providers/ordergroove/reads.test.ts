import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  AHEAD,
  CHEWS,
  DISCONTINUED,
  FILTERS,
  harness,
  ONE_TIME_ONLY,
  open,
  openAs,
  OTHER_CUSTOMER,
  readOrder,
  slowDown,
  UNASKED,
} from './harness.js';

describe('reading', () => {
  test('one customer with everything is one call each, in two round trips', async () => {
    harness.emulator.reset('large', { largeOrders: 100, largeItemsPerOrder: 1 });
    slowDown();
    const source = open();
    const { items, problem } = await source.upcomingOrders.list(harness.shopper, AHEAD);
    const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
    const contracts = await source.subscriptions.getMany(
      lines.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []),
    );
    const products = await source.products.getMany(lines.map(({ product }) => product.providerId));
    expect([items.length, lines.length, problem]).toEqual([100, 100, null]);
    expect([...contracts, ...products].every(({ state }) => state === 'found')).toBe(true);
    const log = harness.emulator.requests.list();
    const [orders, ...together] = log.filter(({ path }) => path !== '/products/');
    expect(harness.calls().toSorted()).toEqual([
      'GET /items/',
      'GET /orders/',
      'GET /products/',
      'GET /subscriptions/',
    ]);
    // The lists overlap: each began before the first of them had ended.
    for (const { startedAt } of together) expect(startedAt).toBeLessThan(orders?.finishedAt ?? 0);
  });

  test.each(['cursor', 'page'] as const)('%s paging follows every page, and only by its query', async (pagination) => {
    harness.emulator.reset('large', { largeOrders: 120, largeItemsPerOrder: 2 });
    const source = open({ settings: { pagination } });
    const { items } = await source.upcomingOrders.list(harness.shopper, AHEAD);
    const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
    expect([items.length, lines.length]).toEqual([120, 240]);
    expect(new Set(items.map(({ providerId }) => providerId)).size).toBe(120);
    const calls = harness.calls();
    expect(calls.filter((call) => call === 'GET /orders/')).toHaveLength(2);
    expect(calls.filter((call) => call === 'GET /items/')).toHaveLength(3);
  });

  test('a page that names another host is not followed there', async () => {
    harness.emulator.reset('large', { largeOrders: 101, largeItemsPerOrder: 1 });
    const next = `https://attacker.example/orders/?status=1&customer=${harness.shopper}&page_size=100&page=2`;
    harness.emulator.faults.add({ match: { path: '^/orders/$' }, action: { kind: 'patchBody', set: { next } } });
    const { items } = await open({ settings: { pagination: 'page' } }).upcomingOrders.list(harness.shopper, UNASKED);
    expect(items).toHaveLength(101);
    const second = harness.emulator.requests.list()[1];
    expect(second?.query).toEqual({ status: '1', customer: harness.shopper, page_size: '100', page: '2' });
  });

  test('pages that never end are given up', async () => {
    const next = `https://x/orders/?status=1&customer=${harness.shopper}&page_size=3`;
    harness.emulator.faults.add({
      match: { path: '^/orders/$' },
      times: 'always',
      action: { kind: 'patchBody', set: { next } },
    });
    const { problem } = await open().upcomingOrders.list(harness.shopper, UNASKED);
    expect(problem?.kind).toBe('CONTRACT_DRIFT');
    expect(harness.calls().length).toBeLessThan(5);
  });

  test('a later page that fails leaves the orders before it and says so', async () => {
    harness.emulator.reset('large', { largeOrders: 120, largeItemsPerOrder: 1 });
    harness.emulator.faults.add({
      match: { path: '^/orders/$' },
      skip: 1,
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const { items, problem } = await open().upcomingOrders.list(harness.shopper, UNASKED);
    expect([items.length, problem?.kind]).toEqual([100, 'UNAVAILABLE']);
  });

  test('items that fail cost the items, not the orders', async () => {
    harness.emulator.faults.add({
      match: { path: '^/items/$' },
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const source = open();
    const { items } = await source.upcomingOrders.list(harness.shopper, AHEAD);
    const lines = await source.lineItems.forOrders(items);
    expect(items).toHaveLength(6);
    expect(lines.every((line) => line.state === 'failed' && line.problem.kind === 'UNAVAILABLE')).toBe(true);
    expect((await source.products.getMany([CHEWS]))[0]?.state).toBe('found');
  });

  describe('lines by their keys', () => {
    const keysOfAll = async () => {
      const source = open();
      const { items } = await source.upcomingOrders.list(harness.shopper, AHEAD);
      const lines = (await source.lineItems.forOrders(items)).flatMap(valueOf);
      harness.calls();
      return { keys: lines.map(({ ref }) => ref.key), orders: items.length };
    };
    const readByKey = async (keys: readonly string[]) => {
      const found = await open().lineItems.getMany(keys);
      return { keys: found.map((each) => valueOf(each).ref.key), calls: harness.calls() };
    };

    test("are picked from the shopper's list, together with their orders", async () => {
      harness.emulator.reset('large', { largeOrders: 20, largeItemsPerOrder: 5 });
      const { keys } = await keysOfAll();
      const read = await readByKey(keys);
      expect(read.keys).toEqual(keys);
      expect(read.calls.toSorted()).toEqual(['GET /items/', 'GET /orders/']);
    });

    test('are read order by order where the list does not narrow, and singly when they are fewer than the orders', async () => {
      harness.emulator.reset('large', { largeOrders: 4, largeItemsPerOrder: 5, itemsAcceptCustomerFilter: 'reject' });
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
      harness.emulator.faults.add({
        match: { path: '^/items/$' },
        times: 'always',
        action: { kind: 'status', status: 500 },
      });
      const found = await open().lineItems.getMany(keys);
      expect(found.every((each) => each.state === 'failed' && each.problem.kind === 'UNAVAILABLE')).toBe(true);
      expect(harness.calls().filter((call) => /items\/./.test(call))).toEqual([]);
    });
  });

  describe('when GET /items/ does not narrow to a customer', () => {
    const readTwice = async (customer: string) => {
      const connection = harness.connect();
      const counts: number[] = [];
      for (let round = 0; round < 2; round += 1) {
        const source = openAs(connection, customer);
        const { items } = await source.upcomingOrders.list(customer, AHEAD);
        const lines = await source.lineItems.forOrders(items);
        counts.push(lines.reduce((sum, each) => sum + valueOf(each).length, 0));
        counts.push(harness.calls().filter((call) => call === 'GET /items/').length);
      }
      return counts;
    };
    const onItems = { path: '^/items/$', query: 'status=1' };

    test('but answers everything at once, the rows of others are left out', async () => {
      harness.emulator.reset('sandbox', { itemsAcceptCustomerFilter: 'ignore' });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 1, 3, 1]);
    });

    test('and has many pages of others, orders are read one by one, the next time at once', async () => {
      harness.emulator.reset('sandbox', { itemsAcceptCustomerFilter: 'ignore' });
      harness.emulator.faults.add({
        match: onItems,
        action: { kind: 'patchBody', set: { next: 'https://x/?page=2' } },
      });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });

    test.each([400, 403])('but refuses it with %s, orders are read one by one', async (status) => {
      harness.emulator.faults.add({ match: onItems, action: { kind: 'status', status } });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });

    test('but shows nothing at all, orders that cost something are read one by one', async () => {
      harness.emulator.faults.add({ match: onItems, action: { kind: 'patchBody', set: { results: [], next: null } } });
      expect(await readTwice(OTHER_CUSTOMER)).toEqual([3, 3, 3, 2]);
    });
  });

  test('rows of other customers are never shown as lines', async () => {
    harness.emulator.reset('sandbox', { leakForeignRows: true });
    const connection = harness.connect();
    const source = openAs(connection);
    for (const list of [
      await source.upcomingOrders.list(harness.shopper, AHEAD),
      await source.subscriptions.listFor(harness.shopper),
    ]) {
      expect(list.items.map(({ customerId }) => customerId)).toEqual(list.items.map(() => harness.shopper));
      expect(list.items.length).toBeGreaterThan(0);
      expect(list.problem?.leftOut?.foreign).toBeGreaterThan(0);
    }
    const order = await readOrder(demoOrders.next);
    const lines = valueOf((await openAs(connection).lineItems.forOrders([order]))[0]);
    expect(lines.every(({ orderRef }) => orderRef.key === demoOrders.next)).toBe(true);
  });

  test('a broken item costs the lines of its own order', async () => {
    const source = open();
    harness.emulator.faults.add({
      match: { path: '^/items/$' },
      action: { kind: 'patchBody', set: { 'results.0.quantity': 'many' } },
    });
    const { items } = await source.upcomingOrders.list(harness.shopper, AHEAD);
    const lines = await source.lineItems.forOrders(items);
    expect(lines.filter((each) => each.state === 'failed' && each.problem.kind === 'CONTRACT_DRIFT')).toHaveLength(1);
    expect(lines.filter(({ state }) => state === 'found')).toHaveLength(5);
  });

  test('several orders by key take one list, one takes its own call', async () => {
    await open().orders.getMany([demoOrders.next]);
    expect(harness.calls()).toEqual([`GET /orders/${demoOrders.next}/`]);
    const found = await open().orders.getMany([demoOrders.later, demoOrders.placed, demoOrders.next]);
    expect(found.map((each) => valueOf(each).status)).toEqual(['SCHEDULED', 'PLACED', 'SCHEDULED']);
    expect(harness.calls()).toEqual(['GET /orders/', `GET /orders/${demoOrders.placed}/`]);
  });

  test('an identifier that could change the path is no record and no call', async () => {
    const source = open();
    for (const key of ['..', '../orders', 'a/b', 'a?b', '%2e%2e', '', 'x'.repeat(1000)]) {
      expect((await source.orders.getMany([key]))[0]?.state).toBe('missing');
      expect((await source.lineItems.getMany([key]))[0]?.state).toBe('missing');
      expect((await source.subscriptions.getMany([key]))[0]?.state).toBe('missing');
    }
    expect(harness.calls()).toEqual([]);
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
    expect(harness.calls()).toEqual(['GET /products/']);
  });

  test('the next order of a subscription is the soonest that holds an item of it', async () => {
    const source = open();
    const { items } = await source.subscriptions.listFor(harness.shopper);
    const next = await source.subscriptions.nextOrders(items);
    const coffee = items.findIndex(({ providerId }) => providerId === demoOrders.subscription);
    expect(valueOf(next[coffee]).providerId).toBe(demoOrders.next);
    const cancelled = items.findIndex(({ status }) => status === 'CANCELLED');
    expect(next[cancelled]?.state).toBe('missing');
    expect(harness.calls()).toHaveLength(3);
  });
});
