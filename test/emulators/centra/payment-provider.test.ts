import { describe, expect, test } from '@jest/globals';
import { isIncreaseSupported } from '../../../src/emulators/centra/payment-provider.js';
import { add, control, emulator, finished, klarna, orderIn } from './harness.js';

describe("the payment provider's order management", () => {
  test.each([
    ['INVOICE', 'SE', true, true],
    ['INVOICE', 'CH', false, false],
    ['FIXED_AMOUNT', 'NL', false, true],
    ['FIXED_AMOUNT', 'US', false, false],
    ['DEFERRED_INTEREST', 'US', true, false],
    ['BASE_ACCOUNT', 'SE', false, true],
    ['CARD', 'SE', false, false],
  ] as const)('raises %s in %s by the older table: %s, by the newer: %s', (method, country, older, newer) => {
    expect(isIncreaseSupported('older', method, country)).toBe(older);
    expect(isIncreaseSupported('newer', method, country)).toBe(newer);
  });

  test('answers as documented, and a repeated key without looking at the body', async () => {
    await finished();
    const path = `/psp/ordermanagement/v1/orders/${String(orderIn('61').at('paymentReference'))}`;
    const raise = (order_amount: number, key?: string) =>
      klarna(
        'PATCH',
        `${path}/authorization`,
        { order_amount, order_lines: [{}] },
        key ? { 'klarna-idempotency-key': key } : {},
      );
    expect((await control('PATCH', `${path}/authorization`, { order_amount: 1 })).status).toBe(401);
    expect((await raise(40_000, 'one')).status).toBe(204);
    expect((await raise(300_000_000, 'one')).status).toBe(204);
    expect((await raise(300_000_000)).status).toBe(400);
    expect((await klarna('GET', path)).json.at('authorisedAmount')).toBe(40_000);
    for (const [behaviour, status] of [
      ['conflict', 409],
      ['throttle', 429],
      ['error', 500],
      ['unavailable', 503],
    ] as const) {
      emulator.switches.set('paymentProvider', behaviour);
      expect((await raise(41_000)).status).toBe(status);
    }
    emulator.switches.set('paymentProvider', 'table');
    expect((await klarna('POST', `${path}/captures`, { captured_amount: 39_000 })).status).toBe(201);
    const tooLow = await raise(38_000);
    expect([tooLow.status, tooLow.json.at('error_messages', 0)]).toEqual([403, 'Update not allowed.']);
    expect((await klarna('POST', `${path}/cancel`)).status).toBe(403);
    expect((await klarna('POST', `${path}/captures`, { captured_amount: 1_000 })).status).toBe(201);
    expect((await raise(50_000)).status).toBe(403);
    expect(
      (await klarna('PATCH', '/psp/ordermanagement/v1/orders/none/authorization', { order_amount: 1 })).status,
    ).toBe(404);
  });

  test.each(['CAPTURED', 'CANCELLED', 'EXPIRED'])('lets an order not grow that is %s', async (status) => {
    const order = await finished();
    const order_id = orderIn(order).at('paymentReference');
    expect((await control('POST', '/__emulator/payment-orders', { order_id, status })).status).toBe(200);
    expect((await add(order, '1001-1')).status).toBe(412);
    expect(orderIn(order).rows('lines')).toHaveLength(1);
  });

  test('cancels what was not captured', async () => {
    const path = `/psp/ordermanagement/v1/orders/${String(orderIn(await finished()).at('paymentReference'))}`;
    expect((await klarna('POST', `${path}/cancel`)).status).toBe(204);
    expect((await klarna('POST', `${path}/captures`, { captured_amount: 1 })).status).toBe(403);
  });
});
