import { describe, expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { LineItem } from '../../../src/domain/line-item.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoOneOffs,
  demoVariants,
  strangersAttempt,
  strangersContract,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { demoApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import { wideIds } from '../../../src/emulators/appstle/scenarios/wide-ids.js';
import { errorSignal } from '../../../src/providers/appstle/api-errors.js';
import { AppstleSettings } from '../../../src/providers/appstle/settings.js';
import { toOrderStatus } from '../../../src/providers/appstle/statuses.js';
import { annotatedCapabilityTable } from '../../../src/providers/capability-table.js';
import { appstle } from '../../../src/providers/appstle/index.js';
import { valueOf } from '../../support/provider-harness.js';
import { calls, harness, open, orderKey, readOrder, ROBIN, write } from './harness.js';

const { coffee, tea } = demoContracts;
const { next, later, last } = demoAttempts;
const AHEAD = { lineItems: true, subscriptions: true };

async function linesOf(key: string, ports = open()): Promise<readonly LineItem[]> {
  return valueOf((await ports.lineItems.forOrders([await readOrder(key, ports)]))[0]);
}

const upcoming = (customer = harness.shopper, ports = open(customer)) => ports.upcomingOrders.list(customer, AHEAD);

const summary = ({ providerId, product, quantity, unitPrice, total, origin }: LineItem) => [
  providerId,
  product.providerId,
  quantity,
  unitPrice?.toString() ?? null,
  total?.toString() ?? null,
  origin,
];

describe('the key of an order', () => {
  const keyOf = (providerId: string, customer: string | null) => open(customer).orders.keyOf?.(providerId);

  test('is found among those of a shopper by the attempt alone, and by anybody who names the contract too', async () => {
    const found = { state: 'found', value: orderKey(next) };
    expect(await keyOf(next, harness.shopper)).toEqual(found);
    expect(await keyOf(next, null)).toEqual({ state: 'missing' });
    expect(await keyOf(orderKey(next), null)).toEqual(found);
    expect(await keyOf(`${coffee}/nonsense`, null)).toEqual({ state: 'missing' });
  });
});

describe('identifiers beyond 64 bits', () => {
  const largest = 2n ** 63n - 1n;
  const beyond = [largest + 1n, 10n ** 19n - 1n].map(String);

  test.each(beyond)('are refused before a call: %s', async (id) => {
    const ports = open();
    calls();
    expect(await ports.orders.getMany([`${id}/${next}`, `${coffee}/${id}`])).toEqual([
      { state: 'missing' },
      { state: 'missing' },
    ]);
    expect(await ports.subscriptions.getMany([id])).toEqual([{ state: 'missing' }]);
    const keys = [`${id}/${next}/one-off/1`, `${coffee}/${next}/one-off/${id}`, `${coffee}/${id}/line/a`];
    expect(await ports.lineItems.getMany(keys)).toEqual(keys.map(() => ({ state: 'missing' })));
    await expect(ports.upcomingOrders.list(id, AHEAD)).rejects.toMatchObject({ problem: { kind: 'REJECTED' } });
    await expect(ports.subscriptions.listFor(id)).rejects.toMatchObject({ problem: { kind: 'REJECTED' } });
    expect(calls()).toEqual([]);
  });

  test('are those beyond the largest, which is asked for', async () => {
    const ports = open();
    calls();
    expect(await ports.subscriptions.getMany([String(largest)])).toEqual([{ state: 'missing' }]);
    expect(calls()).toHaveLength(1);
  });
});

describe('the documented shop', () => {
  test("gives the one-off as a one-time item of the contract's next order", async () => {
    harness.restart('documented');
    const ports = open(ROBIN, { settings: { shop: 'example-store.myshopify.com' } });
    const contract = valueOf((await ports.subscriptions.getMany(['98765']))[0]);
    const order = valueOf((await ports.subscriptions.nextOrders([contract]))[0]);
    expect(order).toMatchObject({ providerId: '54321', status: 'SCHEDULED', customerId: ROBIN });
    const [lines] = await ports.lineItems.forOrders([order]);
    const upsells = valueOf(lines).filter(({ origin }) => origin === 'UPSELL');
    expect(upsells.map(summary)).toEqual([['12345', '42549172011164', 2, '19.99 USD', '39.98 USD', 'UPSELL']]);
    expect(upsells[0]?.unitPrice?.currencySource).toBe('CONFIGURED');
    const [product] = await ports.products.getMany(['42549172011164']);
    expect(valueOf(product)).toMatchObject({ handle: 'premium-coffee-blend-500g' });
    // 12.50 + 2 × 19.99 + 5.00
    expect(order.totals).toMatchObject({ estimated: true, tax: null });
    expect(order.totals?.total?.toString()).toBe('57.48 USD');
  });

  test('reads it in the form of the example bodies too: text price, contractId, a currency', async () => {
    harness.restart('documented', { oneOffRows: 'example', connections: 'edges', dates: 'offset' });
    const lines = await linesOf('98765/54321', open(ROBIN));
    const upsell = lines.find(({ origin }) => origin === 'UPSELL');
    expect(upsell && summary(upsell)).toEqual(['12345', '42549172011164', 2, '19.99 USD', '39.98 USD', 'UPSELL']);
    expect(upsell?.unitPrice?.currencySource).toBe('PROVIDER');
  });

  test('tells "nothing was added" from "paused"', async () => {
    harness.restart('documented');
    const api = `${harness.emulator.url}/api/external/v2`;
    const headers = { 'x-api-key': demoApiKey };
    const oneOff = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';
    await fetch(`${api}/${oneOff}?contractId=98765&billingAttemptId=54321&variantId=42549172011164`, {
      method: 'DELETE',
      headers,
    });
    const nothingAdded = open(ROBIN);
    const [active] = (await nothingAdded.subscriptions.listFor(ROBIN)).items;
    expect(active?.status).toBe('ACTIVE');
    const bare = await linesOf('98765/54321', nothingAdded);
    expect(bare.map(({ origin }) => origin)).toEqual(['RECURRING']);

    await fetch(`${api}/subscription-contracts-update-status?contractId=98765&status=PAUSED`, {
      method: 'PUT',
      headers,
    });
    const stopped = open(ROBIN);
    expect(await upcoming(ROBIN, stopped)).toEqual({ items: [], problem: null });
    const [contract] = (await stopped.subscriptions.listFor(ROBIN)).items;
    expect(contract).toMatchObject({ status: 'PAUSED', providerStatus: 'PAUSED' });
    expect(contract && (await stopped.subscriptions.nextOrders([contract]))).toEqual([{ state: 'missing' }]);
  });
});

describe('ids beyond 2^53', () => {
  test('come through every record unharmed', async () => {
    harness.restart('wide');
    const { customer, contract, attempt, oneOff, variant, recurring } = wideIds;
    const ports = open(customer);
    const { items } = await upcoming(customer, ports);
    expect(items.map(({ ref, providerId, customerId }) => [ref.key, providerId, customerId])).toEqual([
      [`${contract}/${attempt}`, attempt, customer],
    ]);
    const lines = valueOf((await ports.lineItems.forOrders(items))[0]);
    expect(lines.map(({ product }) => product.providerId)).toEqual([recurring, variant]);
    expect(lines[1]).toMatchObject({
      providerId: oneOff,
      ref: { key: `${contract}/${attempt}/one-off/${variant}` },
      orderRef: { key: `${contract}/${attempt}` },
    });
    const [subscription] = (await ports.subscriptions.listFor(customer)).items;
    expect(subscription).toMatchObject({ providerId: contract, customerId: customer });
    expect(subscription?.lines[0]?.product.providerId).toBe(recurring);
    const again = open(null);
    const line = valueOf((await again.lineItems.getMany([lines[1]?.ref.key ?? '']))[0]);
    expect([line.providerId, line.product.providerId]).toEqual([oneOff, variant]);
  });
});

describe('an upcoming order', () => {
  test('holds recurring lines, one-time lines on the next order only, and its one-offs', async () => {
    expect((await linesOf(orderKey(next))).map(summary)).toEqual([
      [
        expect.stringMatching(/^gid:\/\/shopify\/SubscriptionLine\//u),
        demoVariants.beans,
        2,
        '21.60 USD',
        '43.20 USD',
        'RECURRING',
      ],
      [expect.any(String), demoVariants.tea, 1, '11.25 USD', '11.25 USD', 'RECURRING'],
      [expect.any(String), demoVariants.mug, 1, '14.00 USD', '14.00 USD', 'UPSELL'],
      [demoOneOffs.next, demoVariants.filters, 2, '6.50 USD', '13.00 USD', 'UPSELL'],
    ]);
    expect((await linesOf(orderKey(later))).map(({ product }) => product.providerId)).toEqual([
      demoVariants.beans,
      demoVariants.tea,
      demoVariants.mug,
    ]);
    expect((await linesOf(orderKey(later)))[2]?.providerId).toBe(demoOneOffs.later);
    expect((await readOrder(orderKey(next))).totals?.total?.toString()).toBe('86.45 USD');
  });

  test('names what recurs by its contract, and locks it against changes of this order', async () => {
    const [beans, , mug, filters] = await linesOf(orderKey(next));
    expect([beans?.subscriptionRef?.key, beans?.purchaseMode, beans?.removal.verdict]).toEqual([
      coffee,
      'SUBSCRIPTION',
      'INELIGIBLE',
    ]);
    expect(beans?.conversion.reasons.map(({ code }) => code)).toEqual(['ALREADY_SUBSCRIBED']);
    for (const line of [mug, filters]) {
      expect([line?.subscriptionRef, line?.removal.verdict, line?.conversion.verdict]).toEqual([
        null,
        'ELIGIBLE',
        'ELIGIBLE',
      ]);
    }
  });

  test('can be changed until its billing date, less the margin', async () => {
    const order = await readOrder(orderKey(next));
    expect(order.window).toMatchObject({ state: 'OPEN', closesAt: { basis: 'DERIVED_FROM_RULE' } });
    expect(order.scheduled).toMatchObject({ basis: 'STATED_INSTANT', timeZone: 'America/New_York' });
    const wide = await readOrder(orderKey(next), open(harness.shopper, { settings: { safetyMarginSeconds: 86_400 } }));
    expect((order.window.secondsLeft ?? 0) - (wide.window.secondsLeft ?? 0)).toBeGreaterThan(86_000);
  });

  test('in another currency than the one-offs has no total, and nothing is converted', async () => {
    const ports = open();
    await write({
      kind: 'ADD_UPSELL_ITEM',
      orderKey: orderKey(demoAttempts.euro, demoContracts.euro),
      item: { offerKey: null, product: { id: demoVariants.syrup, handle: demoHandles.syrup, variantId: null } },
      quantity: 1,
      subscribe: null,
      ifPresent: 'REJECT',
      ifTargetMoved: 'REJECT',
    });
    const order = await readOrder(orderKey(demoAttempts.euro, demoContracts.euro), ports);
    const lines = await linesOf(order.ref.key, ports);
    expect(lines.map(({ total }) => total?.currency)).toEqual(['EUR', 'USD']);
    expect([order.totals?.total, order.totals?.shipping?.toString()]).toEqual([null, '5.00 EUR']);
    const unpriced = await linesOf(order.ref.key, open(harness.shopper, { currency: null }));
    expect(unpriced.map(({ unitPrice }) => unitPrice?.currency)).toEqual(['EUR', undefined]);
  });
});

describe('the next order', () => {
  test('is the earliest instant, whatever order and offsets the attempts come in', async () => {
    harness.emulator.switches.setAll({ dates: 'mixed', shuffledTopOrders: true, nullIdAttempts: true });
    const ports = open();
    const contract = valueOf((await ports.subscriptions.getMany([coffee]))[0]);
    expect(valueOf((await ports.subscriptions.nextOrders([contract]))[0]).providerId).toBe(next);
    const { items } = await upcoming(harness.shopper, ports);
    const ofCoffee = items.filter(({ ref }) => ref.key.startsWith(coffee));
    const soonest = [...ofCoffee].sort((a, b) => Number(a.scheduled.at) - Number(b.scheduled.at));
    expect(soonest.map(({ providerId }) => providerId)).toEqual([next, later, last]);
    expect(items).toHaveLength(6);
  });

  test('is told apart within one day across Z, +00:00 and +05:30', async () => {
    const bodies = [
      { id: 3, date: '2026-05-02T01:00:00+05:30' },
      { id: 1, date: '2026-05-01T20:00:00.000+00:00' },
      { id: 2, date: '2026-05-01T23:00:00Z' },
    ].map(({ id, date }) => ({ id, contractId: Number(coffee), status: 'queued', billingDate: date }));
    harness.emulator.faults.add({
      match: { path: 'top-orders' },
      times: 'always',
      action: { kind: 'status', status: 200, body: bodies },
    });
    const ports = open();
    const contract = valueOf((await ports.subscriptions.getMany([coffee]))[0]);
    expect(valueOf((await ports.subscriptions.nextOrders([contract]))[0]).providerId).toBe('3');
  });
});

describe('subscriptions', () => {
  test('are contracts in every state, with their lines and rhythm', async () => {
    const { items, problem } = await open().subscriptions.listFor(harness.shopper);
    expect(problem).toBeNull();
    const states = ['ACTIVE', 'ACTIVE', 'PAUSED', 'CANCELLED', 'ACTIVE', 'ACTIVE', 'PAST_DUE', 'ACTIVE'];
    expect(items.map(({ status }) => status)).toEqual(states);
    expect(items[0]).toMatchObject({
      providerId: coffee,
      customerId: harness.shopper,
      terms: { deliveryFrequency: { every: 1, unit: 'MONTH' } },
      startDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/u),
    });
    expect(items[0]?.lines.map(({ product, quantity }) => [product.providerId, quantity])).toEqual([
      [demoVariants.beans, 2],
      [demoVariants.tea, 1],
    ]);
  });

  test('of a customer come page by page', async () => {
    harness.emulator.switches.setAll({ customerPageSize: 2, connections: 'edges' });
    expect((await open().subscriptions.listFor(harness.shopper)).items).toHaveLength(8);
    expect(calls()).toHaveLength(4);
  });
});

describe('a product by itself', () => {
  test("is looked for in the shopper's own records, and is nobody else's business", async () => {
    harness.restart('sandbox');
    const ids = [demoVariants.tea, demoVariants.mug, '1'];
    const found = await open().products.getMany(ids);
    expect(found.map((each) => (each.state === 'found' ? each.value.title !== null : each.state))).toEqual([
      true,
      true,
      'missing',
    ]);
    expect(harness.emulator.requests.list()).toHaveLength(2);
    expect(await open(null).products.getMany(ids)).toEqual([
      { state: 'missing' },
      { state: 'missing' },
      { state: 'missing' },
    ]);
  });

  test('is not missing when those could not be read', async () => {
    harness.restart('sandbox');
    harness.emulator.faults.add({ times: 'always', match: { method: 'GET' }, action: { kind: 'status', status: 500 } });
    expect(await open().products.getMany(['1'])).toMatchObject([{ state: 'failed' }]);
  });
});

describe('calls', () => {
  test('one customer with 20 contracts: orders, items, next orders and subscriptions in 22, bounded in parallel', async () => {
    harness.restart('large');
    harness.emulator.faults.add({ times: 'always', action: { kind: 'delay', milliseconds: 30 } });
    const ports = open();
    const [{ items }, { items: contracts }] = await Promise.all([
      upcoming(harness.shopper, ports),
      ports.subscriptions.listFor(harness.shopper),
    ]);
    const [lines, nextOrders] = await Promise.all([
      ports.lineItems.forOrders(items),
      ports.subscriptions.nextOrders(contracts),
    ]);
    await ports.products.getMany([demoVariants.mug]);
    expect([items, contracts, nextOrders, lines].map(({ length }) => length)).toEqual([60, 20, 20, 60]);
    expect(lines.flatMap(valueOf)).toHaveLength(80);

    const requests = harness.emulator.requests.list();
    const edges = requests.flatMap(({ startedAt, finishedAt }) => [
      { at: startedAt, step: 1 },
      { at: finishedAt ?? 0, step: -1 },
    ]);
    let running = 0;
    let most = 0;
    for (const { step } of edges.sort((a, b) => a.at - b.at || a.step - b.step)) {
      running += step;
      most = Math.max(most, running);
    }
    expect(most).toBeLessThanOrEqual(10);
    const sent = calls();
    expect(sent).toHaveLength(22);
    expect(sent.filter((each) => each === 'GET subscription-contract-one-offs-by-contractId')).toHaveLength(20);
    expect(new Set(sent.slice(0, 2))).toEqual(
      new Set(['GET subscription-billing-attempts/top-orders', `GET subscription-customers/${harness.shopper}`]),
    );
  });

  test('a contract with a single queued order is read by the call for the next order', async () => {
    await linesOf(orderKey(demoAttempts.tea, tea));
    expect(new Set(calls())).toEqual(
      new Set([
        'GET subscription-billing-attempts/top-orders',
        `GET subscription-customers/${harness.shopper}`,
        'GET upcoming-subscription-contract-one-offs-by-contractId',
      ]),
    );
  });

  test('staff and guests read one contract by itself, without its customer', async () => {
    const staff = open(null);
    expect(await readOrder(orderKey(next), staff)).toMatchObject({ customerId: harness.shopper });
    await linesOf(orderKey(next), staff);
    expect(new Set(calls())).toEqual(
      new Set([
        'GET subscription-billing-attempts/top-orders',
        `GET subscription-contracts/contract-external/${coffee}`,
        'GET subscription-contract-one-offs-by-contractId',
      ]),
    );
  });

  test('carry the key in a header and ids that are none are never sent', async () => {
    const ports = open();
    const keys = ['', 'x', '1/2/3', coffee, '0/1', `${coffee}/../${next}`];
    expect((await ports.orders.getMany(keys)).every(({ state }) => state === 'missing')).toBe(true);
    expect((await ports.lineItems.getMany(keys)).every(({ state }) => state === 'missing')).toBe(true);
    const impossible = {
      problem: { kind: 'REJECTED', detail: expect.stringContaining('the digits, or the gid, of a customer') },
    };
    await expect(ports.upcomingOrders.list('../x', AHEAD)).rejects.toMatchObject(impossible);
    await expect(ports.subscriptions.listFor('dana@example.com')).rejects.toMatchObject(impossible);
    expect(calls()).toEqual([]);
    await readOrder(orderKey(next), ports);
    const [request] = harness.emulator.requests.list();
    expect(request?.headers['x-api-key']).toBe('[redacted]');
    expect(JSON.stringify(request?.query)).not.toContain('api_key');
  });
});

describe('a list that is not found', () => {
  test('is a failed provider, not an empty list', async () => {
    const notFound = { kind: 'status', status: 404, body: {} } as const;
    harness.emulator.faults.add({ match: { path: '.' }, times: 'always', action: notFound });
    const failure = { problem: { kind: 'NOT_FOUND', httpStatus: 404 } };
    await expect(upcoming()).rejects.toMatchObject(failure);
    await expect(open().subscriptions.listFor(harness.shopper)).rejects.toMatchObject(failure);
  });
});

describe('records of others', () => {
  test('are missing to a shopper, and left out of lists that leak them, which count them', async () => {
    const ports = open();
    expect(await ports.orders.getMany([orderKey(strangersAttempt, strangersContract)])).toEqual([{ state: 'missing' }]);
    expect(await ports.subscriptions.getMany([strangersContract])).toEqual([{ state: 'missing' }]);
    expect(calls().some((each) => each.includes('one-offs') || each.includes('past'))).toBe(false);
    harness.emulator.switches.setAll({ leakForeignRows: true });
    for (const list of [await upcoming(), await open().subscriptions.listFor(harness.shopper)]) {
      expect(list.items.length).toBeGreaterThan(0);
      expect(list.items.map(({ customerId }) => customerId)).toEqual(list.items.map(() => harness.shopper));
      expect(list.problem?.leftOut?.foreign).toBeGreaterThan(0);
    }
    const leaked = await open().orders.getMany([orderKey(strangersAttempt, strangersContract)]);
    expect(leaked).toMatchObject([{ state: 'failed', problem: { kind: 'CONTRACT_DRIFT' } }]);
    harness.emulator.switches.setAll({ rawCustomer: false });
    expect((await open().subscriptions.listFor(harness.shopper)).items).toHaveLength(9);
  });
});

describe('orders that are no longer upcoming', () => {
  test('keep their status, what was billed, and no window', async () => {
    const [placed, skipped, unknown] = await open().orders.getMany([
      orderKey(demoAttempts.placed),
      orderKey(demoAttempts.skipped),
      orderKey('77'),
    ]);
    expect(valueOf(placed)).toMatchObject({
      status: 'PLACED',
      providerStatus: 'SUCCESS',
      window: { state: 'CLOSED' },
      totals: { estimated: false },
    });
    expect(valueOf(placed).totals?.total?.toString()).toBe('59.45 USD');
    expect(valueOf(skipped).status).toBe('SKIPPED');
    expect(unknown).toEqual({ state: 'missing' });
    const [lines] = await open().lineItems.forOrders([valueOf(placed)]);
    expect(lines).toMatchObject({ state: 'failed', problem: { kind: 'REJECTED' } });
  });

  test('have one of the documented statuses, in any words', () => {
    expect(
      ['QUEUED', 'PROGRESS', 'REFUNDED', 'FAILED', 'SKIPPED_DEMO_SHOP', 'CONTRACT_PAUSED', 'NEW_ONE'].map(
        toOrderStatus,
      ),
    ).toEqual(['SCHEDULED', 'PROCESSING', 'PLACED', 'PAYMENT_FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN']);
  });
});

describe('trouble', () => {
  test('with one contract costs its items and totals, not the orders', async () => {
    harness.emulator.faults.add({
      match: { path: 'one-offs', query: `contractId=${coffee}` },
      times: 'always',
      action: { kind: 'html', status: 502 },
    });
    const ports = open();
    const { items, problem } = await upcoming(harness.shopper, ports);
    expect(items).toHaveLength(6);
    expect(problem).toMatchObject({ httpStatus: 502, leftOut: { unreadable: 0, foreign: 0 } });
    const lines = await ports.lineItems.forOrders(items);
    const states = items.map(({ ref }, index) => [ref.key.startsWith(coffee), lines[index]?.state]);
    expect(states.every(([isCoffee, state]) => state === (isCoffee ? 'failed' : 'found'))).toBe(true);
    expect(items.find(({ providerId }) => providerId === next)?.totals?.total).toBeNull();
    expect(items.find(({ providerId }) => providerId === demoAttempts.tea)?.totals?.total?.toString()).toBe(
      '16.25 USD',
    );
  });

  test('with the contracts leaves the orders with their dates', async () => {
    harness.emulator.faults.add({
      match: { path: 'subscription-customers' },
      times: 'always',
      action: { kind: 'html', status: 503 },
    });
    const ports = open();
    const { items, problem } = await upcoming(harness.shopper, ports);
    expect(items).toHaveLength(6);
    expect(problem).toMatchObject({ httpStatus: 503, leftOut: { unreadable: 0, foreign: 0 } });
    expect(items[0]).toMatchObject({ totals: null, customerId: harness.shopper });
    expect((await ports.lineItems.forOrders(items))[0]).toMatchObject({
      state: 'failed',
      problem: { kind: 'UNAVAILABLE' },
    });
    await expect(ports.subscriptions.listFor(harness.shopper)).rejects.toMatchObject({ problem: { httpStatus: 503 } });
  });

  test('that passes is waited out: both kinds of 429, a reset, a hung read', async () => {
    const body = '{"error":"Rate limit exceeded. Try again later."}';
    harness.emulator.faults.add({ match: { path: 'top-orders' }, action: { kind: 'status', status: 429, body } });
    harness.emulator.faults.add({ match: { path: 'subscription-customers' }, action: { kind: 'reset' } });
    harness.emulator.faults.add({ match: { path: 'one-offs' }, action: { kind: 'hang' } });
    expect((await linesOf(orderKey(next), open(harness.shopper, { timeoutMs: 4_000 }))).length).toBe(4);
  });

  test('is named by kind, and never by what Appstle answered', async () => {
    const failing = async (action: Parameters<typeof harness.emulator.faults.add>[0]['action'], more = {}) => {
      harness.emulator.faults.clear();
      harness.emulator.faults.add({ match: { path: 'top-orders' }, times: 'always', action });
      const [order] = await open(harness.shopper, { timeoutMs: 2_000, ...more }).orders.getMany([orderKey(next)]);
      return order?.state === 'failed' ? order.problem : order;
    };
    expect(await failing({ kind: 'status', status: 401, body: '' })).toMatchObject({
      kind: 'AUTHENTICATION',
      httpStatus: 401,
    });
    expect(
      await failing({ kind: 'status', status: 200, body: '<html>secret</html>', contentType: 'text/html' }),
    ).toEqual({
      kind: 'CONTRACT_DRIFT',
      detail: 'Appstle gave an answer that is not documented (HTTP 200).',
      httpStatus: 200,
      retryAt: expect.any(Date),
    });
    expect(await failing({ kind: 'status', status: 200, body: { success: false, message: 'secret' } })).toMatchObject({
      kind: 'REJECTED',
    });
    expect(await failing({ kind: 'cutBody' })).toMatchObject({ kind: 'UNAVAILABLE' });
    expect(await failing({ kind: 'hang' })).toMatchObject({ kind: 'TIMEOUT' });
    expect(
      await failing({ kind: 'status', status: 200, body: { content: [{ id: 1, status: 'QUEUED' }] } }),
    ).toMatchObject({ kind: 'CONTRACT_DRIFT' });
  });

  test('empty answers to reads are no lists without rows', async () => {
    harness.emulator.faults.add({
      match: { path: 'one-offs' },
      times: 'always',
      action: { kind: 'status', status: 204 },
    });
    await expect(linesOf(orderKey(later))).rejects.toThrow('CONTRACT_DRIFT');
  });
});

describe('answers', () => {
  const json = (status: number, body: object) => errorSignal({ status, text: JSON.stringify(body) });

  test('are told apart by what they say', () => {
    expect(json(400, { errorKey: '10001', message: 'UserGeneratedError:…' })).toBe('COLLISION');
    expect(json(429, { error: 'Too many concurrent mutation requests.' })).toBe('THROTTLED');
    expect(json(400, { message: 'A billing operation is already in progress' })).toBe('LOCKED');
    expect(json(400, { message: 'There are ongoing processes' })).toBe('LOCKED');
    expect(json(500, { detail: 'No value present' })).toBe('NO_QUEUED_ORDER');
    expect(json(400, { title: 'At least one subscription product must remain' })).toBe('LAST_LINE');
    expect(json(400, { message: 'UserGeneratedError: out of stock' })).toBe('OUT_OF_STOCK');
    expect(json(200, { errorKey: 'maxiterations' })).toBe('DECLINED');
    expect(json(200, { errors: [] })).toBeNull();
    expect(errorSignal({ status: 502, text: '<html>out of stock</html>' })).toBeNull();
    expect(errorSignal({ status: 200, text: '' })).toBeNull();
  });
});

describe('settings and capabilities', () => {
  const problemsOf = (settings: object) =>
    validateSync(plainToInstance(AppstleSettings, settings)).map(({ property }) => property);

  test('need a key and the shop, and refuse what cannot be meant', () => {
    expect(problemsOf({ apiKey: 'k', shop: 'acme.myshopify.com' })).toEqual([]);
    expect(problemsOf({ shop: 'acme.com' })).toEqual(['apiKey', 'shop']);
    expect(problemsOf({ apiKey: 'k', shop: 'acme.myshopify.com', settlingSeconds: -1 })).toEqual(['settlingSeconds']);
  });

  test('are documented in the README as they are', async () => {
    const { readFileSync } = await import('node:fs');
    const readme = readFileSync('src/providers/appstle/README.md', 'utf8');
    expect(readme).toContain(annotatedCapabilityTable({ appstle }));
    for (const setting of Object.keys(new AppstleSettings())) expect(readme).toContain(`\`${setting}\``);
  });

  test('writes of one contract have one lock, whatever their order', () => {
    const { lockKey } = harness.connect();
    expect(lockKey?.(orderKey(next))).toBe(lockKey?.(orderKey(later)));
    expect(lockKey?.(orderKey(next))).not.toBe(lockKey?.(orderKey(demoAttempts.tea, tea)));
  });
});
