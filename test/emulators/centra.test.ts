import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { centra } from '../../src/emulators/centra/index.js';
import {
  demoIntegrationToken,
  demoKlarnaPassword,
  demoKlarnaUser,
  demoSecret,
  demoStorefrontToken,
} from '../../src/emulators/centra/credentials.js';
import { isIncreaseSupported } from '../../src/emulators/centra/payment-provider.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { webhookSignature } from '../../src/emulators/centra/webhooks.js';
import { type RunningEmulator, startEmulator } from '../../src/emulators/kit/emulator.js';
import { type Answer, type Call, caller, Json } from './calls.js';

const NBSP = '\u00a0';
const ORIGIN = { origin: 'https://shop.example.com' };
const SECRET = { 'api-authorization': demoSecret };
const basic = `Basic ${Buffer.from(`${demoKlarnaUser}:${demoKlarnaPassword}`).toString('base64')}`;
const PAID = { paymentMethodFields: { klarna_order: 'k-1' } };

let emulator: RunningEmulator;
let shop: Call;
let browser: Call;
let control: Call;
let klarna: Call;

beforeAll(async () => {
  emulator = await startEmulator(centra, { scenario: 'documented' });
  shop = caller(emulator.url, SECRET);
  browser = caller(emulator.url, ORIGIN);
  control = caller(emulator.url);
  klarna = caller(emulator.url, { authorization: basic });
});

afterEach(() => emulator.reset('documented'));
afterAll(() => emulator.close());

const state = () => new Json(emulator.state());
const orderIn = (number: string) =>
  state()
    .rows('orders')
    .find((order) => order.at('order') === number) ?? new Json(null);
const emails = (number: string) =>
  state()
    .rows('emails')
    .filter((email) => email.at('order') === number);

async function ready(options: Record<string, unknown> = {}): Promise<{ selection: string; token: string }> {
  const { json } = await control('POST', '/__emulator/checkouts', options);
  return { selection: json.text('selection'), token: json.text('token') };
}

const finish = (selection: string) => shop('POST', `/api/shop/selections/${selection}/payment-result`, PAID);
const finished = async (selection: string = demoCheckouts.first) => (await finish(selection)).json.text('order');
const add = (order: string, item: string) => shop('POST', `/api/shop/orders/${order}/items/${item}`);
const withToken = (token: string) => ({ 'api-token': token });

describe('sessions', () => {
  test('every body carries a token, which leads back to the same basket', async () => {
    const first = await browser('POST', '/api/checkout/items/1001-1');
    const token = first.json.text('token');
    const again = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(again.json.rows('selection', 'items')).toHaveLength(1);
    expect(again.json.at('token')).toBe(token);
  });

  test('take the token inside Accept too, and none when it says none', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    const accepted = await browser('GET', '/api/checkout/selection', undefined, { accept: `*/*; api-token=${token}` });
    expect(accepted.json.rows('selection', 'items')).toHaveLength(1);
    expect((await browser('POST', '/api/checkout/products', {}, withToken('none'))).json.at('token')).toBeNull();
  });

  test('rotate on demand, and may drop the former token', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    emulator.switches.set('rotateTokens', 'drop-old');
    const next = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(next.json.at('token')).not.toBe(token);
    const lost = await browser('GET', '/api/checkout/selection', undefined, withToken(token));
    expect(lost.json.rows('selection', 'items')).toHaveLength(0);
  });

  test('never show a token in the request log', async () => {
    const token = (await browser('POST', '/api/checkout/items/1001-1')).json.text('token');
    await browser('GET', '/api/checkout/selection', undefined, { accept: `*/*; api-token=${token}` });
    await shop('GET', `/api/shop/selections/${demoCheckouts.first}`);
    const log = JSON.stringify(emulator.requests.list());
    expect(log).not.toContain(token);
    expect(log).not.toContain(demoSecret);
  });
});

describe('access', () => {
  test('is refused to other origins and wrong secrets', async () => {
    const foreign = await control('GET', '/api/checkout/selection', undefined, { origin: 'https://evil.example.com' });
    expect(foreign.status).toBe(401);
    expect((await control('GET', '/api/checkout/selection')).status).toBe(401);
    expect((await control('GET', '/api/checkout/selection', undefined, SECRET)).status).toBe(200);
    const wrong = { authorization: 'Bearer nonsense' };
    expect((await control('GET', '/api/checkout/selection', undefined, wrong)).status).toBe(401);
    expect((await control('POST', '/api/shop/products', {})).status).toBe(401);
  });

  test('fails the preflight of a browser that would send the secret', async () => {
    const preflight = (headers: string) =>
      control('OPTIONS', '/api/checkout/selection', undefined, {
        'access-control-request-headers': headers,
        'access-control-request-method': 'GET',
        ...ORIGIN,
      });
    expect((await preflight('authorization')).status).toBe(403);
    expect((await preflight('api-token')).status).toBe(204);
  });

  test('to markets and pricelists is for servers, to orders for who is logged in', async () => {
    expect((await browser('POST', '/api/checkout/products', { pricelist: 'all' })).status).toBe(403);
    const priced = await control('POST', '/api/checkout/products', { pricelist: 'all' }, SECRET);
    expect(priced.json.rows('products')[0]?.at('prices', '19')).toBe(20_000);
    const denied = await browser('POST', '/api/checkout/orders', { from: 0, size: 5 });
    expect([denied.status, denied.json.at('errors', 'accessRight')]).toEqual([403, 'denied']);
  });

  test('echoes the correlation id and answers unknown paths and broken bodies as documented', async () => {
    const echoed = await browser('GET', '/api/checkout/selection', undefined, { 'x-correlation-id': 'c-1' });
    expect(echoed.headers.get('x-correlation-id')).toBe('c-1');
    const missing = await shop('GET', '/api/shop/nowhere');
    expect([missing.status, missing.json.at('errors', 'uri')]).toEqual([404, 'not found']);
    const broken = await fetch(`${emulator.url}/api/shop/products`, { method: 'POST', headers: SECRET, body: '{' });
    expect(broken.status).toBe(400);
  });
});

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

describe('subscriptions', () => {
  const person = '/api/shop/customers/dana.field@example.com';

  test('of other customers are in the list when it leaks', async () => {
    emulator.reset('sandbox');
    const list = async () => (await shop('POST', `${person}/subscriptions`)).json.rows('contracts');
    const emailsIn = async () => new Set((await list()).map((contract) => contract.at('shippingAddress', 'email')));
    expect(await emailsIn()).toEqual(new Set(['dana.field@example.com']));
    emulator.switches.set('leakForeignRows', true);
    expect(await emailsIn()).toEqual(new Set(['dana.field@example.com', 'robin.vale@example.com']));
  });

  test('start with the checkout, one contract for all its subscribed lines', async () => {
    const { selection } = await ready({
      customer: 'dana.field@example.com',
      items: ['1004-1@1', '1004-1@2', '1001-1'],
    });
    await finish(selection);
    const { json } = await shop('POST', `${person}/subscriptions`);
    expect(json.rows('contracts')).toHaveLength(1);
    const own = json.rows('contracts', 0, 'subscriptions');
    expect(own.map((each) => [each.at('interval', 'type'), each.at('nextOrderDate')])).toEqual([
      ['month', '2023-02-12'],
      ['week', '2023-01-26'],
    ]);
    expect(json.at('contracts', 0, 'subscriptionPayment', 0, 'status')).toBe('Active');
  });

  test('keep the rules of joining, pausing, growing and ending', async () => {
    emulator.reset('sandbox');
    const list = () => shop('POST', `${person}/subscriptions`);
    const first = (await list()).json;
    const contract = String(first.at('contracts', 0, 'contract'));
    const subscription = String(first.at('contracts', 0, 'subscriptions', 0, 'subscription'));
    const join = (body: Record<string, unknown>) =>
      shop('POST', `${person}/contracts/${contract}/subscription`, { item: '1004-1', subscriptionPlan: 2, ...body });
    const today = new Date(emulator.clock.now()).toISOString().slice(0, 10);
    expect((await join({ nextOrderDate: today.slice(0, 8) + '00' })).status).toBe(406);
    expect((await join({ nextOrderDate: '2020-01-01' })).status).toBe(406);
    expect((await join({ nextOrderDate: '2099-01-01', item: '1001-1' })).status).toBe(404);
    const joined = await join({ nextOrderDate: '2099-01-01' });
    expect(joined.json.rows('contracts', 0, 'subscriptions')).toHaveLength(2);

    const change = (quantity: number) =>
      shop('PUT', `${person}/contracts/${contract}/subscription/${subscription}`, { quantity });
    expect((await change(0)).status).toBe(406);
    expect((await change(3)).status).toBe(200);

    const status = (id: string, word: string) =>
      shop('PUT', '/api/shop/subscription/status', { subscription: id, status: word });
    expect((await status(subscription, 'paused')).status).toBe(200);
    expect((await status(subscription, 'cancelled')).status).toBe(200);
    expect((await status(subscription, 'active')).status).toBe(406);
    const other = String((await list()).json.at('contracts', 0, 'subscriptions', 1, 'subscription'));
    await status(other, 'cancelled');
    expect((await list()).json.at('contracts', 0, 'subscriptionPayment')).toEqual([]);
    expect((await join({ nextOrderDate: '2099-01-01' })).status).toBe(406);
  });

  test('keep the plan as it was chosen, and grow only while it is unchanged', async () => {
    emulator.reset('sandbox');
    const own = async () => (await shop('POST', `${person}/subscriptions`)).json;
    const before = await own();
    const contract = before.at('contracts', 0, 'contract');
    const subscription = before.at('contracts', 0, 'subscriptions', 0, 'subscription');
    const change = (quantity: number) =>
      shop('PUT', `${person}/contracts/${String(contract)}/subscription/${String(subscription)}`, { quantity });
    expect((await change(3)).status).toBe(200);
    await control('POST', '/__emulator/plans', { plan: '1', discountPercent: 20 });
    expect((await own()).at('contracts', 0, 'subscriptions', 0, 'discount')).toBe(10);
    expect((await change(4)).status).toBe(406);
    expect((await change(2)).status).toBe(200);
    await shop('PUT', '/api/shop/subscription/interval', { subscription, subscriptionPlan: 1 });
    expect((await own()).at('contracts', 0, 'subscriptions', 0, 'discount')).toBe(20);
    expect((await change(4)).status).toBe(200);
  });

  test('say why they need attention', async () => {
    emulator.reset('sandbox');
    const first = async () => (await shop('POST', `${person}/subscriptions`)).json;
    const contract = (await first()).at('contracts', 0, 'contract');
    await control('POST', '/__emulator/stock', { item: '1004-1', stock: 0 });
    await control('POST', '/__emulator/contract-payments', { contract, status: 'SUSPENDED' });
    const { value } = await first();
    expect(value).toMatchObject({
      contracts: [
        {
          subscriptionPayment: [{ status: 'Pending' }],
          subscriptions: [{ needsAttention: true, attentionReasons: ['OUT_OF_STOCK', 'PAYMENT_DECLINED'] }],
        },
      ],
    });
    const join = { item: '1004-1', subscriptionPlan: 1, nextOrderDate: '2099-01-01' };
    expect((await shop('POST', `${person}/contracts/${String(contract)}/subscription`, join)).status).toBe(406);
    expect((await control('POST', '/__emulator/stock', { item: '7-7', stock: 1 })).status).toBe(400);
  });

  test('follow a change of interval, and not one of country', async () => {
    emulator.reset('sandbox');
    const { json } = await shop('POST', `${person}/subscriptions`);
    const contract = json.at('contracts', 0, 'contract');
    const subscription = json.at('contracts', 0, 'subscriptions', 0, 'subscription');
    await shop('PUT', '/api/shop/subscription/interval', { subscription, subscriptionPlan: 2 });
    const after = (await shop('POST', `${person}/subscriptions`)).json;
    expect(after.at('contracts', 0, 'subscriptions', 0, 'interval')).toEqual({ type: 'week', value: 2 });
    const address = { customer: 'dana.field@example.com', contract, city: 'Elsewhere' };
    expect((await shop('PUT', '/api/shop/subscription/address', address)).status).toBe(200);
    expect((await shop('PUT', '/api/shop/subscription/address', { ...address, country: 'DE' })).status).toBe(406);
  });

  test('are for who is logged in, in Checkout API', async () => {
    expect((await browser('POST', '/api/checkout/customer/subscriptions')).status).toBe(403);
  });
});

describe('webhooks', () => {
  test('are signed as documented', () => {
    const body = 'payload=%7B%22products%22%3A%5B%228123%22%2C%228124%22%5D%2C%22brands%22%3A%5B%2217%22%5D%7D';
    expect(webhookSignature('ep-secret-Kb42', 1767225600, body)).toBe(
      't=1767225600,v1=80e30b06a5f2f204f0eb8f411b372cb257de0c59863af2f8e9d2c7ba01da3b26',
    );
  });

  test('tell of an upsell in one form field, once, twice or not at all, in any order', async () => {
    const received: string[] = [];
    const types: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        received.push(text);
        types.push(request.headers['content-type']);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hooks`;
    const target = (more: Record<string, unknown>) =>
      control('POST', '/__emulator/webhooks', { url, secret: 'ep-secret-Kb42', ...more });
    const settled = async (count: number) => {
      const until = Date.now() + 2_000;
      while (received.length < count && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
      return received.map((text) => new Json(JSON.parse(new URLSearchParams(text).get('payload') ?? 'null')));
    };
    try {
      await target({ duplicate: true });
      const order = await finished();
      const [created, copy] = await settled(2);
      expect(created?.at('events', 0)).toEqual({
        type: 'order',
        action: 'create',
        date: '2023-01-12 10:00:00.000000',
        id: 61,
      });
      expect(copy?.value).toEqual(created?.value);
      expect(types[0]).toBe('application/x-www-form-urlencoded');
      await target({ dialect: 'checkout' });
      await add(order, '1001-1');
      expect((await settled(3))[2]?.value).toEqual({ products: ['1003', '1001'] });
      await target({ dialect: 'storefront' });
      await add(order, '1001-1');
      expect((await settled(4))[3]?.value).toEqual({ DisplayItems: [1003, 1001] });
      await target({ shuffle: true });
      emulator.events.add('order', { action: 'update', order });
      emulator.events.add('order', { action: 'good_to_go', order });
      const reversed = (await settled(5))[4]?.rows('events') ?? [];
      expect(reversed.map((event) => event.at('action'))).toEqual(['good_to_go', 'update']);
      await target({ lose: true });
      await add(order, '1001-1');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(received).toHaveLength(5);
      expect((await target({ url: 'http://example.com/' })).status).toBe(400);
    } finally {
      server.close();
    }
  });
});

describe('the GraphQL APIs', () => {
  const ask = (path: string, token: string, query: string, variables: unknown = {}): Promise<Answer> =>
    control('POST', path, { query, variables }, { authorization: `Bearer ${token}` });

  test('carry token and trace in extensions, report user errors, and know no upsell', async () => {
    const first = await ask('/storefront', demoStorefrontToken, '{ order { id } }');
    expect(first.json.at('data', 'order')).toBeNull();
    const token = first.json.text('extensions', 'token');
    expect(first.json.at('extensions', 'traceId')).toEqual(expect.any(String));
    const added = await ask('/storefront', token, 'mutation { addItem(item: $item) { userErrors { message } } }', {
      item: '7-7',
    });
    expect(added.json.at('data', 'addItem', 'userErrors', 0, 'message')).toBe('Item not found');
    const upsell = await ask('/storefront', token, 'mutation { addCrossSellItem(item: "1") { order { id } } }');
    expect(upsell.json.at('data')).toBeNull();
    expect(upsell.json.rows('errors')).toHaveLength(1);
  });

  test('read orders in the back office within a rate, whose end is stated as a moment', async () => {
    const order = await finished();
    const query = 'query ($where: OrderWhere) { orders(where: $where) { id number status } }';
    const read = () => ask('/graphql', demoIntegrationToken, query, { where: { number: [Number(order)] } });
    const { json } = await read();
    expect(json.at('data', 'orders', 0)).toMatchObject({ number: 61, status: 'PENDING' });
    expect(json.at('extensions', 'complexity')).toEqual(expect.any(Number));
    expect((await ask('/graphql', 'nonsense', query)).status).toBe(403);
    emulator.switches.set('integrationRequestsPerWindow', 1);
    const limited = await read();
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get('retry-after'))).toBe(Date.parse('2023-01-12T09:00:10Z') / 1000);
  });
});

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
