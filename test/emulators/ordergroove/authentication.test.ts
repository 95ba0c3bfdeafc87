import { describe, expect, test } from '@jest/globals';
import { storefrontSignature } from '../../../src/emulators/ordergroove/authentication.js';
import { demoStorefrontKey } from '../../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { caller } from '../calls.js';
import { DECAF, OTHER, SHOPPER, YEN, account, api, bulk, emulator, shopperCall, signed, standAt } from './harness.js';

describe('authentication', () => {
  test('signs as the documented vectors do', () => {
    const sign = (customer: string, isRecognised = false) =>
      storefrontSignature(demoStorefrontKey, customer, '1760000000', isRecognised);
    expect(sign(SHOPPER)).toBe('G8vrNcHeZi3fumXOqY3NZNBzZoOjOfuD/1diPZGHqSc=');
    expect(sign(SHOPPER, true)).toBe('ebbE5Y89n6PVLgCpzRP4ZSR4oW/e5T3/ukEyXZ1bkNM=');
    expect(sign('Ünïcode-7')).toBe('B7lwpOysj1B7hb/x+uw3zrD7C//7TpFMKn5jpf9Dq34=');
  });

  test('takes a vector over HTTP, with ts as number or text, at any customer id', async () => {
    standAt('2025-10-09T09:00:00Z');
    const vector = {
      public_id: account['merchantId'],
      sig_field: SHOPPER,
      ts: 1_760_000_000,
      sig: 'G8vrNcHeZi3fumXOqY3NZNBzZoOjOfuD/1diPZGHqSc=',
    };
    const call = caller(emulator.url);
    for (const value of [vector, { ...vector, ts: '1760000000' }]) {
      expect((await call('GET', '/orders/', undefined, { authorization: JSON.stringify(value) })).status).toBe(200);
    }
    const unicode = await shopperCall('Ünïcode-7')('GET', '/orders/');
    expect(unicode.json.rows('results').map((row) => row.at('customer'))).toEqual(['Ünïcode-7']);
  });

  test.each([
    ['no credential', () => ({})],
    ['an unknown key', () => ({ 'x-api-key': 'nobody' })],
    ['a header that is not JSON', () => ({ authorization: 'Bearer token' })],
    ['a wrong signature', () => signed(SHOPPER, { sig: 'AAAA' })],
    ['another merchant', () => signed(SHOPPER, { public_id: 'ffffffffffffffffffffffffffffffff' })],
    ['a trust level that was not signed', () => ({ ...signed(SHOPPER, { trust_level: 'logged_in' }) })],
    [
      'a signature older than two hours',
      () => signed(SHOPPER, {}, new Date(emulator.clock.now().getTime() - 7_201_000)),
    ],
  ])('answers 403 to %s', async (_name, headers: () => Record<string, string>) => {
    const answer = await caller(emulator.url)('GET', '/orders/', undefined, headers());
    expect(answer).toMatchObject({ status: 403, text: '{"detail":"Authentication Failed"}' });
  });

  test('lets a signature expire by the emulator clock', async () => {
    const call = shopperCall();
    emulator.clock.advance(7_199_000);
    expect((await call('GET', '/orders/')).status).toBe(200);
    emulator.clock.advance(2_000);
    expect((await call('GET', '/orders/')).status).toBe(403);
  });

  test('opens to a recognised shopper only what the reference allows', async () => {
    const call = shopperCall(SHOPPER, { trust_level: 'recognized' });
    const added = await call('POST', '/items/iu/', { order: demoOrders.next, offer: 'o', product: DECAF, quantity: 1 });
    const item = added.json.text('public_id');
    const allowed = [
      added.status,
      (await call('GET', '/orders/')).status,
      (await call('GET', `/orders/${demoOrders.next}/`)).status,
      (await call('GET', `/subscriptions/${demoOrders.subscription}/`)).status,
      (await call('GET', '/addresses/')).status,
      (await call('PATCH', `/orders/${demoOrders.next}/change_place_date/`, { place: '2026-03-09 00:00:00' })).status,
      (await call('PATCH', `/subscriptions/${demoOrders.subscription}/cancel/`, {})).status,
      (await call('DELETE', `/items/${item}/delete/`)).status,
    ];
    expect(allowed).toEqual([200, 200, 200, 200, 200, 200, 200, 204]);
    const refused = [
      await call('GET', '/items/'),
      await call('GET', `/items/${item}/`),
      await call('PATCH', `/items/${item}/change_quantity/`, { quantity: 2 }),
      await call('GET', '/subscriptions/'),
      await call('POST', '/subscriptions/create_from_item/', { item, every: 1, every_period: 3 }),
      await call('POST', '/subscriptions/iu/', {}),
      await call('PATCH', `/subscriptions/${demoOrders.subscription}/change_quantity/`, { quantity: 2 }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  });

  test('keeps application endpoints from shoppers', async () => {
    const call = shopperCall();
    const refused = [
      await call('PATCH', `/items/${demoOrders.oneTimeItem}/change_price/`, { price: '1.00' }),
      await call('PATCH', `/orders/${demoOrders.next}/update/`, { extra_data: {} }),
      await call('PATCH', `/subscriptions/${demoOrders.subscription}/update/`, { price: '1.00' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test('shows a shopper only their own records, and foreign ids as missing', async () => {
    const call = shopperCall(OTHER);
    for (const path of ['/orders/', '/items/', '/subscriptions/', '/addresses/', '/payments/']) {
      const { json } = await call('GET', `${path}?page_size=100`);
      expect(json.rows('results').length).toBeGreaterThan(0);
      expect(
        json.rows('results').filter((row) => row.at('customer') === SHOPPER || row.at('order') === demoOrders.next),
      ).toEqual([]);
    }
    const foreign = [
      await call('GET', `/orders/${demoOrders.next}/`),
      await call('GET', `/items/${demoOrders.oneTimeItem}/`),
      await call('GET', `/subscriptions/${demoOrders.subscription}/`),
      await call('GET', `/customers/${SHOPPER}/`),
      await call('POST', '/items/iu/', { order: demoOrders.next, offer: 'o', product: DECAF, quantity: 1 }),
      await call('DELETE', `/items/${demoOrders.oneTimeItem}/delete/`),
      await call('PATCH', `/subscriptions/${demoOrders.subscription}/cancel/`),
    ];
    for (const answer of foreign) {
      expect(answer).toMatchObject({ status: 404, text: '{"detail":"Unable to find requested asset."}' });
    }
    expect((await call('GET', `/orders/?customer=${SHOPPER}`)).json.at('count')).toBe(0);
  });

  test('wants lists narrowed to one customer unless the key has the bulk permission', async () => {
    expect((await api('GET', '/orders/')).status).toBe(403);
    expect((await api('GET', `/orders/?customer=${SHOPPER}`)).status).toBe(200);
    emulator.switches.set('unscopedListWithoutBulk', 'empty');
    expect((await api('GET', '/orders/')).json.at('results')).toEqual([]);
    const customers = (await bulk('GET', '/orders/?page_size=100')).json
      .rows('results')
      .map((row) => row.at('customer'));
    expect(new Set(customers)).toEqual(new Set([SHOPPER, YEN, OTHER, 'Ünïcode-7']));
  });
});
