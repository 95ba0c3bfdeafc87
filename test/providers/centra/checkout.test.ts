import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { TransportFailure } from '../../../src/domain/transport.js';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { caller } from '../../emulators/calls.js';
import { port } from '../../contract/subject.js';
import { finishCheckout } from '../../support/finish-checkout.js';
import { valueOf } from '../../support/provider-harness.js';
import { sendSteps } from '../../support/write-steps.js';
import {
  addTo,
  CHECKOUT_API,
  codes,
  harness,
  judge,
  linesOf,
  openCheckout,
  OTHER_SHOPPER,
  PAYMENT,
  ready,
  SHOPPER,
} from './harness.js';

describe('finishing a checkout', () => {
  const complete = (
    fields: unknown = PAYMENT,
    options: Parameters<typeof harness.write>[1] = {},
    checkoutId = demoCheckouts.first,
  ) => harness.write({ kind: 'COMPLETE_CHECKOUT', checkoutId, paymentFields: fields }, options);
  const orderIn = ({ view }: Awaited<ReturnType<typeof complete>>) => valueOf(view?.order);
  const payments = () => harness.calls().filter((each) => each.endsWith('/payment-result'));

  test('is recorded, looked at and answered with the order', async () => {
    const result = await complete();
    expect(result.operation).toMatchObject({ status: 'SUCCEEDED', effect: 'CHANGED', errors: [] });
    expect(orderIn(result)).toMatchObject({ status: 'OPEN_FOR_UPSELL', providerId: '61' });
    expect(harness.calls().map((call) => call.replace(demoCheckouts.first, ':id'))).toEqual([
      'GET /api/shop/selections/:id/receipt',
      'GET /api/shop/selections/:id',
      'POST /api/shop/selections/:id/payment-result',
      'GET /api/shop/selections/:id/receipt',
    ]);
  });

  test('keeps what the payment page returned out of the record', async () => {
    const { operation } = await complete({ card: 'secret-of-the-payment-page' });
    expect(inspect(operation, { depth: 20 })).not.toContain('secret-of-the-payment-page');
  });

  test('is paid once, however often it is asked for at once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => complete()));
    expect(results.flatMap(({ errors }) => errors)).toEqual([]);
    expect(results.map(({ operation }) => operation?.status)).toEqual(results.map(() => 'SUCCEEDED'));
    expect(payments()).toHaveLength(1);
  });

  test('can use PUT', async () => {
    harness.emulator.switches.set('paymentResultMethods', 'PUT');
    orderIn(await complete(PAYMENT, { settings: { paymentResultMethod: 'PUT' } }));
    expect(harness.calls()).toContain(`PUT /api/shop/selections/${demoCheckouts.first}/payment-result`);
  });

  test('hands on where the shopper has to go, and may be done afterwards', async () => {
    harness.emulator.switches.set('paymentResultAction', 'redirect');
    expect((await complete()).operation).toMatchObject({
      status: 'ACTION_REQUIRED',
      effect: 'UNKNOWN',
      nextAction: { kind: 'REDIRECT', url: 'https://pay.example.com/continue' },
    });
    harness.emulator.switches.set('paymentResultAction', 'order');
    expect(orderIn(await complete()).status).toBe('OPEN_FOR_UPSELL');
  });

  test('hands on a form unchanged', async () => {
    const body = { action: 'form', formHtml: '<form></form>', formFields: { token: 'a' } };
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'status', status: 200, body } });
    expect((await complete()).operation).toMatchObject({
      status: 'ACTION_REQUIRED',
      nextAction: { kind: 'FORM', url: null, fields: { formHtml: '<form></form>', formFields: { token: 'a' } } },
    });
  });

  test('is refused when the answer is a failure instead of an order', async () => {
    const body = { action: 'failed' };
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'status', status: 200, body } });
    expect(await complete()).toMatchObject({
      operation: { status: 'REJECTED', effect: 'UNCHANGED' },
      errors: [{ code: 'PAYMENT', reason: 'DECLINED' }],
    });
  });

  test.each([
    [90, 'OPEN', 1190],
    [0, 'UNKNOWN', null],
    ['soon', 'UNKNOWN', null],
  ])('takes a limit of %s for what the plugin can be set to', async (timeLimit, state, secondsLeft) => {
    const set = { 'crossSell.timeLimit': timeLimit };
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'patchBody', set } });
    expect(orderIn(await complete()).window).toMatchObject({ state, secondsLeft });
  });

  test('is refused when the payment failed', async () => {
    expect((await complete({ status: 'failed' })).errors).toMatchObject([{ code: 'PAYMENT', reason: 'DECLINED' }]);
  });

  test('is refused when something was sold out meanwhile', async () => {
    const shop = caller(harness.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    for (let count = 0; count < 12; count += 1) {
      const { selection } = await ready({ items: ['1003-1'], payment: 'dummy' });
      await shop('POST', `/api/shop/selections/${selection}/payment-result`, { paymentMethodFields: PAYMENT });
    }
    expect((await complete()).errors).toMatchObject([{ code: 'NOT_ELIGIBLE', reasons: [{ code: 'OUT_OF_STOCK' }] }]);
  });

  test.each([423, 429, 500])('does not pay again after an unexplained %s, and looks instead', async (status) => {
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenStatus', status } });
    orderIn(await complete());
    expect(payments()).toHaveLength(1);
  });

  test('says what is unknown when the look afterwards could not be taken', async () => {
    harness.emulator.faults.add({
      match: { path: 'payment-result' },
      action: { kind: 'applyThenStatus', status: 500 },
    });
    let isPaid = false;
    const { operation, errors } = await complete(PAYMENT, {
      deadlineMs: 500,
      through: (send) => async (request) => {
        if (isPaid && request.method === 'GET') throw new TransportFailure('CIRCUIT_OPEN', false, 'not asked');
        isPaid ||= request.method !== 'GET';
        return send(request);
      },
    });
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    expect(errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', retry: 'CHECK_OPERATION' }]);
  });

  test('takes 201 for success, whatever the plugin is called', async () => {
    const { selection } = await ready({ customer: SHOPPER, payment: 'external' });
    const order = orderIn(await complete(PAYMENT, {}, selection));
    expect(order).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', closesAt: null } });
  });

  test("is not paid when it is another shopper's, or not there", async () => {
    const { selection } = await ready({ customer: OTHER_SHOPPER });
    for (const checkoutId of [selection, '0'.repeat(32), '../orders']) {
      expect((await complete(PAYMENT, {}, checkoutId)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
    expect(payments()).toEqual([]);
  });

  test("is the shopper's own however the address is spelt", async () => {
    const { selection } = await ready({ customer: SHOPPER });
    const result = await complete(PAYMENT, { customerId: SHOPPER.toUpperCase() }, selection);
    expect(result.operation?.status).toBe('SUCCEEDED');
  });

  test('finds the order of a lost answer, without its terms', async () => {
    harness.emulator.faults.add({ match: { path: 'payment-result' }, action: { kind: 'applyThenReset' } });
    expect(orderIn(await complete()).window.state).toBe('UNKNOWN');
    expect(payments()).toHaveLength(1);
  });

  test.each([
    ['crossSell', 'order'],
    ['upsell', 'order'],
    ['crossSell', 'root'],
    ['upsell', 'root'],
  ])('reads the terms as %s in %s, in both dialects', async (crossSellName, crossSellPlace) => {
    harness.emulator.switches.setAll({ crossSellName, crossSellPlace });
    expect(orderIn(await complete()).window.state).toBe('OPEN');
    const { selection, scope } = await openCheckout();
    const inSession = await complete(PAYMENT, { ...scope(), session: scope() }, selection);
    expect(orderIn(inSession).window.state).toBe('OPEN');
  });
});

describe('Checkout API', () => {
  test('goes the same way with the session of the shopper, in one dialect further down', async () => {
    const { selection, scope } = await openCheckout();
    const order = await finishCheckout(() => harness.open(scope()), selection, PAYMENT);
    expect(order).toMatchObject({ status: 'OPEN_FOR_UPSELL', totals: { total: { minor: 30_500n } } });
    const key = order.ref.key;
    const source = harness.open(scope());
    expect(codes(await judge(key, {}, source))).toEqual(['RISK_CHECK_NEEDED']);
    const request = addTo(key);
    const { answers } = await sendSteps(() => port(harness.open(scope()).upsells, 'upsells').add, request);
    expect(answers).toMatchObject([{ outcome: 'confirmed' }]);
    expect((await linesOf(key, harness.open(scope()))).map(({ product }) => product.providerId)).toEqual([
      '1003',
      '1001',
    ]);
    expect(harness.calls().every((call) => call.includes('/api/checkout/'))).toBe(true);
  });

  test('follows the token when it changes, and hands the new one back', async () => {
    harness.emulator.switches.set('rotateTokens', 'drop-old');
    const { selection, token, tokens, scope } = await openCheckout();
    const order = await finishCheckout(() => harness.open(scope()), selection, PAYMENT);
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
    const order = await finishCheckout(() => harness.open(scope()), selection, PAYMENT);
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
    await finishCheckout(() => harness.open({ ...scope(), store: watched }), selection, PAYMENT);
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).not.toContain(SHOPPER);
  });

  test('does not take an earlier order of the session for this one', async () => {
    const { selection, scope } = await openCheckout();
    await finishCheckout(() => harness.open(scope()), selection, PAYMENT);
    expect((await finishCheckout(() => harness.open(scope()), selection, PAYMENT)).providerId).toBe('61');
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
