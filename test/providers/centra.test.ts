import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { EligibilityQuestion, ItemChoice, UpsellEligibility } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import type { Order } from '../../src/domain/order.js';
import type { DataSource } from '../../src/domain/provider.js';
import { TransportFailure } from '../../src/domain/transport.js';
import type { AddItem, ConvertItem } from '../../src/domain/write.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { centra as twin } from '../../src/emulators/centra/index.js';
import { openDatabase } from '../../src/storage/database.js';
import { createSqlAccountStore } from '../../src/storage/sql-account-store.js';
import { toMoney } from '../../src/providers/centra/money.js';
import { observedStart } from '../../src/providers/centra/observed-start.js';
import { CentraSettings } from '../../src/providers/centra/settings.js';
import { decodeOrder, findOrder, findTerms } from '../../src/providers/centra/wire.js';
import { firstDelivery } from '../../src/providers/centra/writers/first-delivery.js';
import { caller, Json } from '../emulators/calls.js';
import {
  type ConnectOptions,
  NEWCOMER,
  OTHER_SHOPPER,
  PAYMENT,
  type Rig,
  SHOPPER,
  startRig,
  valueOf,
} from './centra-rig.js';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig('documented');
});
afterEach(() => rig.restart('documented'));
afterAll(() => rig.close());

const NO_MARGIN: ConnectOptions = { settings: { safetyMarginSeconds: 0 } };

function choose(id: string, variantId: string | null = null): ItemChoice {
  return { offerKey: null, product: { id, handle: null, variantId } };
}

function addTo(orderKey: string, more: Partial<AddItem> = {}): AddItem {
  return {
    kind: 'ADD_UPSELL_ITEM',
    orderKey,
    item: choose('1001'),
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
    ...more,
  };
}

const orderOf = async (key: string, source: DataSource = rig.open()): Promise<Order> =>
  valueOf((await source.orders.getMany([key]))[0]);

async function linesOf(key: string, source: DataSource = rig.open()): Promise<readonly LineItem[]> {
  return valueOf((await source.lineItems?.forOrders([await orderOf(key, source)]))?.[0]);
}

async function judge(
  key: string,
  more: Partial<EligibilityQuestion> = {},
  source: DataSource = rig.open(),
): Promise<UpsellEligibility> {
  const question = { order: await orderOf(key, source), item: choose('1001'), quantity: 1, subscribe: false, ...more };
  return valueOf((await source.eligibility?.check([question]))?.[0]);
}

const codes = ({ reasons }: UpsellEligibility) => reasons.map(({ code }) => code);
const placed = (number: string) =>
  new Json(rig.emulator.state()).rows('orders').find((order) => order.at('order') === number) ?? new Json(null);
const emails = (number: string) =>
  new Json(rig.emulator.state()).rows('emails').filter((email) => email.at('order') === number);
const writes = (calls: readonly string[]) => calls.filter((call) => /^POST .*\/orders\/\d+\/items\/.+/.test(call));

async function ready(options: Record<string, unknown>): Promise<{ selection: string; token: string }> {
  const { json } = await caller(rig.emulator.url)('POST', '/__emulator/checkouts', options);
  return { selection: json.text('selection'), token: json.text('token') };
}

async function openCheckout(options: Record<string, unknown> = {}) {
  const { selection, token } = await ready({ customer: SHOPPER, ...options });
  const tokens: string[] = [];
  const scope = () => ({
    settings: { api: 'checkout' as const, safetyMarginSeconds: 0 },
    sessionToken: tokens.at(-1) ?? token,
    onSessionToken: (renewed: string) => {
      tokens.push(renewed);
    },
  });
  return { selection, token, tokens, scope };
}

describe('settings', () => {
  const problemsOf = (settings: object) =>
    validateSync(plainToInstance(CentraSettings, settings)).flatMap(({ property, constraints }) =>
      Object.values(constraints ?? {}).map((message) => `${property}: ${message}`),
    );

  test('of the sandbox entry are accepted, and Checkout API needs no secret', () => {
    const { secret } = twin.sandbox('http://127.0.0.1:4003').account;
    expect(problemsOf({ secret })).toEqual([]);
    expect(problemsOf({ api: 'checkout', origin: 'http://localhost:3000' })).toEqual([]);
  });

  test('say clearly what is missing', () => {
    expect(problemsOf({})).toEqual(['api: shop needs the `secret` of the plugin beside it']);
    expect(problemsOf({ secret: 's', safetyMarginSeconds: -1 })).toHaveLength(1);
  });
});

describe("the guide's flow", () => {
  test('goes from a finished checkout to a grown authorisation, closed and confirmed after the limit', async () => {
    const source = rig.open();
    const order = valueOf(await source.checkout?.complete(demoCheckouts.first, PAYMENT));
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

    rig.calls();
    const result = await rig.write(addTo('61'));
    expect(result.errors).toEqual([]);
    expect(result.operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    const calls = rig.calls();
    expect(writes(calls)).toEqual(['POST /api/shop/orders/61/items/1001-1']);
    expect(calls).toHaveLength(4);
    const sent = rig.emulator.requests.list();
    expect(sent.every(({ body }) => body === null)).toBe(true);

    const transactions = placed('61').rows('transactions');
    expect(transactions.map((each) => [each.at('entry'), each.at('amount')])).toEqual([
      ['Auth-old', 30_500],
      ['Auth', 50_500],
    ]);
    const added = (await linesOf('61')).find(({ origin }) => origin === 'UPSELL');
    expect(added).toMatchObject({ product: { providerId: '1001' }, quantity: 1, purchaseMode: 'ONE_TIME' });
    expect(result.operation?.lineItemRef).toEqual(added?.ref);

    expect((await rig.write(addTo('61', { item: choose('1002') }))).operation?.status).toBe('SUCCEEDED');
    expect((await orderOf('61')).totals?.total?.amount).toBe('605.00');
    expect(emails('61')).toHaveLength(0);

    rig.emulator.clock.advance(180_000);
    expect(await orderOf('61')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', secondsLeft: 0 } });
    expect(codes(await judge('61'))).toEqual(['WINDOW_CLOSED']);
    rig.calls();
    expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(writes(rig.calls())).toEqual([]);
    rig.emulator.clock.advance(600_000);
    expect(emails('61')).toHaveLength(1);
  });

  test('puts the order back when the payment provider refuses', async () => {
    await rig.finish(demoCheckouts.first);
    const before = await linesOf('61');
    rig.emulator.switches.set('paymentProvider', 'refuse');
    rig.calls();
    const { operation, errors } = await rig.write(addTo('61'));
    expect(operation?.status).toBe('REJECTED');
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'PAYMENT',
        reason: 'INCREASE_REFUSED',
        orderRestored: true,
        retry: 'NEVER',
        remedy: 'PLACE_NEW_ORDER',
      }),
    ]);
    expect(writes(rig.calls())).toHaveLength(1);
    expect((await linesOf('61')).map(({ ref }) => ref)).toEqual(before.map(({ ref }) => ref));
    expect(placed('61').at('history', 1)).toMatchObject({ code: '403 NOT_ALLOWED' });
    const reference = String(placed('61').at('paymentReference'));
    const authorization = `Basic ${Buffer.from('PK00001_demo:demo-klarna-password-0001').toString('base64')}`;
    const klarna = caller(rig.emulator.url, { authorization });
    expect(emails('61')).toHaveLength(0);
    rig.emulator.clock.advance(180_000);
    expect(emails('61')).toHaveLength(1);
    const captured = await klarna('POST', `/psp/ordermanagement/v1/orders/${reference}/captures`, {
      captured_amount: 30_500,
    });
    expect(captured.status).toBe(201);
  });

  test('costs one call for products however many are asked about, and no call once it is over', async () => {
    await rig.finish(demoCheckouts.first);
    const source = rig.open();
    const order = await orderOf('61', source);
    rig.calls();
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
    expect(rig.calls()).toEqual(['POST /api/shop/orders/61/items']);
    rig.emulator.clock.advance(180_000);
    const later = rig.open();
    const closed = await orderOf('61', later);
    rig.calls();
    await later.eligibility?.check([{ order: closed, item: choose('1001'), quantity: 1, subscribe: false }]);
    expect(rig.calls()).toEqual([]);
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
    await rig.finish(demoCheckouts.first, options);
    rig.emulator.clock.advance(179_000);
    expect((await orderOf('61', rig.open(options))).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    expect((await rig.write(addTo('61'), options)).operation?.status).toBe('SUCCEEDED');
    rig.emulator.clock.advance(2_000);
    expect((await orderOf('61', rig.open(options))).window.state).toBe('CLOSED');
    rig.calls();
    const { errors } = await rig.write(addTo('61', { item: choose('1002') }), options);
    expect(errors[0]).toMatchObject({ code: 'NOT_ELIGIBLE', reasons: [{ code: 'WINDOW_CLOSED' }] });
    expect(writes(rig.calls())).toEqual([]);
  });

  test('ends a margin before the limit', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.clock.advance(169_000);
    expect((await orderOf('61')).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    rig.emulator.clock.advance(1_000);
    expect((await orderOf('61')).window.state).toBe('CLOSED');
  });

  test('goes on after a restart, and in another replica, from what is in storage', async () => {
    const location = { url: null, file: join(mkdtempSync(join(tmpdir(), 'centra-')), 'ledger.db') };
    const clock = () => rig.emulator.clock.now();
    const before = await openDatabase(location);
    await rig.finish(demoCheckouts.first, { store: createSqlAccountStore(before, 'centra-se', clock) });
    await before.destroy();
    rig.emulator.clock.advance(60_000);
    const after = await openDatabase(location);
    const store = createSqlAccountStore(after, 'centra-se', clock);
    expect((await orderOf('61', rig.open({ store }))).window).toMatchObject({ state: 'OPEN', secondsLeft: 110 });
    expect((await rig.write(addTo('61'), { store })).operation?.status).toBe('SUCCEEDED');
    expect((await linesOf('61', rig.open({ store }))).map(({ origin }) => origin)).toEqual(['ORIGINAL', 'UPSELL']);
    await after.destroy();
  });

  test('never starts again: a second completion answers with the receipt and the time that is left', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.clock.advance(100_000);
    rig.calls();
    const again = valueOf(await rig.open().checkout?.complete(demoCheckouts.first, PAYMENT));
    expect(again).toMatchObject({ providerId: '61', window: { secondsLeft: 70 } });
    expect(rig.calls()).toEqual([`GET /api/shop/selections/${demoCheckouts.first}/receipt`]);
  });

  test('is unknown, never open, for an order that was finished elsewhere', async () => {
    rig.emulator.switches.set('crossSellOnReceipt', true);
    const shop = caller(rig.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    await shop('POST', `/api/shop/selections/${demoCheckouts.first}/payment-result`, { paymentMethodFields: PAYMENT });
    const order = valueOf(await rig.open().checkout?.complete(demoCheckouts.first, PAYMENT));
    expect(order).toMatchObject({ status: 'PLACED', window: { state: 'UNKNOWN', secondsLeft: null } });
    const eligibility = await judge('61');
    expect(eligibility.verdict).toBe('UNKNOWN');
    expect(eligibility.reasons[0]).toMatchObject({ code: 'UNKNOWN', evidence: 'no recorded start' });
    rig.calls();
    expect((await rig.write(addTo('61'))).errors[0]?.code).toBe('NOT_ELIGIBLE');
    expect(writes(rig.calls())).toEqual([]);
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
    await rig.finish(demoCheckouts.first, { timeZone: 'America/New_York' });
    expect((await orderOf('61')).window.secondsLeft).toBe(170);
  });
});

describe('finishing a checkout', () => {
  const complete = (fields: unknown = PAYMENT, options: ConnectOptions = {}) =>
    rig.open(options).checkout?.complete(demoCheckouts.first, fields);

  test('can use PUT', async () => {
    rig.emulator.switches.set('paymentResultMethods', 'PUT');
    valueOf(await complete(PAYMENT, { settings: { paymentResultMethod: 'PUT' } }));
    expect(rig.calls()).toContain(`PUT /api/shop/selections/${demoCheckouts.first}/payment-result`);
  });

  test('is refused with a reason when the payment page has more to do, and may be done later', async () => {
    rig.emulator.switches.set('paymentResultAction', 'redirect');
    expect(await complete()).toMatchObject({
      state: 'failed',
      refusal: { code: 'PAYMENT', reason: 'CONFIRMATION_NEEDED', retry: 'NEW_REQUEST' },
    });
    rig.emulator.switches.set('paymentResultAction', 'order');
    expect(valueOf(await complete()).status).toBe('OPEN_FOR_UPSELL');
  });

  test.each([
    ['a form', 'form', 'CONFIRMATION_NEEDED'],
    ['a failure', 'failed', 'DECLINED'],
  ])('is refused when the answer is %s instead of an order', async (_what, action, reason) => {
    const body = { action };
    rig.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'status', status: 200, body } });
    expect(await complete()).toMatchObject({ refusal: { code: 'PAYMENT', reason } });
  });

  test.each([
    [90, 'OPEN', 1190],
    [0, 'UNKNOWN', null],
    ['soon', 'UNKNOWN', null],
  ])('takes a limit of %s for what the plugin can be set to', async (timeLimit, state, secondsLeft) => {
    const set = { 'crossSell.timeLimit': timeLimit };
    rig.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'patchBody', set } });
    expect(valueOf(await complete()).window).toMatchObject({ state, secondsLeft });
  });

  test('is refused when the payment failed', async () => {
    expect(await complete({ status: 'failed' })).toMatchObject({ refusal: { code: 'PAYMENT', reason: 'DECLINED' } });
  });

  test('is refused when something was sold out meanwhile', async () => {
    const shop = caller(rig.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    for (let count = 0; count < 12; count += 1) {
      const { selection } = await ready({ items: ['1003-1'], payment: 'dummy' });
      await shop('POST', `/api/shop/selections/${selection}/payment-result`, { paymentMethodFields: PAYMENT });
    }
    const answer = await complete();
    expect(answer?.refusal).toMatchObject({ code: 'NOT_ELIGIBLE', reasons: [{ code: 'OUT_OF_STOCK' }] });
  });

  test.each([423, 429, 500])('does not pay again after an unexplained %s, and looks instead', async (status) => {
    rig.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenStatus', status } });
    valueOf(await complete());
    expect(rig.calls().filter((each) => each.endsWith('/payment-result'))).toHaveLength(1);
  });

  test('never says that nothing was sent when only the look afterwards could not be taken', async () => {
    rig.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenStatus', status: 500 } });
    const answer = await complete(PAYMENT, {
      through: (send) => async (request) => {
        if (request.method === 'GET') throw new TransportFailure('CIRCUIT_OPEN', false, 'not asked');
        return send(request);
      },
    });
    expect(answer).toMatchObject({ state: 'failed', problem: { httpStatus: 500 } });
    expect(answer?.state === 'failed' && answer.problem.notSent).toBeUndefined();
  });

  test('takes 201 for success, whatever the plugin is called', async () => {
    const { selection } = await ready({ customer: SHOPPER, payment: 'external' });
    const order = valueOf(await rig.open().checkout?.complete(selection, PAYMENT));
    expect(order).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', closesAt: null } });
  });

  test("does not show another shopper's order, or one that is not there", async () => {
    const { selection } = await ready({ customer: OTHER_SHOPPER });
    expect(await rig.open().checkout?.complete(selection, PAYMENT)).toEqual({ state: 'missing' });
    expect(await rig.open().checkout?.complete('0'.repeat(32), PAYMENT)).toEqual({ state: 'missing' });
    expect(await rig.open().checkout?.complete('../orders', PAYMENT)).toEqual({ state: 'missing' });
  });

  test('finds the order of a lost answer, without its terms', async () => {
    rig.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenReset' } });
    expect(valueOf(await complete()).window.state).toBe('UNKNOWN');
    expect(rig.calls().filter((call) => call.includes('payment-result'))).toHaveLength(1);
  });

  test.each([
    ['crossSell', 'order'],
    ['upsell', 'order'],
    ['crossSell', 'root'],
    ['upsell', 'root'],
  ])('reads the terms as %s in %s, in both dialects', async (crossSellName, crossSellPlace) => {
    rig.emulator.switches.setAll({ crossSellName, crossSellPlace });
    expect(valueOf(await complete()).window.state).toBe('OPEN');
    const { selection, scope } = await openCheckout();
    expect(valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT)).window.state).toBe('OPEN');
  });
});

describe('eligibility', () => {
  const termsReason = async (options: Record<string, unknown>) => {
    const { selection } = await ready({ customer: SHOPPER, ...options });
    return codes(await judge(await rig.finish(selection)));
  };

  test('tells not offered, not allowed and expired apart', async () => {
    expect(await termsReason({ method: 'CARD' })).toEqual(['PAYMENT_METHOD_NOT_SUPPORTED']);
    rig.emulator.switches.set('crossSellWhenUnavailable', 'absent');
    expect(await termsReason({ payment: 'klarna-playground' })).toEqual(['NOT_OFFERED']);
    rig.emulator.switches.set('crossSellWhenUnavailable', 'list');
    expect(await termsReason({ market: 'ch' })).toEqual(['NOT_OFFERED']);
  });

  test.each([
    ['a flexible bundle', choose('1006'), 'PRODUCT_NOT_ELIGIBLE'],
    ['a product out of stock', choose('1005'), 'OUT_OF_STOCK'],
    ['a size out of stock', choose('1003', '1003-2'), 'OUT_OF_STOCK'],
    ['a product without a price', choose('1008'), 'PRICE_GONE'],
    ['a product sold in pairs', choose('1009'), 'PURCHASE_LIMIT'],
    ['a product of several sizes', choose('1003'), 'VARIANT_REQUIRED'],
    ['a size there is not', choose('1003', '1003-9'), 'VARIANT_GONE'],
    ['a product there is not', choose('7'), 'PRODUCT_UNAVAILABLE'],
    ['a hostile product', choose('../../orders'), 'PRODUCT_UNAVAILABLE'],
    ['an offer', { offerKey: 'o', product: null }, 'NO_OFFER'],
  ] as const)('gives %s a reason of its own', async (_what, item, code) => {
    await rig.finish(demoCheckouts.first);
    const eligibility = await judge('61', { item });
    expect(eligibility.verdict).toBe('INELIGIBLE');
    expect(codes(eligibility)).toEqual([code, 'RISK_CHECK_NEEDED']);
  });

  test('speaks of quantity, subscriptions and what is there already', async () => {
    await rig.finish(demoCheckouts.first);
    expect(codes(await judge('61', { quantity: 2 }))).toContain('QUANTITY_NOT_SUPPORTED');
    expect(codes(await judge('61', { quantity: 2 }, rig.open({ settings: { multiSend: true } })))).toEqual([
      'RISK_CHECK_NEEDED',
    ]);
    expect(await judge('61', { subscribe: true })).toMatchObject({
      verdict: 'INELIGIBLE',
      possibleModes: ['ONE_TIME'],
    });
    const there = await judge('61', { item: choose('1003', '1003-1') });
    expect([there.verdict, codes(there)]).toEqual(['CONDITIONAL', ['ALREADY_ON_ORDER', 'RISK_CHECK_NEEDED']]);
    expect(await judge('61', { item: choose('1007') })).toMatchObject({ verdict: 'CONDITIONAL' });
    expect(await judge('61', { item: null })).toMatchObject({ verdict: 'CONDITIONAL', product: null });
  });

  test('says so when the product cannot be read', async () => {
    await rig.finish(demoCheckouts.first);
    const fault = { match: { path: '/items$' }, times: 'always', action: { kind: 'status', status: 500 } } as const;
    rig.emulator.faults.add(fault);
    expect(await judge('61')).toMatchObject({ verdict: 'UNKNOWN' });
    expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ code: 'PROVIDER', retry: 'SAME_KEY' });
  });

  test('previews the new total in the context of the order', async () => {
    const { selection } = await ready({ customer: SHOPPER, market: 'us' });
    const order = await rig.finish(selection);
    const preview = valueOf(await rig.open().preview?.preview(addTo(order)));
    expect(preview).toMatchObject({ fidelity: 'ESTIMATED', charge: { timing: 'AUTHORISED_NOW' } });
    expect(preview.charge.increase?.toString()).toBe('20.00 USD');
    expect(preview.orderTotalAfter?.toString()).toBe('50.50 USD');
    rig.emulator.faults.add({
      match: { path: 'receipt' },
      times: 'always',
      action: { kind: 'patchBody', set: { 'totals.taxAddedAsNumber': 2.5 } },
    });
    const untaxed = valueOf(await rig.open().preview?.preview(addTo(order)));
    expect(untaxed).toMatchObject({ fidelity: 'UNAVAILABLE', charge: { increase: null } });
  });
});

describe('adding', () => {
  test('refuses several units, unless each may be sent by itself', async () => {
    await rig.finish(demoCheckouts.first);
    const request = addTo('61', { quantity: 3 });
    expect((await rig.write(request)).errors[0]).toMatchObject({
      code: 'NOT_ELIGIBLE',
      reasons: [{ code: 'QUANTITY_NOT_SUPPORTED' }, { code: 'RISK_CHECK_NEEDED' }],
    });
    rig.calls();
    const { operation } = await rig.write(request, { settings: { multiSend: true } });
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.plannedSteps).toEqual(['add_item', 'add_item_2', 'add_item_3']);
    expect(new Set(operation?.plannedSteps.map((step) => operation.progress?.done[step]?.lineItemKey)).size).toBe(3);
    expect(writes(rig.calls())).toHaveLength(3);
    expect((await orderOf('61')).totals?.total?.amount).toBe('905.00');
    const many = await judge('61', { quantity: 11 }, rig.open({ settings: { multiSend: true } }));
    expect(codes(many)).toContain('QUANTITY_NOT_SUPPORTED');
    const short = await judge(
      '61',
      { item: choose('1003', '1003-3'), quantity: 8 },
      rig.open({ settings: { multiSend: true } }),
    );
    expect(codes(short)).toContain('OUT_OF_STOCK');
  });

  test('is partial when a later unit is refused', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({
      match: { path: '/items/1001-1' },
      skip: 1,
      action: { kind: 'status', status: 412, body: { errors: { crossSell: 'payment update failed' } } },
    });
    const { operation } = await rig.write(addTo('61', { quantity: 2 }), { settings: { multiSend: true } });
    expect(operation).toMatchObject({ status: 'PARTIAL', errors: [{ code: 'PAYMENT', orderRestored: true }] });
    expect(await linesOf('61')).toHaveLength(2);
  });

  test.each([400, 403, 406, 409, 412, 422, 200])(
    'takes status %s with errors for a refused authorisation',
    async (status) => {
      await rig.finish(demoCheckouts.first);
      rig.emulator.switches.setAll({ paymentProvider: 'refuse', upsellErrorStatus: status, upsellErrorKey: 'payment' });
      expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ code: 'PAYMENT', orderRestored: true });
    },
  );

  test.each(['conflict', 'throttle', 'error', 'unavailable', 'timeout'])(
    'takes a payment provider that answers %s for a refusal, because Centra reverts',
    async (behaviour) => {
      await rig.finish(demoCheckouts.first);
      rig.emulator.switches.set('paymentProvider', behaviour);
      expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ code: 'PAYMENT', orderRestored: true });
    },
  );

  test('says when the order was not put back, and when that could not be read', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.switches.setAll({ paymentProvider: 'refuse', refusalKeepsLine: true });
    expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ code: 'PAYMENT', orderRestored: false });
    rig.emulator.switches.set('refusalKeepsLine', false);
    const fault = {
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'status', status: 500 },
    } as const;
    rig.emulator.faults.add(fault);
    expect((await rig.write(addTo('61', { item: choose('1002') }))).errors[0]).toMatchObject({ orderRestored: null });
  });

  test('is refused for stock that went meanwhile, and for a limit that passed on the way', async () => {
    await rig.finish(demoCheckouts.first);
    const stock = { errors: { stock: 'unavailable items' }, unavailable: [] };
    rig.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'status', status: 410, body: stock } });
    expect((await rig.write(addTo('61'))).errors[0]).toMatchObject({ reasons: [{ code: 'OUT_OF_STOCK' }] });
    const source = rig.open();
    const request = addTo('61', { item: choose('1002') });
    const preparation = await source.upsells?.add.prepare(request);
    if (preparation?.outcome !== 'ready') throw new Error('not ready');
    rig.emulator.clock.advance(180_000);
    const sent = await rig
      .open()
      .upsells?.add.send('add_item', request, { snapshot: preparation.target.snapshot, done: {} });
    expect(sent).toMatchObject({ outcome: 'refused', refusal: { reasons: [{ code: 'WINDOW_CLOSED' }] } });
  });

  test('finds a lost answer by its line and the total, and sends nothing twice', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'applyThenReset' } });
    rig.calls();
    const { operation } = await rig.write(addTo('61'));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(writes(rig.calls())).toHaveLength(1);
    expect(await linesOf('61')).toHaveLength(2);
  });

  test('finds a second line of an item that was there already', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({ match: { path: '/items/1003-1' }, action: { kind: 'applyThenStatus', status: 502 } });
    const { operation } = await rig.write(addTo('61', { item: choose('1003', '1003-1'), ifPresent: 'ADD' }));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(await linesOf('61')).toHaveLength(2);
  });

  test('fails without a trace when the request never arrived', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'reset' } });
    const { operation } = await rig.write(addTo('61'));
    expect(operation?.status).toBe('FAILED');
    expect(await linesOf('61')).toHaveLength(1);
  });

  test('does not call it done while line and total disagree', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'applyThenReset' } });
    const unpaid = { set: { 'totals.grandTotalPriceAsNumber': 305 } };
    rig.emulator.faults.add({
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'patchBody', ...unpaid },
    });
    expect((await rig.write(addTo('61'), { deadlineMs: 600 })).operation?.status).toBe('INDETERMINATE');
  });

  test('does not call it undone either while the total has grown without a line', async () => {
    await rig.finish(demoCheckouts.first);
    rig.emulator.faults.add({ match: { path: '/items/1001-1' }, action: { kind: 'reset' } });
    const grown = { set: { 'totals.grandTotalPriceAsNumber': 505 } };
    rig.emulator.faults.add({
      match: { path: 'receipt' },
      skip: 1,
      times: 'always',
      action: { kind: 'patchBody', ...grown },
    });
    expect((await rig.write(addTo('61'), { deadlineMs: 600 })).operation?.status).toBe('INDETERMINATE');
  });

  test('looks the line up when the success does not show the order', async () => {
    rig.emulator.switches.setAll({ upsellSuccessBody: 'empty', upsellSuccessStatus: 201 });
    await rig.finish(demoCheckouts.first);
    const { operation } = await rig.write(addTo('61'));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.lineItemRef).toEqual((await linesOf('61'))[1]?.ref);
  });

  test('refuses a duplicate, another shopper and an order there is not', async () => {
    await rig.finish(demoCheckouts.first);
    const there = addTo('61', { item: choose('1003', '1003-1') });
    expect((await rig.write(there)).errors[0]).toMatchObject({
      code: 'DUPLICATE_ITEM',
      existing: { product: { providerId: '1003' } },
    });
    const foreign = await rig.write(addTo('61'), { customer: OTHER_SHOPPER });
    const unknown = await rig.write(addTo('62'), { customer: OTHER_SHOPPER });
    expect(foreign.errors).toEqual(unknown.errors);
    expect(foreign.errors[0]?.code).toBe('NOT_FOUND');
    expect(writes(rig.calls())).toEqual([]);
  });
});

describe('Checkout API', () => {
  test('goes the same way with the session of the shopper, in one dialect further down', async () => {
    const { selection, scope } = await openCheckout();
    const order = valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT));
    expect(order).toMatchObject({ status: 'OPEN_FOR_UPSELL', totals: { total: { minor: 30_500n } } });
    const key = order.ref.key;
    const source = rig.open(scope());
    expect(codes(await judge(key, {}, source))).toEqual(['RISK_CHECK_NEEDED']);
    const request = addTo(key);
    const preparation = await rig.open(scope()).upsells?.add.prepare(request);
    if (preparation?.outcome !== 'ready') throw new Error('not ready');
    const sent = await rig
      .open(scope())
      .upsells?.add.send('add_item', request, { snapshot: preparation.target.snapshot, done: {} });
    expect(sent).toMatchObject({ outcome: 'confirmed' });
    expect((await linesOf(key, rig.open(scope()))).map(({ product }) => product.providerId)).toEqual(['1003', '1001']);
    expect(rig.calls().every((call) => call.includes('/api/checkout/'))).toBe(true);
  });

  test('follows the token when it changes, and hands the new one back', async () => {
    rig.emulator.switches.set('rotateTokens', 'drop-old');
    const { selection, token, tokens, scope } = await openCheckout();
    const order = valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT));
    const source = rig.open(scope());
    const [first, second] = await Promise.all([judge(order.ref.key, {}, source), source.products?.getMany(['1001'])]);
    expect(first.verdict).toBe('CONDITIONAL');
    expect(second?.[0]?.state).toBe('found');
    expect(new Set([token, ...tokens]).size).toBe(tokens.length + 1);
    const requests = rig.emulator.requests.list();
    const overlapping = requests.filter(
      ({ startedAt }, index) => startedAt < (requests[index - 1]?.finishedAt ?? 0) - 1,
    );
    expect(overlapping).toEqual([]);
  });

  test('writes with the token of the moment, however often it changes', async () => {
    rig.emulator.switches.set('rotateTokens', 'drop-old');
    const { selection, tokens, scope } = await openCheckout();
    const order = valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT));
    const { operation, errors } = await rig.write(addTo(order.ref.key), { ...scope(), session: scope() });
    expect(errors).toEqual([]);
    expect(operation?.status).toBe('SUCCEEDED');
    expect(inspect(operation, { depth: 10 })).not.toContain(tokens.at(-1));
    expect(await linesOf(order.ref.key, rig.open(scope()))).toHaveLength(2);
  });

  test('shows no subscriptions of another customer who is logged in to the session', async () => {
    rig.restart('sandbox');
    const { scope } = await openCheckout({ customer: OTHER_SHOPPER });
    const foreign = rig.open(scope()).subscriptions?.listFor(SHOPPER);
    await expect(foreign).rejects.toMatchObject({ problem: { kind: 'FORBIDDEN' } });
    const own = rig.open({ ...scope(), shopper: { customerId: OTHER_SHOPPER, recognised: false } });
    expect((await own.subscriptions?.listFor(OTHER_SHOPPER))?.items).toHaveLength(1);
  });

  test('answers nothing without a token, and sends nothing', async () => {
    rig.calls();
    const [order] = await rig.open({ settings: { api: 'checkout' } }).orders.getMany(['61']);
    expect(order).toMatchObject({ state: 'failed', problem: { kind: 'AUTHENTICATION' } });
    expect(rig.calls()).toEqual([]);
  });

  test('keeps no token in storage', async () => {
    const kept: unknown[] = [];
    const store = rig.store;
    const watched = {
      get: (key: string) => store.get(key),
      putIfAbsent(...given: Parameters<typeof store.putIfAbsent>) {
        kept.push(given);
        return store.putIfAbsent(...given);
      },
    };
    const { selection, token, scope } = await openCheckout();
    valueOf(await rig.open({ ...scope(), store: watched }).checkout?.complete(selection, PAYMENT));
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).not.toContain(SHOPPER);
  });

  test('does not take an earlier order of the session for this one', async () => {
    const { selection, scope } = await openCheckout();
    valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT));
    expect(valueOf(await rig.open(scope()).checkout?.complete(selection, PAYMENT)).providerId).toBe('61');
    const [other] = await rig.open(scope()).orders.getMany(['62']);
    expect(other).toEqual({ state: 'missing' });
  });

  test('finds older orders of a customer who is logged in, page by page', async () => {
    rig.restart('sandbox');
    const { scope } = await openCheckout();
    const source = rig.open(scope());
    rig.calls();
    const found = await source.orders.getMany(['1201', '1203', '9999', '1204']);
    expect(found.map(({ state }) => state)).toEqual(['found', 'found', 'missing', 'missing']);
    expect(valueOf(found[0])).toMatchObject({ providerStatus: 'Archived', status: 'PLACED' });
    expect(valueOf(found[1]).status).toBe('CANCELLED');
    expect(rig.calls()).toEqual(['GET /api/checkout/receipt', 'POST /api/checkout/orders']);
  });
});

describe('subscribing afterwards', () => {
  beforeAll(() => rig.restart('sandbox'));

  const convert = (lineItemKey: string, more: Partial<ConvertItem> = {}): ConvertItem => ({
    kind: 'CONVERT_TO_SUBSCRIPTION',
    lineItemKey,
    frequency: { every: 1, unit: 'MONTH' },
    offerKey: null,
    ...more,
  });

  async function coffeeLine(checkout: string = demoCheckouts.coffee, options: Parameters<Rig['open']>[0] = {}) {
    rig.restart('sandbox');
    const order = await rig.finish(checkout, options);
    const line = (await linesOf(order, rig.open(options))).find(({ product }) => product.providerId === '1004');
    return line?.ref.key ?? '';
  }

  test('joins a contract the customer has, and leaves the order as it is', async () => {
    const line = await coffeeLine();
    rig.calls();
    const { operation, errors } = await rig.write(convert(line));
    expect(errors).toEqual([]);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    expect(rig.calls().filter((call) => call.endsWith('/subscription'))).toHaveLength(1);
    const listing = await rig.open().subscriptions?.listFor(SHOPPER);
    const created = listing?.items.find(({ ref }) => ref.key === operation?.subscriptionRef?.key);
    expect(created).toMatchObject({
      status: 'ACTIVE',
      customerId: SHOPPER,
      frequency: { every: 1, unit: 'MONTH' },
      lines: [{ product: { providerId: '1004' }, quantity: 1, unitPrice: null }],
    });
    const [order] = line.split('/');
    expect((await linesOf(order ?? ''))[0]?.purchaseMode).toBe('ONE_TIME');
  });

  test('finds a lost answer, and sends nothing twice', async () => {
    const line = await coffeeLine();
    rig.emulator.faults.add({ match: { path: '/subscription$' }, action: { kind: 'applyThenReset' } });
    rig.calls();
    expect((await rig.write(convert(line))).operation?.status).toBe('SUCCEEDED');
    expect(rig.calls().filter((call) => call.endsWith('/subscription'))).toHaveLength(1);
    const listing = await rig.open().subscriptions?.listFor(SHOPPER);
    expect(listing?.items).toHaveLength(2);
  });

  const missing = async (line: string, more: Partial<ConvertItem> = {}, customer: string | null = SHOPPER) => {
    const { errors } = await rig.write(convert(line, more), { customer });
    const [error] = errors;
    if (error?.code !== 'NOT_ELIGIBLE') throw new Error(`unexpected ${JSON.stringify(error)}`);
    return error.reasons.map(({ code, evidence, remedy }) => [code, evidence, remedy]);
  };

  test('says what is missing: a login', async () => {
    expect(await missing(await coffeeLine(), {}, null)).toEqual([
      ['NOT_PERMITTED', 'no customer is logged in', 'LOG_IN'],
    ]);
  });

  test('says what is missing: a plan of that frequency, or any', async () => {
    const line = await coffeeLine();
    const yearly = await missing(line, { frequency: { every: 1, unit: 'YEAR' } });
    expect(yearly).toEqual([['NO_SUBSCRIPTION_PLAN', 'plans: 1 MONTH, 2 WEEK', null]]);
    const order = line.split('/')[0] ?? '';
    const shirt = (await linesOf(order)).find(({ product }) => product.providerId === '1003');
    expect(await missing(shirt?.ref.key ?? '')).toEqual([['NO_SUBSCRIPTION_PLAN', 'subscriptionPlans = []', null]]);
  });

  test('says what is missing: a contract, its payment, or one for this country', async () => {
    const shopper = { shopper: { customerId: NEWCOMER, recognised: false } };
    const line = await coffeeLine(demoCheckouts.newcomer, shopper);
    expect(await missing(line, {}, NEWCOMER)).toEqual([['CAPABILITY_MISSING', 'no contract', 'PLACE_NEW_ORDER']]);

    const own = await coffeeLine();
    const shop = caller(rig.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    const { json } = await shop('POST', `/api/shop/customers/${SHOPPER}/subscriptions`);
    const subscription = json.at('contracts', 0, 'subscriptions', 0, 'subscription');
    await shop('PUT', '/api/shop/subscription/status', { subscription, status: 'cancelled' });
    expect(await missing(own)).toEqual([
      ['CAPABILITY_MISSING', 'no contract with an active payment', 'PLACE_NEW_ORDER'],
    ]);

    rig.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, market: 'de', items: ['1004-1'] });
    const german = (await linesOf(await rig.finish(selection)))[0]?.ref.key ?? '';
    expect(await missing(german)).toEqual([['CAPABILITY_MISSING', 'country of the order = DE', 'PLACE_NEW_ORDER']]);
  });

  test('does not convert a line that is a subscription', async () => {
    rig.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, items: ['1004-1@1'] });
    const line = (await linesOf(await rig.finish(selection)))[0];
    expect(line?.purchaseMode).toBe('SUBSCRIPTION');
    expect(await missing(line?.ref.key ?? '')).toEqual([['NOT_ONE_TIME', 'subscriptionPlan is set', null]]);
  });

  test('begins an interval after the order, tomorrow at the earliest', () => {
    const now = new Date('2026-01-31T22:30:00Z');
    const first = (orderedOn: string | null, every: number, unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR') =>
      firstDelivery(orderedOn, { every, unit }, now, 'Europe/Stockholm');
    expect(first('2026-01-31', 1, 'MONTH')).toBe('2026-02-28');
    expect(first('2025-12-01', 2, 'WEEK')).toBe('2026-02-01');
    expect(first('2024-02-29', 2, 'YEAR')).toBe('2026-02-28');
    expect(first(null, 1, 'DAY')).toBe('2026-02-01');
  });
});

describe('mapping', () => {
  test('takes amounts from numbers only, exactly', () => {
    const sek = { code: 'SEK', source: 'PROVIDER' } as const;
    expect(toMoney('82.4', sek)?.amount).toBe('82.40');
    expect(toMoney('1.005', sek)?.amount).toBe('1.01');
    expect(toMoney('-1.005', sek)?.amount).toBe('-1.01');
    expect(toMoney('12345678901234567.89', sek)?.amountMinor).toBe('1234567890123456789');
    expect(toMoney('4900', { code: 'JPY', source: 'PROVIDER' })?.amount).toBe('4900');
    expect(toMoney('1.2345', { code: 'KWD', source: 'PROVIDER' })?.amount).toBe('1.235');
    expect(toMoney(null, sek)).toBeNull();
  });

  test('reads an order of either dialect, with a yen and a voucher', async () => {
    rig.restart('sandbox');
    const japan = await orderOf(await rig.finish(demoCheckouts.japan));
    expect(japan.totals?.total?.toString()).toBe('4900 JPY');
    const voucher = await orderOf(await rig.finish(demoCheckouts.voucher));
    expect(voucher.totals).toMatchObject({
      discount: { minor: 1_000n },
      total: { minor: 29_500n },
      fees: { minor: 0n },
    });
  });

  test('finds order and terms wherever they are, and nothing in an empty list', () => {
    expect(findOrder({ order: { order: '1' } })).toEqual({ order: '1' });
    expect(findOrder({ order: '1', items: [] })).toEqual({ order: '1', items: [] });
    expect(findOrder({ action: 'redirect' })).toBeNull();
    expect(findTerms({ order: { order: '1' }, upsell: { isAllowed: true, timeLimit: 5 } })).toEqual({
      isAllowed: true,
      timeLimit: 5,
    });
    expect(findTerms({ order: { order: '1', crossSell: [] } })).toBeNull();
    expect(findTerms({ order: '1', crossSell: { isAllowed: 'yes' } })).toEqual({ isAllowed: false, timeLimit: null });
  });

  test('bears an order that says little', () => {
    const bare = decodeOrder({ order: 7, address: [], totals: [], items: [] });
    expect(bare).toMatchObject({ order: '7', email: null, grandTotal: null, lines: { records: [], problem: null } });
    expect(() => decodeOrder({ order: 7 })).toThrow('`items`');
  });

  test('shows prices before a reduction, and never a tax it was not told', async () => {
    rig.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, items: ['1004-1@1'] });
    const [line] = await linesOf(await rig.finish(selection));
    expect(line).toMatchObject({
      unitPrice: { minor: 7_416n },
      compareAtTotal: { minor: 8_240n },
      discount: { minor: 824n },
      tax: null,
      removal: { verdict: 'INELIGIBLE' },
    });
  });

  test('reads products with and without pictures in one call', async () => {
    const products = await rig.open().products?.getMany(['1010', '7', '1001', '../x']);
    expect(products?.map((each) => (each.state === 'found' ? each.value.imageUrl : each.state))).toEqual([
      'https://shop.example.com/media/scarf.jpg',
      'missing',
      null,
      'missing',
    ]);
    expect(rig.calls()).toEqual(['POST /api/shop/products']);
  });
});
