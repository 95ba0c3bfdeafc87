import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { openDatabase } from '../../../src/storage/database.js';
import { createSqlAccountStore } from '../../../src/storage/sql-account-store.js';
import { observedStart } from '../../../src/providers/centra/observed-start.js';
import { caller } from '../../emulators/calls.js';
import { finishCheckout } from '../../support/finish-checkout.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  addTo,
  choose,
  codes,
  emails,
  finish,
  harness,
  judge,
  linesOf,
  NO_MARGIN,
  orderOf,
  PAYMENT,
  placed,
  SHOPPER,
  writes,
} from './harness.js';

describe("the guide's flow", () => {
  test('goes from a finished checkout to a grown authorisation, closed and confirmed after the limit', async () => {
    const order = await finishCheckout(() => harness.open(), demoCheckouts.first, PAYMENT);
    expect(order).toMatchObject({
      kind: 'POST_PURCHASE',
      status: 'OPEN_FOR_UPSELL',
      customerId: SHOPPER,
      providerId: '61',
    });
    expect(order.window).toMatchObject({ state: 'OPEN', secondsLeft: 170, closesAt: { basis: 'DERIVED_FROM_LENGTH' } });
    expect(order.totals?.total?.toString()).toBe('305.00 SEK');
    expect(order.scheduled.at).toEqual(new Date('2023-01-12T09:00:00Z'));

    const eligibility = await judge('61');
    expect(eligibility).toMatchObject({ verdict: 'CONDITIONAL', basis: 'RULES', possibleModes: ['ONE_TIME'] });
    expect(codes(eligibility)).toEqual(['RISK_CHECK_NEEDED']);

    harness.calls();
    const result = await harness.write(addTo('61'));
    expect(result.errors).toEqual([]);
    expect(result.operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    const calls = harness.calls();
    expect(writes(calls)).toEqual(['POST /api/shop/orders/61/items/1001-1']);
    expect(calls).toHaveLength(4);
    const sent = harness.emulator.requests.list();
    expect(sent.every(({ body }) => body === null)).toBe(true);

    const transactions = placed('61').rows('transactions');
    expect(transactions.map((each) => [each.at('entry'), each.at('amount')])).toEqual([
      ['Auth-old', 30_500],
      ['Auth', 50_500],
    ]);
    const added = (await linesOf('61')).find(({ origin }) => origin === 'UPSELL');
    expect(added).toMatchObject({ product: { providerId: '1001' }, quantity: 1, purchaseMode: 'ONE_TIME' });
    expect(result.operation?.lineItemRef).toEqual(added?.ref);

    expect((await harness.write(addTo('61', { item: choose('1002') }))).operation?.status).toBe('SUCCEEDED');
    expect((await orderOf('61')).totals?.total?.amount).toBe('605.00');
    expect(emails('61')).toHaveLength(0);

    harness.emulator.clock.advance(180_000);
    expect(await orderOf('61')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', secondsLeft: 0 } });
    expect(codes(await judge('61'))).toEqual(['WINDOW_CLOSED']);
    harness.calls();
    expect((await harness.write(addTo('61'))).errors[0]).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(writes(harness.calls())).toEqual([]);
    harness.emulator.clock.advance(600_000);
    expect(emails('61')).toHaveLength(1);
  });

  test('puts the order back when the payment provider refuses', async () => {
    await finish(demoCheckouts.first);
    const before = await linesOf('61');
    harness.emulator.switches.set('paymentProvider', 'refuse');
    harness.calls();
    const { operation, errors } = await harness.write(addTo('61'));
    expect(operation?.status).toBe('REJECTED');
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'PAYMENT',
        reason: 'INCREASE_REFUSED',
        effect: 'UNCHANGED',
        retry: 'NEVER',
        remedy: 'PLACE_NEW_ORDER',
      }),
    ]);
    expect(writes(harness.calls())).toHaveLength(1);
    expect((await linesOf('61')).map(({ ref }) => ref)).toEqual(before.map(({ ref }) => ref));
    expect(placed('61').at('history', 1)).toMatchObject({ code: '403 NOT_ALLOWED' });
    const reference = String(placed('61').at('paymentReference'));
    const authorization = `Basic ${Buffer.from('PK00001_demo:demo-klarna-password-0001').toString('base64')}`;
    const klarna = caller(harness.emulator.url, { authorization });
    expect(emails('61')).toHaveLength(0);
    harness.emulator.clock.advance(180_000);
    expect(emails('61')).toHaveLength(1);
    const captured = await klarna('POST', `/psp/ordermanagement/v1/orders/${reference}/captures`, {
      captured_amount: 30_500,
    });
    expect(captured.status).toBe(201);
  });

  test('costs one call for products however many are asked about, and no call once it is over', async () => {
    await finish(demoCheckouts.first);
    const source = harness.open();
    const order = await orderOf('61', source);
    harness.calls();
    const ask = (ids: readonly string[]) =>
      ids.map((id) => ({ order, item: choose(id), quantity: 1, subscribe: false }));
    const answers = await source.eligibility?.check(ask(['1001', '1002', '1007', '7', '1001']));
    expect(answers?.map((each) => valueOf(each).verdict)).toEqual([
      'CONDITIONAL',
      'CONDITIONAL',
      'CONDITIONAL',
      'INELIGIBLE',
      'CONDITIONAL',
    ]);
    expect(harness.calls()).toEqual(['POST /api/shop/orders/61/items']);
    harness.emulator.clock.advance(180_000);
    const later = harness.open();
    const closed = await orderOf('61', later);
    harness.calls();
    await later.eligibility?.check([{ order: closed, item: choose('1001'), quantity: 1, subscribe: false }]);
    expect(harness.calls()).toEqual([]);
  });
});

describe('the countdown', () => {
  const SKEWS: readonly (readonly [string, number])[] = [
    ['90 seconds ahead', 90_000],
    ['in step', 0],
    ['90 seconds behind', -90_000],
  ];

  test.each(SKEWS)('is right to the second with our clock %s', async (_how, aheadMs) => {
    const options = { ...NO_MARGIN, aheadMs };
    await finish(demoCheckouts.first, options);
    harness.emulator.clock.advance(179_000);
    expect((await orderOf('61', harness.open(options))).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    expect((await harness.write(addTo('61'), options)).operation?.status).toBe('SUCCEEDED');
    harness.emulator.clock.advance(2_000);
    expect((await orderOf('61', harness.open(options))).window.state).toBe('CLOSED');
    harness.calls();
    const { errors } = await harness.write(addTo('61', { item: choose('1002') }), options);
    expect(errors[0]).toMatchObject({ code: 'NOT_ELIGIBLE', reasons: [{ code: 'WINDOW_CLOSED' }] });
    expect(writes(harness.calls())).toEqual([]);
  });

  test('ends a margin before the limit', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.clock.advance(169_000);
    expect((await orderOf('61')).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    harness.emulator.clock.advance(1_000);
    expect((await orderOf('61')).window.state).toBe('CLOSED');
  });

  test('goes on after a restart, and in another replica, from what is in storage', async () => {
    const location = { url: null, file: join(mkdtempSync(join(tmpdir(), 'centra-')), 'ledger.db') };
    const clock = () => harness.emulator.clock.now();
    const before = await openDatabase(location);
    await finish(demoCheckouts.first, { store: createSqlAccountStore(before, 'centra-se', clock) });
    await before.destroy();
    harness.emulator.clock.advance(60_000);
    const after = await openDatabase(location);
    const store = createSqlAccountStore(after, 'centra-se', clock);
    expect((await orderOf('61', harness.open({ store }))).window).toMatchObject({ state: 'OPEN', secondsLeft: 110 });
    expect((await harness.write(addTo('61'), { store })).operation?.status).toBe('SUCCEEDED');
    expect((await linesOf('61', harness.open({ store }))).map(({ origin }) => origin)).toEqual(['ORIGINAL', 'UPSELL']);
    await after.destroy();
  });

  test('never starts again: a second completion answers with the receipt and the time that is left', async () => {
    await finish(demoCheckouts.first);
    harness.emulator.clock.advance(100_000);
    harness.calls();
    const again = await finishCheckout(() => harness.open(), demoCheckouts.first, PAYMENT);
    expect(again).toMatchObject({ providerId: '61', window: { secondsLeft: 70 } });
    expect(new Set(harness.calls())).toEqual(new Set([`GET /api/shop/selections/${demoCheckouts.first}/receipt`]));
  });

  test('is unknown, never open, for an order that was finished elsewhere', async () => {
    harness.emulator.switches.set('crossSellOnReceipt', true);
    const shop = caller(harness.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    await shop('POST', `/api/shop/selections/${demoCheckouts.first}/payment-result`, { paymentMethodFields: PAYMENT });
    const order = await finishCheckout(() => harness.open(), demoCheckouts.first, PAYMENT);
    expect(order).toMatchObject({ status: 'PLACED', window: { state: 'UNKNOWN', secondsLeft: null } });
    const eligibility = await judge('61');
    expect(eligibility.verdict).toBe('UNKNOWN');
    expect(eligibility.reasons[0]).toMatchObject({ code: 'UNKNOWN', evidence: 'no recorded start' });
    harness.calls();
    expect((await harness.write(addTo('61'))).errors[0]?.code).toBe('NOT_ELIGIBLE');
    expect(writes(harness.calls())).toEqual([]);
    expect((await linesOf('61'))[0]?.origin).toBe('UNKNOWN');
  });

  test('starts with the earlier of the request and the order, by this clock', () => {
    const at = (text: string) => new Date(`2026-01-01T${text}Z`);
    const asked = { sentAt: at('10:00:05'), arrivedAt: at('10:00:06') };
    const start = (answeredAt: Date | null, orderedAt: Date | null) =>
      observedStart({ ...asked, answeredAt, orderedAt });
    expect(start(null, null)).toEqual(at('10:00:05'));
    expect(start(at('12:00:06'), at('11:59:46'))).toEqual(at('09:59:46'));
    expect(start(null, at('09:59:00'))).toEqual(at('09:59:00'));
    expect(start(null, at('10:03:00'))).toEqual(at('10:00:05'));
    expect(start(at('10:00:06'), at('09:00:06'))).toEqual(at('10:00:05'));
  });

  test('does not trust a date read in the wrong zone', async () => {
    await finish(demoCheckouts.first, { timeZone: 'America/New_York' });
    expect((await orderOf('61')).window.secondsLeft).toBe(170);
  });
});
