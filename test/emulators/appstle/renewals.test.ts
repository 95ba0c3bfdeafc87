import { describe, expect, test } from '@jest/globals';
import {
  demoAttempts,
  demoOneOffs,
  demoShopper,
  demoVariants,
} from '../../../src/emulators/appstle/scenarios/demo-records.js';
import {
  ALL,
  ATTEMPTS,
  DAY,
  type Query,
  UPCOMING,
  addSyrup,
  call,
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
  tea,
  topOrders,
} from './harness.js';

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

  test('stays on the day of the month a contract began on, after a shorter month too', async () => {
    emulator.reset('sandbox', {}, { at: new Date('2027-01-20T12:00:00Z'), frozen: true });
    const dates = async () => (await topOrders()).map((row) => row.text('billingDate').slice(0, 10));
    const nextBillingDate = '2027-01-31T10:00:00Z';
    await put('subscription-contracts-update-billing-date', { contractId: coffee, nextBillingDate });
    expect(await dates()).toEqual(['2027-01-31', '2027-02-28', '2027-03-31']);
    emulator.clock.set(new Date('2027-03-01T12:00:00Z'), { frozen: true });
    expect(await dates()).toEqual(['2027-03-31', '2027-04-30', '2027-05-31']);
    const charged = stateRows('charges').filter(({ contractId }) => contractId === coffee);
    expect(charged).toHaveLength(2);
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

  test('shows in past orders by page', async () => {
    const past = async (query: Query) =>
      idsOf((await get(`${ATTEMPTS}/past-orders`, { contractId: coffee, ...query })).json.rows());
    expect(await past({})).toEqual([demoAttempts.skipped, demoAttempts.placed]);
    expect(await past({ size: 1, page: 1 })).toEqual([demoAttempts.placed]);
    expect(await past({ sort: 'id,asc' })).toEqual([demoAttempts.placed, demoAttempts.skipped]);
  });
});
