import { describe, expect, test } from '@jest/globals';
import { demoApiKey, otherApiKey } from '../../../src/emulators/appstle/scenarios/demo-credentials.js';
import {
  demoOneOffs,
  demoShop,
  demoShopper,
  demoVariants,
  otherShopsContract,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import { caller } from '../calls.js';
import {
  ALL,
  DAY,
  type Query,
  RAW,
  UPCOMING,
  address,
  call,
  cancelled,
  coffee,
  emulator,
  get,
  idsOf,
  last,
  later,
  next,
  pastStatus,
  put,
  rawLines,
  rows,
  stateRows,
  topOrders,
} from './harness.js';

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

  test('is read raw, or flat with its lines as JSON in text', async () => {
    const raw = (await get(`${RAW}/${coffee}`)).json;
    expect(raw.value).toMatchObject({
      id: `gid://shopify/SubscriptionContract/${coffee}`,
      status: 'ACTIVE',
      deliveryPrice: { amount: '5.0', currencyCode: 'USD' },
      billingPolicy: { interval: 'MONTH', intervalCount: 1 },
    });
    expect(raw.rows('lines', 'nodes')[0]?.text('id')).toMatch(/^gid:\/\/shopify\/SubscriptionLine\/[0-9a-f-]{36}$/u);
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
    expect(await list({ customerId: demoShopper, status: 'paused' })).toHaveLength(8);
    emulator.switches.setAll({ pages: 'envelope' });
    expect((await get('subscription-contract-details', { size: 2 })).json.at('last')).toBe(false);
  });

  test('is found by its customer, whatever its state, in pages', async () => {
    const all = (await get(`subscription-customers/${demoShopper}`)).json;
    expect(all.rows('subscriptionContracts', 'nodes')).toHaveLength(8);
    const nobody = (await get('subscription-customers/1')).json;
    expect(nobody.rows('subscriptionContracts', 'nodes')).toEqual([]);
    emulator.switches.setAll({ customerPageSize: 4 });
    const page = (await get(`subscription-customers/${demoShopper}`)).json;
    expect(page.at('email')).toBeNull();
    expect(page.rows('subscriptionContracts', 'nodes')).toHaveLength(4);
    const cursor = page.text('subscriptionContracts', 'pageInfo', 'endCursor');
    const rest = (await get(`subscription-customers/${demoShopper}`, { cursor })).json;
    expect(rest.rows('subscriptionContracts', 'nodes')).toHaveLength(4);
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

  test('take the plan discount', async () => {
    await addLine({ variantId: demoVariants.syrup });
    const planned = (await rawLines()).at(-1);
    expect([planned?.at('currentPrice', 'amount'), planned?.at('sellingPlanId')]).toEqual([
      '8.55',
      'gid://shopify/SellingPlan/688123456',
    ]);
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

  test('change quantity and price', async () => {
    const lineId = (await rawLines())[0]?.text('id') ?? '';
    const change = (path: string, query: Query) =>
      put(`subscription-contracts-update-line-item${path}`, { contractId: coffee, lineId, ...query });
    await change('-quantity', { quantity: 9 });
    await change('-price', { basePrice: '3.10' });
    expect((await change('-quantity', { quantity: 10_000 })).status).toBe(400);
    expect((await rawLines())[0]?.value).toMatchObject({
      quantity: 9,
      currentPrice: { amount: '3.1', currencyCode: 'USD' },
    });
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
