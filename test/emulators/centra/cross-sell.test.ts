import { describe, expect, test } from '@jest/globals';
import {
  NBSP,
  PAID,
  add,
  browser,
  emails,
  emulator,
  finished,
  klarna,
  orderIn,
  ready,
  state,
  withToken,
} from './harness.js';

describe('adding to a placed order', () => {
  test('makes new lines and authorises the full new total each time: 305, 505, 605', async () => {
    const order = await finished();
    const first = await add(order, '1001-1');
    expect(first.json.at('totals', 'grandTotalPriceAsNumber')).toBe(505);
    expect((await add(order, '1002-1')).json.at('totals', 'grandTotalPriceAsNumber')).toBe(605);
    const placed = orderIn(order);
    const reference = placed.at('paymentReference');
    expect(
      placed.rows('transactions').map((each) => [each.at('entry'), each.at('amount'), each.at('reference')]),
    ).toEqual([
      ['Auth-old', 30_500, reference],
      ['Auth-old', 50_500, reference],
      ['Auth', 60_500, reference],
    ]);
    expect(placed.rows('history').map((each) => each.at('text'))).toEqual([
      'Order created',
      `Updated Authorization (Cross-sell) from 305${NBSP}SEK to 505${NBSP}SEK`,
      `Updated Authorization (Cross-sell) from 505${NBSP}SEK to 605${NBSP}SEK`,
    ]);
    expect(state().at('paymentOrders', 0, 'authorisedAmount')).toBe(60_500);
  });

  test('does it again when it is asked again, on a line of its own', async () => {
    const order = await finished();
    await add(order, '1003-1');
    const { json } = await add(order, '1003-1');
    const lines = json.rows('items');
    expect(lines.map((line) => line.at('item'))).toEqual(['1003-1', '1003-1', '1003-1']);
    expect(new Set(lines.map((line) => line.at('line'))).size).toBe(3);
    expect(json.at('totals', 'grandTotalPriceTaxAsNumber')).toBe(183);
  });

  test('is over when the limit is, and the one confirmation is sent then', async () => {
    const order = await finished();
    emulator.clock.advance(179_000);
    expect((await add(order, '1001-1')).status).toBe(200);
    expect(emails(order)).toHaveLength(0);
    emulator.clock.advance(1_000);
    expect(orderIn(order).at('phase')).toBe('CLOSED');
    expect((await add(order, '1001-1')).status).toBe(412);
    emulator.clock.advance(3_600_000);
    expect(emails(order).map((email) => email.at('at'))).toEqual(['2023-01-12T09:03:00.000Z']);
  });

  test('is never open without an offer, and then the confirmation is sent at once', async () => {
    const { selection } = await ready({ method: 'CARD' });
    const order = await finished(selection);
    expect(orderIn(order).at('phase')).toBe('CLOSED');
    expect(emails(order)).toHaveLength(1);
    expect((await add(order, '1001-1')).status).toBe(412);
  });

  test('takes back everything when the authorisation is refused, and keeps the former one', async () => {
    const order = await finished();
    const before = orderIn(order);
    const stock = () =>
      state()
        .rows('products')
        .find((each) => each.at('product') === '1001')
        ?.at('sizes', 0, 'stock');
    const stockBefore = stock();
    emulator.switches.set('paymentProvider', 'refuse');
    const refused = await add(order, '1001-1');
    expect([refused.status, refused.json.at('errors')]).toEqual([412, { crossSell: 'payment update failed' }]);
    const after = orderIn(order);
    expect(after.at('lines')).toEqual(before.at('lines'));
    expect(stock()).toBe(stockBefore);
    expect(after.rows('transactions').map((each) => [each.at('entry'), each.at('amount')])).toEqual([
      ['Auth', 30_500],
      ['Auth-update-failed', 50_500],
    ]);
    expect(after.at('history', 1)).toMatchObject({
      code: '403 NOT_ALLOWED',
      correlationId: expect.stringMatching(/^\w{8}-/),
    });
    expect(emails(order)).toHaveLength(0);
    const reference = String(after.at('paymentReference'));
    const captured = await klarna('POST', `/psp/ordermanagement/v1/orders/${reference}/captures`, {
      captured_amount: 30_500,
    });
    expect(captured.status).toBe(201);
    emulator.clock.advance(180_000);
    expect(emails(order)).toHaveLength(1);
  });

  test('may confirm at once after a refusal, and only once', async () => {
    emulator.switches.setAll({ emailAfterRefusal: 'immediately', paymentProvider: 'refuse' });
    const order = await finished();
    await add(order, '1001-1');
    expect(emails(order)).toHaveLength(1);
    emulator.clock.advance(600_000);
    expect(emails(order)).toHaveLength(1);
  });

  test('takes back after a lost answer of the payment provider, which may have raised the amount all the same', async () => {
    emulator.switches.setAll({ paymentProvider: 'timeout', paymentProviderAppliesOnTimeout: true });
    const order = await finished();
    expect((await add(order, '1001-1')).status).toBe(412);
    expect(orderIn(order).rows('lines')).toHaveLength(1);
    expect(state().at('paymentOrders', 0, 'authorisedAmount')).toBe(50_500);
    expect(orderIn(order).at('history', 1, 'code')).toBe('TIMEOUT');
  });

  test.each([
    ['an unknown order', '99', '1001-1', 404, 'order'],
    ['an unknown item', '61', '1001-9', 404, 'item'],
    ['an item out of stock', '61', '1005-1', 410, 'stock'],
    ['an item without a price', '61', '1008-1', 406, 'item'],
    ['an item sold in pairs', '61', '1009-1', 406, 'quantity'],
    ['a flexible bundle', '61', '1006-1', 406, 'item'],
  ])('refuses %s', async (_what, order, item, status, key) => {
    await finished();
    const refused = await add(order, item);
    expect(refused.status).toBe(status);
    expect(refused.json.at('errors', key)).toBeDefined();
    expect(orderIn('61').rows('lines')).toHaveLength(1);
  });

  test('takes a fixed bundle', async () => {
    expect((await add(await finished(), '1007-1')).status).toBe(200);
  });

  test('belongs to the session or the customer of the order', async () => {
    const { token } = await ready({ customer: 'dana.field@example.com' });
    const placed = await browser('POST', '/api/checkout/payment-result', PAID, withToken(token));
    const path = `/api/checkout/orders/${placed.json.text('order', 'order')}/items/1001-1`;
    expect((await browser('POST', path)).status).toBe(404);
    expect((await browser('POST', path, undefined, withToken(token))).status).toBe(200);
    const login = await browser('POST', '/api/checkout/login/dana.field@example.com', {
      password: 'demo-password-0001',
    });
    expect((await browser('POST', path, undefined, withToken(login.json.text('token')))).status).toBe(200);
  });
});
