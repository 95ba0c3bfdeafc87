import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { NBSP, PAID, browser, emulator, finish, finished, ready, shop, state, withToken } from './harness.js';

describe('the two dialects', () => {
  test('nest the order in one API and put it at the root in the other', async () => {
    const one = await finish((await ready({ voucher: 'WELCOME' })).selection);
    expect(one.json.at('order')).toBe('61');
    expect(one.json.at('items', 0, 'product')).toBe('1003');
    expect(one.json.at('discounts', 'vouchers', 'WELCOME', 'attributes')).toEqual([]);
    expect(one.json.at('customer')).toBe('guest@example.com');

    const { token } = await ready({ voucher: 'WELCOME' });
    const two = await browser('POST', '/api/checkout/payment-result', PAID, withToken(token));
    expect(two.json.at('order', 'order')).toBe('62');
    expect(two.json.at('order', 'items', 0, 'product', 'product')).toBe('1003');
    expect(two.json.at('order', 'discounts', 'vouchers', 0, 'voucher')).toBe('WELCOME');
    expect(two.json.at('order', 'market')).toBeUndefined();
  });

  test('write an empty map as a list, an absent price as false, and a zero that is negative', async () => {
    const answer = await finish(demoCheckouts.first);
    expect(answer.json.at('discounts')).toMatchObject({ vouchers: [], automaticDiscounts: [] });
    expect(answer.json.at('items', 0, 'discounts')).toEqual({ vouchers: [], automaticDiscounts: null });
    expect(answer.json.at('totals')).toMatchObject({ totalDiscountPrice: false, taxAddedAsNumber: false });
    expect(answer.text).toContain('"priceEachReductionAsNumber":-0');
    const found = await shop('POST', '/api/shop/products', { products: ['1010', '1001'] });
    expect(found.json.at('products', 0, 'media')).toEqual([]);
    expect(found.json.at('products', 1, 'media', 'standard')).toHaveLength(1);
  });

  test('show the order in place of the basket once it is placed', async () => {
    const { token } = await ready();
    await browser('POST', '/api/checkout/payment-result', PAID, withToken(token));
    const after = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(after.json.at('order', 'order')).toBe('61');
    expect(after.json.at('selection')).toBeUndefined();
  });

  test('state times without a zone, in the zone of the instance', async () => {
    expect((await finish(demoCheckouts.first)).json.at('date')).toBe('2023-01-12 10:00:00');
  });
});

describe('prices', () => {
  test('are texts with no-break spaces, rounded, beside the exact number', async () => {
    const { selection } = await ready({ items: ['1004-1'] });
    const { json } = await finish(selection);
    expect(json.at('totals', 'grandTotalPrice')).toBe(`82${NBSP}SEK`);
    expect(json.at('totals', 'grandTotalPriceAsNumber')).toBe(82.4);
    const american = await finish((await ready({ items: ['1004-1'], market: 'us' })).selection);
    expect(american.json.at('totals', 'grandTotalPrice')).toBe(`$${NBSP}8.24${NBSP}USD`);
  });
});

describe('payment-result', () => {
  test('is taken as POST and as PUT, once per order, and then there is the receipt', async () => {
    expect((await finish(demoCheckouts.first)).status).toBe(200);
    const path = `/api/shop/selections/${demoCheckouts.first}`;
    const again = await shop('PUT', `${path}/payment-result`, PAID);
    expect(again.status).toBe(406);
    expect(again.json.at('errors')).toBeDefined();
    const receipt = await shop('GET', `${path}/receipt`);
    expect(receipt.json.at('order')).toBe('61');
    expect(receipt.json.at('crossSell')).toBeUndefined();
    const { selection } = await ready();
    expect((await shop('PUT', `/api/shop/selections/${selection}/payment-result`, PAID)).status).toBe(200);
  });

  test('answers 201 for an external payment, 412 for a failed one, and may ask for a redirect', async () => {
    expect((await finish((await ready({ payment: 'external' })).selection)).status).toBe(201);
    const { selection } = await ready();
    const failed = { paymentMethodFields: { status: 'failed' } };
    const refused = await shop('POST', `/api/shop/selections/${selection}/payment-result`, failed);
    expect([refused.status, refused.json.at('errors', 'paymentMethod')]).toEqual([412, 'failed']);
    emulator.switches.set('paymentResultAction', 'redirect');
    expect((await finish(selection)).json.at('action')).toBe('redirect');
    expect(state().rows('orders')).toHaveLength(1);
  });

  test('follows a payment that was begun, whatever its plugin answers', async () => {
    const { token } = await ready({ items: ['1001-1'] });
    const pay = (paymentMethod: string) =>
      browser('POST', '/api/checkout/payment', { paymentMethod }, withToken(token));
    expect((await pay('kco3')).json.at('action')).toBe('form');
    expect((await pay('dummy')).json.at('action')).toBe('success');
    expect((await pay('unheard-of')).status).toBe(406);
  });

  test('states the upsell terms under either name, in either place, within 1 to 20 minutes', async () => {
    expect((await finish(demoCheckouts.first)).json.at('crossSell')).toEqual({ isAllowed: true, timeLimit: 3 });
    emulator.switches.setAll({ crossSellName: 'upsell', crossSellPlace: 'root', crossSellMinutes: 90 });
    const { token } = await ready();
    const { json } = await browser('POST', '/api/checkout/payment-result', PAID, withToken(token));
    expect(json.at('upsell')).toEqual({ isAllowed: true, timeLimit: 20 });
    expect(json.at('order', 'upsell')).toBeUndefined();
    emulator.switches.set('crossSellPlace', 'order');
    const other = await ready();
    const nested = await browser('POST', '/api/checkout/payment-result', PAID, withToken(other.token));
    expect(nested.json.at('order', 'upsell')).toBeDefined();
  });

  test('does not allow it for other plugins, methods and markets, or when it is off', async () => {
    const termsOf = async (options: Record<string, unknown>) =>
      (await finish((await ready(options)).selection)).json.at('crossSell');
    const not = { isAllowed: false, timeLimit: 3 };
    expect(await termsOf({ payment: 'klarna-playground' })).toEqual(not);
    expect(await termsOf({ method: 'CARD' })).toEqual(not);
    expect(await termsOf({ market: 'ch' })).toEqual(not);
    emulator.switches.set('crossSellDecidedAt', 'update');
    expect(await termsOf({ method: 'CARD' })).toEqual({ isAllowed: true, timeLimit: 3 });
    emulator.switches.setAll({ crossSellEnabled: false, crossSellWhenUnavailable: 'absent' });
    expect(await termsOf({})).toBeUndefined();
    emulator.switches.set('crossSellWhenUnavailable', 'list');
    expect(await termsOf({})).toEqual([]);
  });
});

describe('candidate products', () => {
  test('come with the prices of the order; some or none may be missing', async () => {
    const order = await finished((await ready({ market: 'us' })).selection);
    const ask = (products: readonly string[]) => shop('POST', `/api/shop/orders/${order}/items`, { products });
    const all = await ask(['1001', '1002']);
    expect(all.json.rows('products').map((each) => each.at('priceAsNumber'))).toEqual([20, 10]);
    expect(all.json.at('failedToFetch')).toBeUndefined();
    const some = await ask(['1001', '7']);
    expect(some.json.value).toMatchObject({ successfullyFetched: [1001], failedToFetch: [7] });
    expect(some.json.at('products', 0, 'product')).toBe('1001');
    const none = await ask(['7']);
    expect([none.status, none.json.at('errors', 'products')]).toEqual([404, 'products not found']);
    expect((await ask([])).status).toBe(400);
  });
});
