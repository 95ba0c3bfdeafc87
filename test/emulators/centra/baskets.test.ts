import { describe, expect, test } from '@jest/globals';
import { PAID, browser, emulator, finish, ready, shop, withToken } from './harness.js';

describe('baskets and accounts', () => {
  test('change lines, and a bulk change may be partial', async () => {
    const { token } = await ready({ items: ['1001-1'] });
    const call = (method: string, path: string, body?: unknown) =>
      browser(method, `/api/checkout${path}`, body, withToken(token));
    const line = (await call('GET', '/selection')).json.text('selection', 'items', 0, 'line');
    expect((await call('PUT', `/lines/${line}/quantity/3`)).json.at('selection', 'items', 0, 'quantity')).toBe(3);
    expect((await call('DELETE', `/lines/${line}/quantity/1`)).json.at('selection', 'items', 0, 'quantity')).toBe(2);
    const many = await call('PUT', '/items', {
      items: [
        { item: '1002-1', quantity: 1 },
        { item: '7-1', quantity: 1 },
      ],
    });
    expect(many.status).toBe(200);
    expect(many.json.at('errors', '7-1')).toBeDefined();
    expect(many.json.rows('selection', 'items')).toHaveLength(2);
    expect((await call('DELETE', `/lines/${line}`)).json.rows('selection', 'items')).toHaveLength(1);
  });

  test('list the orders of who is logged in, page by page', async () => {
    emulator.reset('sandbox');
    const wrong = await browser('POST', '/api/checkout/login/dana.field@example.com', { password: 'x' });
    expect([wrong.status, wrong.json.at('errors', 'password')]).toEqual([406, 'incorrect']);
    const login = await browser('POST', '/api/checkout/login/dana.field@example.com', {
      password: 'demo-password-0001',
    });
    expect(login.json.at('loggedIn', 'email')).toBe('dana.field@example.com');
    const token = withToken(login.json.text('token'));
    const page = await browser('POST', '/api/checkout/orders', { from: 14, size: 5 }, token);
    expect(page.json.rows('orders')).toHaveLength(2);
    expect(page.json.at('ordersPaging')).toEqual({ from: 14, size: 5, totalSize: 16 });
    await browser('POST', '/api/checkout/logout', undefined, token);
    expect((await browser('POST', '/api/checkout/orders', {}, token)).status).toBe(403);
    const taken = await browser('POST', '/api/checkout/register', {
      email: 'dana.field@example.com',
      password: 'abcd',
    });
    expect(taken.status).toBe(409);
  });

  test('watch the stock in three ways', async () => {
    const { selection } = await ready({ items: ['1003-3'] });
    const drain = { items: [{ item: '1003-3', quantity: 6 }] };
    const token = withToken((await browser('PUT', '/api/checkout/items', drain)).json.text('token'));
    await browser('POST', '/api/checkout/payment', { paymentMethod: 'dummy' }, token);
    await browser('POST', '/api/checkout/payment-result', PAID, token);
    const line = (await shop('GET', `/api/shop/selections/${selection}`)).json.text('items', 0, 'line');
    await shop('PUT', `/api/shop/selections/${selection}/lines/${line}/quantity/4`);
    const short = await finish(selection);
    expect([short.status, short.json.at('unavailable', 0, 'available')]).toEqual([410, 1]);
    emulator.switches.set('stockMode', 'aggressive');
    const withdrawn = await shop('GET', `/api/shop/selections/${selection}`);
    expect([withdrawn.status, withdrawn.json.at('unavailable', 0, 'unavailable')]).toEqual([200, 3]);
    emulator.switches.set('stockMode', 'off');
    const carefree = await shop('POST', '/api/shop/products', { products: ['1005'] });
    expect(carefree.json.at('products', 0, 'items', 0, 'stock')).toBe('yes');
  });
});
