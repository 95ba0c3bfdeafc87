import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { TransportFailure } from '../../../src/domain/transport.js';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { caller } from '../../emulators/calls.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  addTo,
  CHECKOUT_API,
  codes,
  harness,
  judge,
  linesOf,
  openCheckout,
  type Options,
  OTHER_SHOPPER,
  PAYMENT,
  ready,
  SHOPPER,
} from './harness.js';

describe('finishing a checkout', () => {
  const complete = (fields: unknown = PAYMENT, options: Options = {}) =>
    harness.open(options).checkout?.complete(demoCheckouts.first, fields);

  test('can use PUT', async () => {
    harness.emulator.switches.set('paymentResultMethods', 'PUT');
    valueOf(await complete(PAYMENT, { settings: { paymentResultMethod: 'PUT' } }));
    expect(harness.calls()).toContain(`PUT /api/shop/selections/${demoCheckouts.first}/payment-result`);
  });

  test('is refused with a reason when the payment page has more to do, and may be done later', async () => {
    harness.emulator.switches.set('paymentResultAction', 'redirect');
    expect(await complete()).toMatchObject({
      state: 'failed',
      refusal: { code: 'PAYMENT', reason: 'CONFIRMATION_NEEDED', retry: 'NEW_REQUEST' },
    });
    harness.emulator.switches.set('paymentResultAction', 'order');
    expect(valueOf(await complete()).status).toBe('OPEN_FOR_UPSELL');
  });

  test.each([
    ['a form', 'form', 'CONFIRMATION_NEEDED'],
    ['a failure', 'failed', 'DECLINED'],
  ])('is refused when the answer is %s instead of an order', async (_what, action, reason) => {
    const body = { action };
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'status', status: 200, body } });
    expect(await complete()).toMatchObject({ refusal: { code: 'PAYMENT', reason } });
  });

  test.each([
    [90, 'OPEN', 1190],
    [0, 'UNKNOWN', null],
    ['soon', 'UNKNOWN', null],
  ])('takes a limit of %s for what the plugin can be set to', async (timeLimit, state, secondsLeft) => {
    const set = { 'crossSell.timeLimit': timeLimit };
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'patchBody', set } });
    expect(valueOf(await complete()).window).toMatchObject({ state, secondsLeft });
  });

  test('is refused when the payment failed', async () => {
    expect(await complete({ status: 'failed' })).toMatchObject({ refusal: { code: 'PAYMENT', reason: 'DECLINED' } });
  });

  test('is refused when something was sold out meanwhile', async () => {
    const shop = caller(harness.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    for (let count = 0; count < 12; count += 1) {
      const { selection } = await ready({ items: ['1003-1'], payment: 'dummy' });
      await shop('POST', `/api/shop/selections/${selection}/payment-result`, { paymentMethodFields: PAYMENT });
    }
    const answer = await complete();
    expect(answer?.refusal).toMatchObject({ code: 'NOT_ELIGIBLE', reasons: [{ code: 'OUT_OF_STOCK' }] });
  });

  test.each([423, 429, 500])('does not pay again after an unexplained %s, and looks instead', async (status) => {
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenStatus', status } });
    valueOf(await complete());
    expect(harness.calls().filter((each) => each.endsWith('/payment-result'))).toHaveLength(1);
  });

  test('never says that nothing was sent when only the look afterwards could not be taken', async () => {
    harness.emulator.faults.add({
      match: { path: 'payment-result' },
      action: { kind: 'applyThenStatus', status: 500 },
    });
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
    const order = valueOf(await harness.open().checkout?.complete(selection, PAYMENT));
    expect(order).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', closesAt: null } });
  });

  test("does not show another shopper's order, or one that is not there", async () => {
    const { selection } = await ready({ customer: OTHER_SHOPPER });
    expect(await harness.open().checkout?.complete(selection, PAYMENT)).toEqual({ state: 'missing' });
    expect(await harness.open().checkout?.complete('0'.repeat(32), PAYMENT)).toEqual({ state: 'missing' });
    expect(await harness.open().checkout?.complete('../orders', PAYMENT)).toEqual({ state: 'missing' });
  });

  test('finds the order of a lost answer, without its terms', async () => {
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenReset' } });
    expect(valueOf(await complete()).window.state).toBe('UNKNOWN');
    expect(harness.calls().filter((call) => call.includes('payment-result'))).toHaveLength(1);
  });

  test.each([
    ['crossSell', 'order'],
    ['upsell', 'order'],
    ['crossSell', 'root'],
    ['upsell', 'root'],
  ])('reads the terms as %s in %s, in both dialects', async (crossSellName, crossSellPlace) => {
    harness.emulator.switches.setAll({ crossSellName, crossSellPlace });
    expect(valueOf(await complete()).window.state).toBe('OPEN');
    const { selection, scope } = await openCheckout();
    expect(valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT)).window.state).toBe('OPEN');
  });
});

describe('Checkout API', () => {
  test('goes the same way with the session of the shopper, in one dialect further down', async () => {
    const { selection, scope } = await openCheckout();
    const order = valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT));
    expect(order).toMatchObject({ status: 'OPEN_FOR_UPSELL', totals: { total: { minor: 30_500n } } });
    const key = order.ref.key;
    const source = harness.open(scope());
    expect(codes(await judge(key, {}, source))).toEqual(['RISK_CHECK_NEEDED']);
    const request = addTo(key);
    const preparation = await harness.open(scope()).upsells?.add.prepare(request);
    if (preparation?.outcome !== 'ready') throw new Error('not ready');
    const sent = await harness
      .open(scope())
      .upsells?.add.send('add_item', request, { snapshot: preparation.target.snapshot, done: {} });
    expect(sent).toMatchObject({ outcome: 'confirmed' });
    expect((await linesOf(key, harness.open(scope()))).map(({ product }) => product.providerId)).toEqual([
      '1003',
      '1001',
    ]);
    expect(harness.calls().every((call) => call.includes('/api/checkout/'))).toBe(true);
  });

  test('follows the token when it changes, and hands the new one back', async () => {
    harness.emulator.switches.set('rotateTokens', 'drop-old');
    const { selection, token, tokens, scope } = await openCheckout();
    const order = valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT));
    const source = harness.open(scope());
    const [first, second] = await Promise.all([judge(order.ref.key, {}, source), source.products?.getMany(['1001'])]);
    expect(first.verdict).toBe('CONDITIONAL');
    expect(second?.[0]?.state).toBe('found');
    expect(new Set([token, ...tokens]).size).toBe(tokens.length + 1);
    const requests = harness.emulator.requests.list();
    const overlapping = requests.filter(
      ({ startedAt }, index) => startedAt < (requests[index - 1]?.finishedAt ?? 0) - 1,
    );
    expect(overlapping).toEqual([]);
  });

  test('writes with the token of the moment, however often it changes', async () => {
    harness.emulator.switches.set('rotateTokens', 'drop-old');
    const { selection, tokens, scope } = await openCheckout();
    const order = valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT));
    const { operation, errors } = await harness.write(addTo(order.ref.key), { ...scope(), session: scope() });
    expect(errors).toEqual([]);
    expect(operation?.status).toBe('SUCCEEDED');
    expect(inspect(operation, { depth: 10 })).not.toContain(tokens.at(-1));
    expect(await linesOf(order.ref.key, harness.open(scope()))).toHaveLength(2);
  });

  test('shows no subscriptions of another customer who is logged in to the session', async () => {
    harness.restart('sandbox');
    const { scope } = await openCheckout({ customer: OTHER_SHOPPER });
    const foreign = harness.open(scope()).subscriptions?.listFor(SHOPPER);
    await expect(foreign).rejects.toMatchObject({ problem: { kind: 'FORBIDDEN' } });
    const own = harness.open({ ...scope(), customerId: OTHER_SHOPPER });
    expect((await own.subscriptions?.listFor(OTHER_SHOPPER))?.items).toHaveLength(1);
  });

  test('answers nothing without a token, and sends nothing', async () => {
    harness.calls();
    const [order] = await harness.open(CHECKOUT_API).orders.getMany(['61']);
    expect(order).toMatchObject({ state: 'failed', problem: { kind: 'AUTHENTICATION' } });
    expect(harness.calls()).toEqual([]);
  });

  test('keeps no token in storage', async () => {
    const kept: unknown[] = [];
    const store = harness.store;
    const watched = {
      get: (key: string) => store.get(key),
      putIfAbsent(...given: Parameters<typeof store.putIfAbsent>) {
        kept.push(given);
        return store.putIfAbsent(...given);
      },
    };
    const { selection, token, scope } = await openCheckout();
    valueOf(await harness.open({ ...scope(), store: watched }).checkout?.complete(selection, PAYMENT));
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).not.toContain(SHOPPER);
  });

  test('does not take an earlier order of the session for this one', async () => {
    const { selection, scope } = await openCheckout();
    valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT));
    expect(valueOf(await harness.open(scope()).checkout?.complete(selection, PAYMENT)).providerId).toBe('61');
    const [other] = await harness.open(scope()).orders.getMany(['62']);
    expect(other).toEqual({ state: 'missing' });
  });

  test('finds older orders of a customer who is logged in, page by page', async () => {
    harness.restart('sandbox');
    const { scope } = await openCheckout();
    const source = harness.open(scope());
    harness.calls();
    const found = await source.orders.getMany(['1201', '1203', '9999', '1204']);
    expect(found.map(({ state }) => state)).toEqual(['found', 'found', 'missing', 'missing']);
    expect(valueOf(found[0])).toMatchObject({ providerStatus: 'Archived', status: 'PLACED' });
    expect(valueOf(found[1]).status).toBe('CANCELLED');
    expect(harness.calls()).toEqual(['GET /api/checkout/receipt', 'POST /api/checkout/orders']);
  });
});
