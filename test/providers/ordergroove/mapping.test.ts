import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { harness, linesOf, open, openAs, OTHER_CUSTOMER, readOrder, UNASKED } from './harness.js';

describe('mapping', () => {
  const patchOrder = (set: Record<string, unknown>, remove: readonly string[] = []) =>
    harness.emulator.faults.add({
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
    harness.emulator.clock.set(new Date('2026-12-13T09:00:00Z'), { frozen: true });
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
    const source = openAs(harness.connect(), OTHER_CUSTOMER);
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
    harness.emulator.reset('sandbox', {
      emptyStringForNull: true,
      jsonStringFields: true,
      omitUpdated: true,
      omitOrderUpdated: true,
    });
    const lines = await linesOf(demoOrders.next);
    expect(lines.map(({ origin }) => origin).toSorted()).toEqual(['RECURRING', 'RECURRING', 'UPSELL', 'UPSELL']);
    const source = open();
    expect((await source.subscriptions.listFor(harness.shopper)).problem).toBeNull();
  });

  test('an item that names no product has that of its subscription', async () => {
    harness.emulator.faults.add({
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
    harness.emulator.faults.add({
      match: { path: '^/orders/' },
      times: 'always',
      action: { kind: 'html', status: 200 },
    });
    expect((await open().orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'CONTRACT_DRIFT' } });
  });

  test('a line says whether it can be removed or converted, and why not', async () => {
    const lines = await linesOf(demoOrders.next);
    const oneTime = lines.find(({ providerId }) => providerId === demoOrders.oneTimeItem);
    const recurring = lines.find(({ origin }) => origin === 'RECURRING');
    expect(oneTime).toMatchObject({ removal: { verdict: 'ELIGIBLE' }, conversion: { verdict: 'CONDITIONAL' } });
    expect(recurring).toMatchObject({
      removal: { verdict: 'INELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] },
      conversion: { verdict: 'INELIGIBLE', reasons: [{ code: 'ALREADY_SUBSCRIBED' }] },
    });
    const locked = await linesOf(demoOrders.locked);
    expect(locked.every(({ removal }) => removal.reasons.some(({ code }) => code === 'ORDER_LOCKED'))).toBe(true);
  });
});
