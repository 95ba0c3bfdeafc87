import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { appstle } from '../../src/emulators/appstle/index.js';
import { demoApiKey, otherApiKey } from '../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoOneOffs,
  demoShop,
  demoShopper,
  demoVariants,
  otherShopsContract,
  strangersContract,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { wideIds } from '../../src/emulators/appstle/scenarios/wide-ids.js';
import { webhookSignature } from '../../src/emulators/appstle/webhooks.js';
import { type RunningEmulator, startEmulator } from '../../src/emulators/kit/emulator.js';
import { type Call, caller, type Json } from './calls.js';

const API = '/api/external/v2';
const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';
const UPCOMING = 'upcoming-subscription-contract-one-offs-by-contractId';
const ALL = 'subscription-contract-one-offs-by-contractId';
const ATTEMPTS = 'subscription-billing-attempts';
const RAW = 'subscription-contracts/contract-external';
const { coffee, tea, paused, committed, cancelled } = demoContracts;
const { next, later, last } = demoAttempts;
const DAY = 86_400_000;
const NOW = new Date('2026-03-02T12:00:00Z');

let emulator: RunningEmulator;
let call: Call;

beforeAll(async () => {
  emulator = await startEmulator(appstle);
  call = caller(emulator.url, { 'x-api-key': demoApiKey });
});

afterEach(() => startOver());
afterAll(() => emulator.close());

function startOver(scenario = 'sandbox', switches: Record<string, unknown> = {}) {
  emulator.reset(scenario, switches);
}

type Query = Readonly<Record<string, string | number | boolean>>;

function address(path: string, query: Query = {}) {
  const texts = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const parameters = new URLSearchParams(texts);
  return `${API}/${path}?${parameters.toString()}`;
}

const get = (path: string, query?: Query) => call('GET', address(path, query));
const put = (path: string, query?: Query, body?: unknown) => call('PUT', address(path, query), body);

const added = { contractId: coffee, billingAttemptId: next, variantId: demoVariants.syrup };
const addSyrup = (more: Query = {}) => put(ONE_OFF, { ...added, variantHandle: demoHandles.syrup, ...more });

async function rows(path: string, contractId: string = coffee) {
  return (await get(path, { contractId })).json.rows();
}

const variantsOf = (found: readonly Json[]) => found.map((row) => String(row.at('variantId')));

async function topOrders(contractId: string = coffee) {
  return (await get(`${ATTEMPTS}/top-orders`, { contractId })).json.rows();
}

const idsOf = (found: readonly Json[]) => found.map((row) => String(row.at('id')));

async function rawLines(contractId: string = coffee) {
  return (await get(`${RAW}/${contractId}`)).json.rows('lines', 'nodes');
}

async function pastStatus(attempt: string, contractId: string = coffee) {
  const past = (await get(`${ATTEMPTS}/past-orders`, { contractId })).json.rows();
  return past.find((row) => String(row.at('id')) === attempt);
}

function stateRows(table: string): readonly Record<string, unknown>[] {
  return (JSON.parse(JSON.stringify(emulator.state())) as Record<string, Record<string, unknown>[]>)[table] ?? [];
}

describe('the documented shop', () => {
  test('answers the one-time product of the next order, field for field', async () => {
    startOver('documented');
    const answer = await get(UPCOMING, { contractId: '98765' });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.json.value).toEqual([
      {
        id: 12345,
        shop: 'example-store.myshopify.com',
        billingAttemptId: 54321,
        subscriptionContractId: 98765,
        variantId: 42549172011164,
        variantHandle: 'premium-coffee-blend-500g',
        quantity: 2,
        price: 19.99,
      },
    ]);
  });

  test('answers [] once the contract is paused, and while nothing was added', async () => {
    startOver('documented');
    await call('DELETE', address(ONE_OFF, { contractId: 98765, billingAttemptId: 54321, variantId: 42549172011164 }));
    expect((await get(UPCOMING, { contractId: '98765' })).text).toBe('[]');
    await put('subscription-contracts-update-status', { contractId: 98765, status: 'paused' });
    const answer = await get(UPCOMING, { contractId: '98765' });
    expect([answer.status, answer.text]).toEqual([200, '[]']);
  });

  test('writes ids beyond 2^53 digit for digit', async () => {
    startOver('wide');
    const { text } = await get(UPCOMING, { contractId: wideIds.contract });
    for (const id of [wideIds.oneOff, wideIds.attempt, wideIds.contract, wideIds.variant])
      expect(text).toContain(`:${id}`);
    const orders = await get(`${ATTEMPTS}/top-orders`, { customerId: wideIds.customer });
    expect(orders.text).toContain(`"id":${wideIds.attempt}`);
    const lineOf = async () => (await get(`${RAW}/${wideIds.contract}`)).text;
    await call('POST', address('subscription-contract-details/replace-variants-v3'), {
      shop: 'example-store.myshopify.com',
      contractId: wideIds.contract,
      newOneTimeVariants: { [wideIds.variant]: 1 },
    });
    expect(await lineOf()).toContain(`gid://shopify/ProductVariant/${wideIds.variant}`);
  });
});

describe('a key', () => {
  test('is needed, in the header or in the query, and never enters the log', async () => {
    const path = address(UPCOMING, { contractId: coffee });
    expect((await caller(emulator.url)('GET', path)).status).toBe(401);
    expect((await caller(emulator.url, { 'x-api-key': 'wrong' })('GET', path)).status).toBe(401);
    expect((await caller(emulator.url)('GET', `${path}&api_key=${demoApiKey}`)).status).toBe(200);
    expect(JSON.stringify(emulator.requests.list())).not.toContain(demoApiKey);
  });

  test('tells the shop: contracts of others answer as missing ones, as switched', async () => {
    for (const id of [otherShopsContract, '999']) {
      expect((await get(UPCOMING, { contractId: id })).status).toBe(404);
      expect((await get(`${RAW}/${id}`)).status).toBe(404);
    }
    emulator.switches.setAll({ unknownContract: 'empty' });
    expect((await get(ALL, { contractId: otherShopsContract })).text).toBe('[]');
    emulator.switches.setAll({ unknownContract: '400' });
    expect((await get(ALL, { contractId: otherShopsContract })).status).toBe(400);
    const foreign = caller(emulator.url, { 'x-api-key': otherApiKey });
    expect((await foreign('GET', address(ALL, { contractId: otherShopsContract }))).status).toBe(200);
  });
});

describe('one-offs', () => {
  test('are listed for the next order, or for all queued orders at once', async () => {
    expect(idsOf(await rows(UPCOMING))).toEqual([demoOneOffs.next]);
    expect(idsOf(await rows(ALL))).toEqual([demoOneOffs.next, demoOneOffs.later]);
    emulator.switches.setAll({ oneOffOrder: 'newestFirst', oneTimeLinesAmongOneOffs: true });
    expect(variantsOf(await rows(ALL))[0]).toBe(demoVariants.mug);
    expect(await rows(ALL)).toHaveLength(3);
  });

  test('take ranges and the handle seriously, and every parameter from the query', async () => {
    const refused = [
      { quantity: 0 },
      { quantity: 1000 },
      { variantHandle: 'Default Title' },
      { variantHandle: '' },
      { contractId: 0 },
      { variantId: '92233720368547758070' },
      { variantId: demoVariants.foreign },
    ];
    for (const query of refused) expect([query, (await addSyrup(query)).status]).toEqual([query, 400]);
    const inBody = await put(ONE_OFF, {}, { ...added, variantHandle: demoHandles.syrup });
    expect(inBody.json.text('detail')).toMatch(/Required request parameter .* is not present/u);
    expect((await addSyrup({ quantity: 999 })).status).toBe(200);
  });

  test('answer an add with all rows of the contract', async () => {
    const answer = await addSyrup({ quantity: 3 });
    expect(answer.json.rows()).toHaveLength(3);
    const row = answer.json.rows().find((each) => each.at('variantId') === Number(demoVariants.syrup));
    expect([row?.at('billingAttemptId'), row?.at('quantity'), row?.at('price')]).toEqual([Number(next), 3, 9.5]);
  });

  test('added again to the same order stay one row with the old quantity, unless switched', async () => {
    await addSyrup({ quantity: 3 });
    await addSyrup({ quantity: 5 });
    const syrups = async () => (await rows(ALL)).filter((row) => row.at('variantId') === Number(demoVariants.syrup));
    expect((await syrups()).map((row) => row.at('quantity'))).toEqual([3]);
    emulator.switches.setAll({ repeatedOneOff: 'overwrite' });
    await addSyrup({ quantity: 5 });
    expect((await syrups()).map((row) => row.at('quantity'))).toEqual([5]);
  });

  test('go silently to the next order when the attempt is unknown or not queued', async () => {
    await put(`${ATTEMPTS}/skip-order/${later}`, { subscriptionContractId: coffee });
    for (const attempt of [later, '1']) await addSyrup({ billingAttemptId: attempt });
    const syrups = (await rows(ALL)).filter((row) => row.at('variantId') === Number(demoVariants.syrup));
    expect(syrups.map((row) => String(row.at('billingAttemptId')))).toEqual([next]);
    emulator.switches.setAll({ oneOffTarget: 'next' });
    await addSyrup({ billingAttemptId: last, variantId: demoVariants.beans });
    const beans = (await rows(ALL)).find((row) => row.at('variantId') === Number(demoVariants.beans));
    expect(String(beans?.at('billingAttemptId'))).toBe(next);
  });

  test('cannot be added when nothing is queued, or the contract is frozen', async () => {
    const answer = await addSyrup({ contractId: paused });
    expect([answer.status, answer.json.at('detail')]).toEqual([500, 'No value present']);
    emulator.switches.setAll({ noQueuedAttemptStatus: 400 });
    expect((await addSyrup({ contractId: paused })).status).toBe(400);
    const frozen = await addSyrup({ contractId: committed });
    expect([frozen.status, frozen.json.text('message')]).toEqual([
      400,
      expect.stringMatching(/^UserGeneratedError:.*frozen/u),
    ]);
    emulator.switches.setAll({ freezeUntilMinCycles: false });
    expect((await addSyrup({ contractId: committed })).status).toBe(200);
  });

  test('are deleted by contract, attempt and variant; an absent one is fine and past ones stay', async () => {
    const remove = (query: Query) => call('DELETE', address(ONE_OFF, query));
    const filters = { contractId: coffee, billingAttemptId: next, variantId: demoVariants.filters };
    expect(idsOf((await remove(filters)).json.rows())).toEqual([demoOneOffs.later]);
    expect((await remove(filters)).status).toBe(200);
    await put(`${ATTEMPTS}/skip-order/${later}`, { subscriptionContractId: coffee });
    await remove({ contractId: coffee, billingAttemptId: later, variantId: demoVariants.mug });
    await put(`${ATTEMPTS}/unskip-order/${later}`, { subscriptionContractId: coffee });
    expect(idsOf(await rows(ALL))).toEqual([demoOneOffs.later]);
  });

  test('change their quantity on the portal only, for a customer with a token', async () => {
    const query = new URLSearchParams({ ...added, variantId: demoVariants.filters, quantity: '7' }).toString();
    const path = `/apps/subscriptions/cp/api/subscription-contract-one-offs-update-quantity?${query}`;
    expect((await call('PUT', path)).status).toBe(401);
    const { json } = await get('customer-portal-token', { customerId: demoShopper });
    const answer = await call('PUT', path, undefined, { authorization: `Bearer ${json.text('token')}` });
    expect([answer.json.at('quantity'), answer.json.at('id')]).toEqual([7, Number(demoOneOffs.next)]);
    expect((await get('customer-portal-token')).status).toBe(400);
    emulator.clock.advance(2 * 60 * 60_000);
    expect((await call('PUT', path, undefined, { authorization: `Bearer ${json.text('token')}` })).status).toBe(401);
  });

  test('look like the example bodies when switched', async () => {
    emulator.switches.setAll({ oneOffRows: 'example' });
    const [row] = await rows(UPCOMING);
    expect(row?.value).toMatchObject({
      contractId: Number(coffee),
      price: '6.50',
      currencyCode: 'USD',
      productTitle: 'Paper Filters, 100',
    });
    expect(row?.at('subscriptionContractId')).toBeUndefined();
  });
});

describe('queued orders', () => {
  test('are listed by contract or customer, soonest instant first, without a Shopify id', async () => {
    const orders = await topOrders();
    expect(idsOf(orders)).toEqual([next, later, last]);
    expect(orders.map((row) => row.at('billingAttemptId'))).toEqual([null, null, null]);
    const all = (await get(`${ATTEMPTS}/top-orders`, { customerId: demoShopper })).json.rows();
    expect(all).toHaveLength(6);
    expect((await get(`${ATTEMPTS}/top-orders`)).status).toBe(400);
  });

  test('of the same instant come by id, and dates compare as instants in any offset', async () => {
    const date = (await topOrders(tea))[0]?.text('billingDate') ?? '';
    await put(`${ATTEMPTS}/reschedule-order/${next}`, { billingDate: date });
    const east = new Date(Date.parse(date) + 5.5 * 3_600_000).toISOString().replace('.000Z', '+05:30');
    await put(`${ATTEMPTS}/reschedule-order/${later}`, { billingDate: east });
    expect(idsOf(await topOrders())).toEqual([later, next, last]);
    emulator.switches.setAll({ dates: 'mixed' });
    expect((await topOrders()).map((row) => row.text('billingDate').slice(19))).toEqual([
      'Z',
      '.000+05:30',
      '.000+00:00',
    ]);
  });

  test('that are skipped keep their one-offs, and come back only before their date', async () => {
    await put(`${ATTEMPTS}/skip-upcoming-order`, { subscriptionContractId: coffee });
    expect(idsOf(await topOrders())).toEqual([later, last]);
    expect(idsOf(await rows(UPCOMING))).toEqual([demoOneOffs.later]);
    expect((await put(`${ATTEMPTS}/unskip-order/${next}`)).text).toBe('');
    expect(idsOf(await topOrders())).toEqual([later, last]);
    await put(`${ATTEMPTS}/unskip-order/${next}`, { subscriptionContractId: coffee });
    expect(idsOf(await rows(UPCOMING))).toEqual([demoOneOffs.next]);
    await put(`${ATTEMPTS}/skip-order/${next}`, { subscriptionContractId: coffee });
    emulator.clock.advance(8 * DAY);
    expect((await put(`${ATTEMPTS}/unskip-order/${next}`, { subscriptionContractId: coffee })).status).toBe(400);
  });

  test('move to a future date under the same id, the ones behind them on request', async () => {
    const dateOf = async (id: string) =>
      (await topOrders()).find((row) => String(row.at('id')) === id)?.text('billingDate');
    const [before] = [await dateOf(last)];
    const target = new Date(emulator.clock.now().getTime() + 50 * DAY).toISOString();
    await put(`${ATTEMPTS}/reschedule-order/${next}`, { billingDate: target });
    expect(idsOf(await topOrders())).toEqual([later, next, last]);
    await put(`${ATTEMPTS}/reschedule-order/${later}`, { billingDate: target, rescheduleFutureOrder: true });
    expect(await dateOf(last)).not.toBe(before);
    expect((await put(`${ATTEMPTS}/reschedule-order/${last}`, { billingDate: '2020-01-01T00:00:00Z' })).status).toBe(
      400,
    );
    expect((await put(`${ATTEMPTS}/reschedule-order/${last}`, { billingDate: '2030-01-01' })).status).toBe(400);
    expect((await put(`${ATTEMPTS}/reschedule-order/${demoAttempts.placed}`, { billingDate: target })).status).toBe(
      400,
    );
  });

  test('take a note and a date from a body, and the dead skip path answers 405', async () => {
    const answer = await put(ATTEMPTS, {}, { id: Number(next), orderNote: 'Ring twice' });
    expect(answer.json.at('orderNote')).toBe('Ring twice');
    expect((await put(`${ATTEMPTS}-update-order-note/${demoAttempts.placed}`, { orderNote: 'x' })).status).toBe(400);
    expect((await put('subscription-contracts-skip')).status).toBe(405);
  });
});

describe('billing', () => {
  test('passes REQUESTING and PROGRESS, takes the money once and ends the one-time things', async () => {
    emulator.clock.set(new Date(emulator.clock.now().getTime() + 7 * DAY + 10_000), { frozen: true });
    expect((await pastStatus(next))?.at('status')).toBe('REQUESTING');
    emulator.clock.advance(30_000);
    expect((await pastStatus(next))?.at('status')).toBe('PROGRESS');
    emulator.clock.advance(30_000);
    const billed = await pastStatus(next);
    expect(billed?.at('status')).toBe('SUCCESS');
    expect(billed?.text('billingAttemptId')).toMatch(/^gid:\/\/shopify\/SubscriptionBillingAttempt\/\d+$/u);
    expect([billed?.at('orderId'), billed?.text('orderName')]).toEqual([
      expect.any(Number),
      expect.stringMatching(/^#/u),
    ]);
    expect(billed?.text('graphOrderId')).toBe(`gid://shopify/Order/${String(billed?.at('orderId'))}`);
    // 2 × 21.60 + 11.25 + 14.00 + 2 × 6.50 + 5.00
    expect(stateRows('charges')).toMatchObject([{ attemptId: next, amount: '86.45', currency: 'USD' }]);
    expect(idsOf(await rows(ALL))).toEqual([demoOneOffs.later]);
    expect((await rawLines()).map((line) => line.text('variantId'))).toHaveLength(2);
    const queued = await topOrders();
    expect(idsOf(queued).slice(0, 2)).toEqual([later, last]);
    expect(queued).toHaveLength(3);
  });

  test('fails as scripted or for missing stock, says why as JSON text, and charges nothing', async () => {
    await call('POST', '/__emulator/billings', { attempt: next, outcome: 'FAILURE' });
    await addSyrup({ contractId: tea, billingAttemptId: demoAttempts.tea, variantId: demoVariants.outOfStock });
    emulator.clock.advance(13 * DAY);
    const failed = await pastStatus(next);
    expect(failed?.at('status')).toBe('FAILURE');
    expect(JSON.parse(failed?.text('billingAttemptResponseMessage') ?? '')).toMatchObject({
      error_code: expect.any(String),
    });
    expect((await pastStatus(demoAttempts.tea, tea))?.at('status')).toBe('SKIPPED_INVENTORY_MGMT');
    const charged = stateRows('charges').map(({ attemptId }) => attemptId);
    expect(charged).not.toContain(next);
    expect(charged).not.toContain(demoAttempts.tea);
    expect((await call('POST', '/__emulator/billings', { attempt: '1', outcome: 'FAILURE' })).status).toBe(400);
  });

  test('starts now on request, where the shop permits it', async () => {
    emulator.switches.setAll({ immediatePlaceOrder: false });
    expect((await put(`${ATTEMPTS}/attempt-billing/${next}`)).status).toBe(403);
    emulator.switches.setAll({ immediatePlaceOrder: true });
    expect((await put(`${ATTEMPTS}/attempt-billing/${next}`)).status).toBe(204);
    expect((await put(`${ATTEMPTS}/attempt-billing/${next}`)).status).toBe(400);
    emulator.clock.advance(120_000);
    expect((await pastStatus(next))?.at('status')).toBe('SUCCESS');
  });

  test('shows in past orders by page, and in the report as wrappers or flat rows', async () => {
    const past = async (query: Query) =>
      idsOf((await get(`${ATTEMPTS}/past-orders`, { contractId: coffee, ...query })).json.rows());
    expect(await past({})).toEqual([demoAttempts.skipped, demoAttempts.placed]);
    expect(await past({ size: 1, page: 1 })).toEqual([demoAttempts.placed]);
    expect(await past({ sort: 'id,asc' })).toEqual([demoAttempts.placed, demoAttempts.skipped]);
    const report = (await get(`${ATTEMPTS}/past-orders/report`, { status: 'QUEUED' })).json.rows();
    expect(report[0]?.at('subscriptionBillingAttempt', 'status')).toBe('QUEUED');
    emulator.switches.setAll({ reportRows: 'flat' });
    expect((await get(`${ATTEMPTS}/past-orders/report`, { status: 'SUCCESS' })).json.at(0, 'status')).toBe('SUCCESS');
    expect((await get(`${ATTEMPTS}/past-orders/report`)).status).toBe(400);
  });
});

describe('a contract', () => {
  const setStatus = (contractId: string, status: string) =>
    put('subscription-contracts-update-status', { contractId, status });

  test('that is paused has no queue; resumed it has new attempts under new ids', async () => {
    expect((await setStatus(coffee, 'active')).status).toBe(400);
    await setStatus(coffee, 'Paused');
    expect([await topOrders(), await rows(UPCOMING), await rows(ALL)]).toEqual([[], [], []]);
    await setStatus(coffee, 'ACTIVE');
    const ids = idsOf(await topOrders());
    expect(ids).toHaveLength(3);
    expect(ids.some((id) => [next, later, last].some((before) => before === id))).toBe(false);
    expect(await rows(ALL)).toEqual([]);
  });

  test('keeps or moves its one-offs through a pause, and marks its attempts, as switched', async () => {
    emulator.switches.setAll({ oneOffsOfLostAttempts: 'move', attemptsOnPause: 'mark' });
    await setStatus(coffee, 'PAUSED');
    expect((await pastStatus(next))?.at('status')).toBe('CONTRACT_PAUSED');
    await setStatus(coffee, 'ACTIVE');
    expect(idsOf(await rows(UPCOMING))).toEqual([demoOneOffs.next, demoOneOffs.later]);
  });

  test('that is cancelled comes back only where that is switched on', async () => {
    expect((await call('DELETE', address(`subscription-contracts/${coffee}`))).status).toBe(204);
    expect(await topOrders()).toEqual([]);
    expect((await setStatus(cancelled, 'PAUSED')).status).toBe(400);
    expect((await setStatus(cancelled, 'ACTIVE')).status).toBe(200);
    emulator.switches.setAll({ reactivateCancelled: false });
    expect((await setStatus(coffee, 'ACTIVE')).status).toBe(400);
  });

  test('takes a new date and interval by renewing its queue', async () => {
    const before = idsOf(await topOrders());
    const nextBillingDate = new Date(emulator.clock.now().getTime() + 3 * DAY).toISOString();
    await put('subscription-contracts-update-billing-date', { contractId: coffee, nextBillingDate });
    const orders = await topOrders();
    expect(Date.parse(orders[0]?.text('billingDate') ?? '')).toBe(
      Math.floor(Date.parse(nextBillingDate) / 1000) * 1000,
    );
    expect(idsOf(orders)).not.toEqual(before);
    const interval = (query: Query) =>
      put('subscription-contracts-update-billing-interval', { contractId: coffee, ...query });
    expect((await interval({ interval: 'month', intervalCount: 2 })).status).toBe(400);
    expect((await interval({ interval: 'MONTH', intervalCount: 1 })).status).toBe(400);
    expect((await interval({ interval: 'WEEK', intervalCount: 2 })).json.at('billingPolicy', 'interval')).toBe('WEEK');
  });

  test('is read raw, wrapped, with its customer, or flat with its lines as JSON in text', async () => {
    const raw = (await get(`${RAW}/${coffee}`)).json;
    expect(raw.value).toMatchObject({
      id: `gid://shopify/SubscriptionContract/${coffee}`,
      status: 'ACTIVE',
      deliveryPrice: { amount: '5.0', currencyCode: 'USD' },
      billingPolicy: { interval: 'MONTH', intervalCount: 1 },
    });
    expect(raw.rows('lines', 'nodes')[0]?.text('id')).toMatch(/^gid:\/\/shopify\/SubscriptionLine\/[0-9a-f-]{36}$/u);
    expect((await get('contract-raw-response', { contractId: coffee })).json.at('subscriptionContract', 'status')).toBe(
      'ACTIVE',
    );
    const [row] = (await get('subscription-contract-details', { subscriptionContractId: coffee })).json.rows();
    expect([row?.at('status'), row?.at('id') === row?.at('subscriptionContractId')]).toEqual(['active', false]);
    expect(JSON.parse(row?.text('contractDetailsJSON') ?? '')).toHaveLength(3);
    emulator.switches.setAll({ connections: 'edges' });
    expect((await get(`${RAW}/${coffee}`)).json.rows('lines', 'edges')).toHaveLength(3);
  });

  test('lists ignore unknown filters, refuse huge pages and sort by snake_case columns', async () => {
    const list = async (query: Query) => (await get('subscription-contract-details', query)).json.rows();
    expect((await list({ contract: coffee })).length).toBeGreaterThan(5);
    expect(await list({ contractId: coffee })).toHaveLength(1);
    emulator.switches.setAll({ contractIdFilter: false });
    expect((await list({ contractId: coffee })).length).toBeGreaterThan(5);
    expect((await get('subscription-contract-details', { size: 2001 })).status).toBe(400);
    const sorted = await list({ sort: 'id,desc', size: 2 });
    expect(Number(sorted[0]?.at('id'))).toBeGreaterThan(Number(sorted[1]?.at('id')));
    expect(await list({ customerId: demoShopper, status: 'paused' })).toHaveLength(6);
    emulator.switches.setAll({ pages: 'envelope' });
    expect((await get('subscription-contract-details', { size: 2 })).json.at('last')).toBe(false);
  });

  test('is found by its customer, whatever its state, in pages', async () => {
    const ids = (await get(`subscription-customers/valid/${demoShopper}`)).json.value;
    expect(ids).toHaveLength(6);
    expect((await get(`subscription-customers-detail/valid/${demoShopper}`)).json.at(0, 'status')).toBe('ACTIVE');
    expect((await get('subscription-customers-detail/valid/1')).text).toBe('[]');
    emulator.switches.setAll({ customerPageSize: 4 });
    const page = (await get(`subscription-customers/${demoShopper}`)).json;
    expect(page.at('email')).toBeNull();
    expect(page.rows('subscriptionContracts', 'nodes')).toHaveLength(4);
    const cursor = page.text('subscriptionContracts', 'pageInfo', 'endCursor');
    const rest = (await get(`subscription-customers/${demoShopper}`, { cursor })).json;
    expect(rest.rows('subscriptionContracts', 'nodes')).toHaveLength(2);
    expect(rest.at('subscriptionContracts', 'pageInfo', 'hasNextPage')).toBe(false);
  });
});

describe('lines', () => {
  const addLine = (more: Query = {}) =>
    put('subscription-contracts-add-line-item', {
      contractId: coffee,
      variantId: demoVariants.beans,
      quantity: 1,
      ...more,
    });

  test('are added even beside one of the same variant, unless the shop raises the quantity', async () => {
    await addLine();
    expect(await rawLines()).toHaveLength(4);
    emulator.switches.setAll({ updateExistingQuantity: true });
    await addLine({ quantity: 3 });
    const beans = (await rawLines()).filter((line) => line.text('variantId').endsWith(demoVariants.beans));
    expect(beans.map((line) => line.at('quantity'))).toEqual([5, 1]);
    await addLine({ isOneTimeProduct: true });
    expect((await rawLines()).at(-1)?.at('customAttributes')).toEqual([{ key: '_one_time_product', value: 'true' }]);
    expect(stateRows('emails')).toHaveLength(3);
  });

  test('take the plan discount, or an exact price without a plan', async () => {
    await addLine({ variantId: demoVariants.syrup });
    await put('subscription-contract-add-line-item', { ...added, quantity: 1, price: '0.00', isOneTimeProduct: true });
    const [planned, priced] = (await rawLines()).slice(-2);
    expect([planned?.at('currentPrice', 'amount'), planned?.at('sellingPlanId')]).toEqual([
      '8.55',
      'gid://shopify/SellingPlan/688123456',
    ]);
    expect([priced?.at('currentPrice', 'amount'), priced?.at('sellingPlanId')]).toEqual(['0.0', null]);
  });

  test('can be removed until one recurring line is left', async () => {
    const remove = async (index: number) => {
      const lineId = (await rawLines())[index]?.text('id') ?? '';
      return put('subscription-contracts-remove-line-item', { contractId: coffee, lineId });
    };
    expect((await remove(0)).status).toBe(200);
    const refused = await remove(0);
    expect([refused.status, refused.json.text('message')]).toEqual([400, expect.stringMatching(/must remain/u)]);
    expect((await remove(1)).status).toBe(200);
    expect((await put('subscription-contracts-remove-line-item', { contractId: coffee, lineId: 'gone' })).status).toBe(
      400,
    );
  });

  test('change quantity, price, plan and attributes', async () => {
    const lineId = (await rawLines())[0]?.text('id') ?? '';
    const change = (path: string, query: Query, body?: unknown) =>
      put(`subscription-contracts-update-line-item${path}`, { contractId: coffee, lineId, ...query }, body);
    await change('-quantity', { quantity: 9 });
    await change('-price', { basePrice: '3.10' });
    await change('-attributes', {}, [{ key: 'gift', value: 'yes' }]);
    expect((await change('-selling-plan', { sellingPlanName: 'Never' })).status).toBe(400);
    expect((await change('-quantity', { quantity: 10_000 })).status).toBe(400);
    expect((await rawLines())[0]?.value).toMatchObject({
      quantity: 9,
      currentPrice: { amount: '3.1', currencyCode: 'USD' },
      customAttributes: [{ key: 'gift', value: 'yes' }],
    });
    await put('subscription-contracts-add-line-items', { contractId: coffee }, { [demoVariants.syrup]: 0 });
    expect((await rawLines()).at(-1)?.at('quantity')).toBe(1);
  });

  test('are replaced in one call, which may decline with 200 or do it later', async () => {
    const replace = () =>
      call('POST', address('subscription-contract-details/replace-variants-v3'), {
        shop: demoShop,
        contractId: Number(coffee),
        oldOneTimeVariants: [Number(demoVariants.mug)],
        newVariants: { [demoVariants.mug]: 1 },
      });
    emulator.switches.setAll({ replaceVariants: 'decline' });
    const declined = await replace();
    expect([declined.status, declined.json.at('errorKey')]).toEqual([200, 'maxiterations']);
    const before = await rawLines();
    emulator.switches.setAll({ replaceVariants: 'late' });
    expect((await replace()).json.at('lines')).toBeUndefined();
    expect(await rawLines()).toEqual(before);
    await new Promise((resolve) => setTimeout(resolve, 350));
    const mug = (await rawLines()).find((line) => line.text('variantId').endsWith(demoVariants.mug));
    expect(mug?.at('customAttributes')).toEqual([]);
    expect(await rawLines()).toHaveLength(3);
  });
});

describe('contention and limits', () => {
  test('of two writes on one contract the later one changes nothing', async () => {
    emulator.switches.setAll({ writeDurationMs: 60 });
    const add = (contractId: string) =>
      put('subscription-contracts-add-line-item', { contractId, variantId: demoVariants.syrup, quantity: 1 });
    const [first, second, other] = await Promise.all([add(coffee), add(coffee), add(tea)]);
    expect(new Set([first?.status, second?.status])).toEqual(new Set([200, 400]));
    expect(other?.status).toBe(200);
    const collision = first?.status === 400 ? first : second;
    expect(collision?.json.value).toEqual({
      entityName: 'subscriptionContractDetails',
      errorKey: '10001',
      status: 400,
      message: 'UserGeneratedError:An unexpected error occurred: The subscription contract has changed.',
    });
    expect(await rawLines()).toHaveLength(4);
  });

  test('too many requests, or too many writes at once, get their 429 without Retry-After', async () => {
    emulator.switches.setAll({ writeDurationMs: 60, concurrentWrites: 1 });
    const answers = await Promise.all([addSyrup(), addSyrup({ contractId: tea, billingAttemptId: demoAttempts.tea })]);
    const busy = answers.find(({ status }) => status === 429);
    expect(busy?.text).toBe(
      '{"error":"Too many concurrent mutation requests. Please wait for existing requests to complete."}',
    );
    emulator.switches.setAll({ requestsPerSecond: 2 });
    const many = await Promise.all(Array.from({ length: 6 }, () => get(UPCOMING, { contractId: coffee })));
    const limited = many.find(({ status }) => status === 429);
    expect(limited?.text).toBe('{"error":"Rate limit exceeded. Try again later."}');
    expect(limited?.headers.get('retry-after')).toBeNull();
  });

  test('a billing operation locks the contract while switched', async () => {
    emulator.switches.setAll({ billingLock: true });
    const answer = await addSyrup();
    expect([answer.status, answer.json.text('message')]).toEqual([
      400,
      expect.stringContaining('billing operation is already in progress'),
    ]);
    expect(await rows(ALL)).toHaveLength(2);
  });
});

describe('misbehaviour', () => {
  test('successes without a body still take effect', async () => {
    emulator.switches.setAll({ successBody: 'empty200' });
    expect([(await addSyrup()).status, (await addSyrup()).text]).toEqual([200, '']);
    emulator.switches.setAll({ successBody: 'empty204' });
    expect((await addSyrup({ billingAttemptId: later })).status).toBe(204);
    expect(await rows(ALL)).toHaveLength(4);
  });

  test('contract reads lag behind status and line writes', async () => {
    emulator.switches.setAll({ staleContractMs: 80, lateApplyMs: 80 });
    await put('subscription-contracts-add-line-item', { contractId: tea, variantId: demoVariants.syrup, quantity: 1 });
    expect(await rawLines(tea)).toHaveLength(1);
    await put('subscription-contracts-update-status', { contractId: coffee, status: 'PAUSED' });
    expect((await get(`${RAW}/${coffee}`)).json.at('status')).toBe('ACTIVE');
    expect(await topOrders()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await get(`${RAW}/${coffee}`)).json.at('status')).toBe('PAUSED');
    expect(await rawLines(tea)).toHaveLength(2);
  });

  test('writes land although the answer is lost, and gateways answer HTML', async () => {
    emulator.faults.add({ match: { method: 'PUT' }, action: { kind: 'applyThenReset' } });
    await expect(addSyrup()).rejects.toThrow('fetch failed');
    expect(await rows(ALL)).toHaveLength(3);
    emulator.faults.add({ action: { kind: 'html', status: 502 } });
    const page = await get(ALL, { contractId: coffee });
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  test('lists hold rows with a null id, come in disorder, or leak rows of others', async () => {
    emulator.switches.setAll({ nullIdAttempts: true, shuffledTopOrders: true });
    expect(idsOf(await topOrders())).toEqual(['null', later, next, last]);
    emulator.switches.setAll({ leakForeignRows: true });
    const orders = (await get(`${ATTEMPTS}/top-orders`, { customerId: demoShopper })).json.rows();
    expect(orders.map((row) => String(row.at('contractId')))).toContain(strangersContract);
  });

  test('line writes decline with 200', async () => {
    emulator.switches.setAll({ lineWriteDeclines: true });
    const answer = await put('subscription-contracts-add-line-item', {
      contractId: tea,
      variantId: demoVariants.syrup,
      quantity: 1,
    });
    expect([answer.status, answer.json.at('success')]).toEqual([200, false]);
    expect(await rawLines(tea)).toHaveLength(1);
  });
});

describe('plans and customers', () => {
  test('are listed for the shop', async () => {
    expect((await get('subscription-groups/all-selling-plans')).json.at(0, 'id')).toBe(
      'gid://shopify/SellingPlan/688123456',
    );
    expect((await get('subscription-groups')).json.at(0, 'productIds')).toBe('[]');
    expect((await get('subscription-contract-details/billing-interval', { sellingPlanIds: '1,2' })).text).toBe('[]');
    const found = await get('subscription-contract-details/customers', { email: 'dana.field@example.com' });
    expect(found.json.rows()).toHaveLength(1);
  });
});

describe('webhooks', () => {
  const secret = `whsec_${Buffer.from('a-made-up-webhook-secret').toString('base64')}`;
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let receiver: Server;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(received.length === 1 ? 503 : 204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => void receiver.close());

  test('are signed as Svix does it, and sent again under the same id', async () => {
    emulator.clock.set(NOW, { frozen: true });
    const { port } = receiver.address() as { port: number };
    await call('POST', '/__emulator/webhooks', { url: `http://127.0.0.1:${port}/hooks`, secret, duplicate: true });
    await put('subscription-contracts-update-status', { contractId: coffee, status: 'PAUSED' });
    for (let wait = 0; wait < 50 && received.length < 3; wait += 1) await new Promise((done) => setTimeout(done, 20));
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
    expect(headers['webhook-signature']).toBe(webhookSignature(secret, id, timestamp, body));
    expect(JSON.parse(body)).toMatchObject({
      type: 'subscription.paused',
      data: { id: `gid://shopify/SubscriptionContract/${coffee}`, status: 'PAUSED' },
    });
    expect((await call('POST', '/__emulator/webhooks', { url: 'https://example.com/', secret })).status).toBe(400);
    expect(emulator.events.list().map(({ type }) => type)).toEqual(['subscription.paused']);
    await call('DELETE', '/__emulator/webhooks');
  });
});

describe('the scenarios', () => {
  test('start at any real time, and the large one has as many contracts as asked for', async () => {
    startOver('large', { largeContracts: 7 });
    expect((await get(`subscription-customers/valid/${demoShopper}`)).json.value).toHaveLength(7);
    expect((await get(`${ATTEMPTS}/top-orders`, { customerId: demoShopper })).json.rows()).toHaveLength(21);
    const { account, shopper } = appstle.sandbox(emulator.url);
    expect(account).toMatchObject({ provider: 'appstle', shop: demoShop, currency: 'USD', baseUrl: emulator.url });
    expect(shopper.customerId).toBe(demoShopper);
  });
});
