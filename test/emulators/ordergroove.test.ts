import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { storefrontSignature } from '../../src/emulators/ordergroove/authentication.js';
import { fromCentral, readCentral, toCentral, toOffsetText } from '../../src/emulators/ordergroove/central-time.js';
import { addInterval, frequencyDays } from '../../src/emulators/ordergroove/interval.js';
import { demoBulkApiKey, demoStorefrontKey } from '../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { webhookSignature } from '../../src/emulators/ordergroove/webhooks.js';
import { type Call, caller, Json } from './calls.js';

const SHOPPER = '8801234567890';
const OTHER = '90071992547409931234';
const YEN = '00026001';
const DECAF = '00010482';
const OFFER = '6b3e0e7045a811ed92406e28f0c7c7df';

let emulator: RunningEmulator;
let api: Call;
let bulk: Call;
let account: Readonly<Record<string, string>>;

beforeAll(async () => {
  emulator = await startEmulator(emulators.ordergroove);
  account = emulators.ordergroove.sandbox(emulator.url).account;
  api = caller(emulator.url, { 'x-api-key': account['apiKey'] ?? '' });
  bulk = caller(emulator.url, { 'x-api-key': demoBulkApiKey });
});
beforeEach(() => startAgain());
afterAll(() => emulator.close());

/** The sandbox data, dated around a winter noon in Chicago at which the clock stands still. */
function startAgain(switches: Record<string, unknown> = {}): void {
  emulator.reset('sandbox', switches, { at: new Date('2026-03-02T18:00:00Z'), frozen: true });
}

function standAt(instant: string): void {
  emulator.clock.set(new Date(instant), { frozen: true });
}

/** The value of the `Authorization` header. */
function signed(
  customer: string,
  extra: Record<string, unknown> = {},
  at = emulator.clock.now(),
): Record<string, string> {
  const ts = Math.floor(at.getTime() / 1000);
  const sig = storefrontSignature(demoStorefrontKey, customer, String(ts), extra['trust_level'] === 'recognized');
  const value = JSON.stringify({ public_id: account['merchantId'], sig_field: customer, ts, sig, ...extra });
  return { authorization: Buffer.from(value, 'utf8').toString('latin1') };
}

const shopperCall = (customer = SHOPPER, extra = {}) => caller(emulator.url, signed(customer, extra));

const upsell = (product: string, fields: object = {}) =>
  api('POST', '/items/iu/', { order: demoOrders.next, offer: account['offerId'], product, quantity: 1, ...fields });

const orderOf = async (id: string) => (await api('GET', `/orders/${id}/`)).json;
const itemsOf = async (id: string) => (await api('GET', `/items/?order=${id}&page_size=100`)).json.rows('results');
const subscriptionItem = async (order: string) => {
  const item = (await itemsOf(order)).find((row) => row.at('subscription') !== null);
  if (!item) throw new Error('No subscription item.');
  return item;
};
const eventTypes = () => emulator.events.list().map(({ type }) => type);

describe('the documented Instant Upsell calls', () => {
  const customer = '6419554042026';
  const first = '6789756e263d11eea3da0a20cdd8d0a2';
  const item = 'af43b5b05ed511ee9edcceb803f32292';
  const upsellRequest = { order: first, offer: OFFER, product: '44931275391146', quantity: 1 };
  const order = {
    merchant: 'a87c5d3c787b11ec9f630e0e56c94aa5',
    customer,
    payment: 'e3d5ed784fc911ed8478cebaac07b7e6',
    shipping_address: 'ed91e5e84fc811eda19f2e7f57e06c98',
    public_id: first,
    sub_total: '77.94',
    tax_total: '0.00',
    shipping_total: '0.00',
    discount_total: '13.82',
    total: '77.94',
    created: '2023-07-19 09:06:06',
    updated: '2023-09-09 00:39:31',
    place: '2023-10-09 00:00:00',
    cancelled: null,
    tries: 0,
    generic_error_count: 0,
    status: 1,
    type: 1,
    order_merchant_id: null,
    rejected_message: null,
    extra_data: null,
    locked: false,
    oos_free_shipping: false,
  };

  beforeEach(() => emulator.reset('documented'));

  test('list the two upcoming orders with every field as documented', async () => {
    const headers = signed(customer, { public_id: order.merchant });
    const { json } = await caller(emulator.url)('GET', '/orders?status=1', undefined, headers);
    expect(json.value).toEqual({
      count: 2,
      next: null,
      previous: null,
      results: [
        order,
        {
          ...order,
          public_id: '554f0ede34e511eeba08c2f2e26389f5',
          payment: '393d84e6f11011ed9753ea90a0f1339a',
          sub_total: '44.82',
          discount_total: '8.35',
          total: '44.82',
          created: '2023-08-07 00:43:27',
          updated: '2023-09-29 09:24:13',
          place: '2023-12-13 00:00:00',
        },
      ],
    });
  });

  test('add an item and convert it', async () => {
    expect((await api('POST', '/items/iu/', upsellRequest)).json.value).toEqual({
      order: first,
      offer: OFFER,
      subscription: null,
      product: '44931275391146',
      quantity: 1,
      components: [],
      public_id: item,
      price: '4.00',
      extra_cost: '0.00',
      total_price: '3.80',
      one_time: true,
      frozen: false,
      first_placed: null,
      product_attribute: null,
      subscription_component: null,
    });
    const { json } = await api('POST', '/subscriptions/create_from_item/', {
      item,
      every: 8,
      every_period: 2,
      offer: OFFER,
    });
    expect(json.value).toEqual({
      customer,
      merchant: order.merchant,
      product: '44931275391146',
      payment: order.payment,
      shipping_address: order.shipping_address,
      offer: OFFER,
      subscription_type: null,
      raw_subscription_type: null,
      components: [],
      extra_data: {},
      public_id: '25e5a2dc5ed611ee9ee0de51b7f814f0',
      quantity: 1,
      price: null,
      frequency_days: 56,
      reminder_days: 10,
      every: 8,
      every_period: 2,
      start_date: '2023-09-29',
      cancelled: null,
      cancel_reason: null,
      iteration: null,
      sequence: null,
      session_id: 'a87c5d3c787b11ec9f630e0e56c94aa5.666152.666152',
      merchant_order_id: null,
      created: '2023-09-29 09:40:34',
      updated: '2023-09-29 09:40:34',
      live: true,
      external_id: null,
      product_attribute: null,
      cancel_reason_code: null,
      customer_rep: null,
      club: null,
      prepaid_subscription_context: null,
    });
  });

  test('leave the order with a net sub_total and a consistent discount', async () => {
    await api('POST', '/items/iu/', upsellRequest);
    expect((await orderOf(first)).value).toMatchObject({
      sub_total: '81.74',
      discount_total: '14.02',
      total: '81.74',
      updated: '2023-09-29 09:40:34',
    });
  });

  test('create a subscription on the order, whose own payment wins', async () => {
    emulator.clock.advance(149_000);
    const { json } = await api('POST', '/subscriptions/iu/', {
      merchant: order.merchant,
      customer,
      session_id: 'anystring',
      offer: OFFER,
      product: '44931275391146',
      order: first,
      payment: '393d84e6f11011ed9753ea90a0f1339a',
      shipping_address: order.shipping_address,
      quantity: 1,
      every: 8,
      every_period: 2,
    });
    expect(json.value).toMatchObject({
      public_id: '7e86446e5ed611eea708eea9088ec581',
      payment: order.payment,
      subscription_type: 'replenishment',
      raw_subscription_type: 'IU replenishment',
      session_id: 'anystring',
      merchant_order_id: '207107434',
      start_date: '2023-09-29',
      created: '2023-09-29 09:43:03',
      updated: '2023-09-29 09:43:03',
      frequency_days: 56,
    });
    const added = (await itemsOf(first)).find((row) => row.at('subscription') === '7e86446e5ed611eea708eea9088ec581');
    expect(added?.value).toMatchObject({ product: '44931275391146', one_time: false, total_price: '3.80' });
  });
});

describe('Central time', () => {
  test('follows daylight saving both ways', () => {
    expect(toCentral(new Date('2023-10-09T05:00:00Z'))).toBe('2023-10-09 00:00:00');
    expect(toCentral(new Date('2023-12-13T06:00:00Z'))).toBe('2023-12-13 00:00:00');
    expect(fromCentral('2023-10-09 00:00:00').toISOString()).toBe('2023-10-09T05:00:00.000Z');
    expect(fromCentral('2023-12-13').toISOString()).toBe('2023-12-13T06:00:00.000Z');
    expect(fromCentral('2026-11-01 01:30:00').toISOString()).toBe('2026-11-01T06:30:00.000Z');
    expect(toOffsetText('2026-07-01 00:00:00')).toBe('2026-07-01T00:00:00-05:00');
    expect(toOffsetText('2026-01-01 00:00:00')).toBe('2026-01-01T00:00:00-06:00');
  });

  test('refuses impossible dates', () => {
    expect(readCentral('2017-02-29')).toBeNull();
    expect(readCentral('2026-03-01T25:00:00')).toBeNull();
    expect(readCentral('2026-03-01T12:00:00')).toBe('2026-03-01 12:00:00');
  });

  test('schedules by calendar, while frequency_days counts 30-day months', () => {
    expect(addInterval('2026-11-20', 12, 3)).toBe('2027-11-20');
    expect(addInterval('2026-01-31', 1, 3)).toBe('2026-02-28');
    expect(addInterval('2024-02-29', 1, 4)).toBe('2025-02-28');
    expect(addInterval('2026-03-01', 8, 2)).toBe('2026-04-26');
    expect([frequencyDays(8, 2), frequencyDays(6, 3), frequencyDays(12, 3)]).toEqual([56, 180, 360]);
  });

  test('stamps records from the emulator clock, in Central time', async () => {
    standAt('2026-03-08T07:59:59Z');
    const before = (await upsell(DECAF, { order: demoOrders.later })).json.text('order');
    expect((await orderOf(before)).at('updated')).toBe('2026-03-08 01:59:59');
    emulator.clock.advance(1_000);
    await upsell(DECAF, { order: demoOrders.later });
    expect((await orderOf(before)).at('updated')).toBe('2026-03-08 03:00:00');
  });
});

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
      await call('GET', '/offer_profiles/'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await api('GET', '/offer_profiles/')).json.at('count')).toBe(1);
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

describe('lists', () => {
  const ids = (json: Json) => json.rows('results').map((row) => row.text('public_id'));

  async function walk(path: string, headers: Record<string, string> = {}, between = async () => {}): Promise<string[]> {
    const seen: string[] = [];
    for (let next: unknown = path; typeof next === 'string';) {
      const { json } = await api('GET', next, undefined, headers);
      seen.push(...ids(json));
      next = json.at('next');
      await between();
    }
    return seen;
  }

  test('have ten rows a page by default and never more than a hundred', async () => {
    emulator.reset('large');
    const size = async (query: string) => ids((await api('GET', `/items/?customer=${SHOPPER}${query}`)).json).length;
    expect([
      await size(''),
      await size('&page_size=37'),
      await size('&page_size=1000'),
      await size('&page_size=x'),
    ]).toEqual([10, 37, 100, 10]);
  });

  test('count rows and number pages without the v2 header, and keep filters in an absolute next', async () => {
    const { json } = await api('GET', `/items/?customer=${SHOPPER}&status=1&page_size=4`);
    expect(json.at('count')).toBe(15);
    const next = new URL(json.text('next'));
    expect(next.origin).toBe(emulator.url);
    expect(Object.fromEntries(next.searchParams)).toEqual({
      customer: SHOPPER,
      status: '1',
      page_size: '4',
      page: '2',
    });
    const all = await walk(`/items/?customer=${SHOPPER}&status=1&page_size=4`);
    expect([all.length, new Set(all).size]).toEqual([15, 15]);
    expect((await api('GET', `/items/?customer=${SHOPPER}&page=99`)).status).toBe(404);
  });

  test('have no count but an opaque cursor with the v2 header', async () => {
    const headers = { 'x-og-api-version': '2' };
    const first = await api('GET', `/items/?customer=${SHOPPER}&status=1&page_size=4`, undefined, headers);
    expect(Object.keys(first.json.value ?? {})).toEqual(['next', 'previous', 'results']);
    const second = await api('GET', first.json.text('next'), undefined, headers);
    expect(new URL(first.json.text('next')).searchParams.get('status')).toBe('1');
    expect(ids((await api('GET', second.json.text('previous'), undefined, headers)).json)).toEqual(ids(first.json));
    expect(await walk(`/items/?customer=${SHOPPER}&status=1&page_size=4`, headers)).toEqual(
      ids((await api('GET', `/items/?customer=${SHOPPER}&status=1&page_size=100`)).json),
    );
    expect((await api('GET', `/items/?customer=${SHOPPER}&cursor=nonsense`, undefined, headers)).status).toBe(404);
  });

  test.each([
    ['numbered', {}],
    ['cursor', { 'x-og-api-version': '2' }],
  ])(
    'with %s pages neither repeat nor lose a row while rows are added',
    async (_kind, headers: Record<string, string>) => {
      const before = ids((await api('GET', `/items/?customer=${SHOPPER}&page_size=100`)).json);
      const seen = await walk(`/items/?customer=${SHOPPER}&page_size=10`, headers, async () => {
        if (emulator.requests.list().length < 8) await upsell(DECAF);
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(before));
    },
  );

  test('with cursors lose no row while rows already read are deleted', async () => {
    const headers = { 'x-og-api-version': '2' };
    const path = `/items/?order=${demoOrders.next}&page_size=2`;
    const first = await api('GET', path, undefined, headers);
    await api('DELETE', `/items/${ids(first.json)[1]}/delete/`);
    const rest = await walk(first.json.text('next'), headers);
    expect(rest).toHaveLength(2);
    expect(rest).toContain(demoOrders.oneTimeItem);
  });

  test('are ordered by place date only when asked', async () => {
    const places = async (query: string, headers = {}) => {
      const seen: unknown[] = [];
      for (let next: unknown = `/orders/?customer=${SHOPPER}&status=1&page_size=4${query}`; typeof next === 'string';) {
        const { json } = await api('GET', next, undefined, headers);
        seen.push(...json.rows('results').map((row) => row.at('place')));
        next = json.at('next');
      }
      return seen;
    };
    const ascending = (await places('')).map(String).toSorted((left, right) => left.localeCompare(right));
    expect(await places('')).not.toEqual(ascending);
    for (const headers of [{}, { 'x-og-api-version': '2' }]) {
      expect(await places('&ordering=place', headers)).toEqual(ascending);
      expect(await places('&ordering=-place', headers)).toEqual(ascending.toReversed());
    }
  });

  test('filter orders by status, subscription and inclusive Central dates', async () => {
    const found = async (query: string) =>
      ids((await api('GET', `/orders/?customer=${SHOPPER}&page_size=100&${query}`)).json);
    const next = (await orderOf(demoOrders.next)).text('place').slice(0, 10);
    const later = (await orderOf(demoOrders.later)).text('place').slice(0, 10);
    expect(await found(`place=${next}`)).toEqual([demoOrders.next]);
    expect(await found(`status=1&place_start=${next}&place_end=${later}`)).toEqual([demoOrders.later, demoOrders.next]);
    expect(await found(`status=1&place_start=${next}T00:00:01&place_end=${later}`)).toEqual([demoOrders.later]);
    expect(await found(`status=1&subscription=${demoOrders.subscription}`)).toEqual([demoOrders.next]);
    expect(await found('status=10')).toEqual([demoOrders.processing]);
    expect((await api('GET', `/orders/?customer=${SHOPPER}&status=soon`)).json.value).toHaveProperty('status');
    expect((await api('GET', `/orders/?customer=${SHOPPER}&place=2017-02-29`)).status).toBe(400);
  });

  test('give the items of all upcoming orders at once, prices left out on request', async () => {
    const { json } = await api('GET', `/items/?customer=${SHOPPER}&status=1&page_size=100`);
    const orders = new Set(json.rows('results').map((row) => row.at('order')));
    expect(orders).toEqual(
      new Set([demoOrders.next, demoOrders.later, demoOrders.locked, demoOrders.prepaid, demoOrders.shipping]),
    );
    const bare = await api('GET', `/items/?order=${demoOrders.next}&omit_price_calculation=true`);
    expect(bare.json.rows('results')[0]?.value).not.toHaveProperty('price');
    const oneTime = await api('GET', `/items/?order=${demoOrders.next}&one_time=True`);
    expect(oneTime.json.at('count')).toBe(2);
  });

  test('treat ?customer= on items as the switch says', async () => {
    const answer = () => api('GET', `/items/?customer=${OTHER}&page_size=100`);
    const honoured = (await answer()).json.rows('results').length;
    emulator.switches.set('itemsAcceptCustomerFilter', 'ignore');
    expect((await answer()).json.rows('results').length).toBeGreaterThan(honoured + 20);
    emulator.switches.set('itemsAcceptCustomerFilter', 'reject');
    expect((await answer()).status).toBe(400);
  });

  test('hold a foreign row when told to misbehave', async () => {
    emulator.switches.set('leakForeignRows', true);
    const { json } = await shopperCall(OTHER)('GET', '/orders/?page_size=100');
    const foreign = json.rows('results').filter((row) => row.at('customer') !== OTHER);
    expect(foreign).toHaveLength(1);
    const items = await shopperCall(OTHER)('GET', '/items/?page_size=100');
    expect(items.json.rows('results').filter((row) => row.at('order') === demoOrders.later)).toHaveLength(1);
  });
});

describe('items/iu', () => {
  test('names every missing field', async () => {
    const answer = await api('POST', '/items/iu/', {});
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.json.value ?? {})).toEqual(['order', 'offer', 'product', 'quantity']);
  });

  test.each([
    ['a quantity of zero', { quantity: 0 }, 400, 'quantity'],
    ['a broken quantity', { quantity: 1.5 }, 400, 'quantity'],
    ['an unknown product', { product: 'nothing' }, 400, 'product'],
    ['a locked order', { order: demoOrders.locked }, 400, 'order'],
    ['a placed order', { order: demoOrders.placed }, 400, 'order'],
    ['an order in placement', { order: demoOrders.processing }, 400, 'order'],
    ['a prepaid order', { order: demoOrders.prepaid }, 400, 'order'],
    ['an unknown order', { order: '0'.repeat(32) }, 404, 'detail'],
    ['contexts that are no object', { contexts: 'x' }, 400, 'contexts'],
  ])('refuses %s and changes nothing', async (_name, fields, status, field) => {
    const before = JSON.stringify(emulator.state());
    const answer = await upsell(DECAF, fields);
    expect(answer.status).toBe(status);
    expect(answer.json.value).toHaveProperty(field);
    expect(JSON.stringify(emulator.state())).toBe(before);
  });

  test('adds a one-time item at the discounted price, and a repeat adds another', async () => {
    const before = await orderOf(demoOrders.next);
    const first = await upsell(DECAF, { quantity: 2, contexts: { page: 'account' } });
    expect(first.json.value).toMatchObject({
      one_time: true,
      subscription: null,
      offer: account['offerId'],
      price: '17.50',
      total_price: '31.50',
    });
    const second = await upsell(DECAF);
    expect(second.json.at('public_id')).not.toBe(first.json.at('public_id'));
    const after = await orderOf(demoOrders.next);
    expect(Number(after.at('total')) - Number(before.at('total'))).toBeCloseTo(47.25, 5);
    expect(after.at('sub_total')).toBe(after.at('total'));
    expect(after.at('updated')).not.toBe(before.at('updated'));
    expect(eventTypes()).toEqual(['item.create', 'item.create']);
  });

  test('enforces eligibility, stock and a largest quantity only when switched on', async () => {
    const closed = ['44931275400004', '44931275400005'];
    const statusOf = async (product: string, quantity = 1) => (await upsell(product, { quantity })).status;
    expect(await Promise.all([...closed, '44931275400001', '44931275400002'].map((id) => statusOf(id)))).toEqual([
      200, 200, 200, 200,
    ]);
    emulator.switches.setAll({ enforceEligibility: true, enforceStock: true, maximumQuantity: 5 });
    expect(await Promise.all([...closed, '44931275400001', '44931275400002'].map((id) => statusOf(id)))).toEqual([
      400, 400, 400, 400,
    ]);
    expect([
      await statusOf('44931275400003'),
      await statusOf('900719925474099312345'),
      await statusOf(DECAF, 6),
    ]).toEqual([200, 200, 400]);
  });

  test('allows prepaid orders, and answers other codes, as switched', async () => {
    emulator.switches.setAll({ upsellOnPrepaidOrders: 'allow', nonUnsentOrderStatusCode: 409, postSuccessStatus: 201 });
    expect((await upsell(DECAF, { order: demoOrders.prepaid })).status).toBe(201);
    expect((await upsell(DECAF, { order: demoOrders.locked })).status).toBe(409);
  });

  test('prices by line or by unit, and writes yen with or without decimals', async () => {
    const total = async () => (await upsell('44931275400011', { quantity: 3 })).json.at('total_price');
    expect(await total()).toBe('24.97');
    emulator.switches.set('discountRounding', 'unit');
    expect(await total()).toBe('24.96');
    const yen = async () => (await api('GET', `/orders/?customer=${YEN}&status=1`)).json.at('results', 0);
    expect(await yen()).toMatchObject({
      currency_code: 'JPY',
      sub_total: '5544.00',
      shipping_total: '600.00',
      total: '6144.00',
    });
    emulator.switches.set('zeroDecimalDigits', 0);
    expect(await yen()).toMatchObject({ sub_total: '5544', total: '6144' });
  });
});

describe('create_from_item', () => {
  const convert = (item: unknown, fields = {}) =>
    api('POST', '/subscriptions/create_from_item/', { item, every: 2, every_period: 3, ...fields });

  test('takes everything from order and item, and links the item', async () => {
    const added = (await upsell(DECAF, { quantity: 3 })).json;
    const order = await orderOf(demoOrders.next);
    const { json } = await convert(added.at('public_id'), { session_id: 'mine' });
    expect(json.value).toMatchObject({
      product: DECAF,
      quantity: 3,
      payment: order.at('payment'),
      shipping_address: order.at('shipping_address'),
      offer: account['offerId'],
      subscription_type: null,
      raw_subscription_type: null,
      session_id: 'mine',
      merchant_order_id: null,
      start_date: '2026-03-02',
      frequency_days: 60,
    });
    expect((await api('GET', `/items/${added.text('public_id')}/`)).json.value).toMatchObject({
      order: demoOrders.next,
      subscription: json.at('public_id'),
      one_time: false,
    });
    expect(eventTypes()).toEqual(['item.create', 'item.item_subscribe', 'subscription.create']);
  });

  test('shows the types on later reads, after the switched time', async () => {
    emulator.switches.set('typesFilledAfterMs', 60_000);
    const id = (await convert((await upsell(DECAF)).json.at('public_id'))).json.text('public_id');
    const types = async () => (await api('GET', `/subscriptions/${id}/`)).json.at('raw_subscription_type');
    expect(await types()).toBeNull();
    emulator.clock.advance(60_000);
    expect(await types()).toBe('IU replenishment');
    emulator.switches.set('typesFilledAfterMs', -1);
    expect(await types()).toBeNull();
  });

  test('refuses a second conversion, missing fields, unknown periods and one-time-only products', async () => {
    const item = (await upsell(DECAF)).json.at('public_id');
    await convert(item);
    expect((await convert(item)).status).toBe(400);
    emulator.switches.set('convertTwice', 409);
    expect((await convert(item)).status).toBe(409);
    expect((await api('POST', '/subscriptions/create_from_item/', { item })).json.value).toEqual({
      every: 'This field is required.',
      every_period: 'This field is required.',
    });
    expect((await convert(demoOrders.oneTimeItem, { every_period: 5 })).status).toBe(400);
    expect((await convert((await upsell('44931275400003')).json.at('public_id'))).status).toBe(400);
    expect((await convert('0'.repeat(32))).status).toBe(404);
  });
});

describe('subscriptions/iu', () => {
  const fields = () => ({
    merchant: account['merchantId'],
    customer: SHOPPER,
    product: DECAF,
    offer: 'o',
    order: demoOrders.next,
    session_id: 's',
    payment: 'any',
    shipping_address: 'any',
    quantity: 1,
    every: 1,
    every_period: 4,
  });

  test('wants all of its fields', async () => {
    const { json, status } = await api('POST', '/subscriptions/iu/', {});
    expect(status).toBe(400);
    expect(Object.keys(json.value ?? {})).toEqual(
      expect.arrayContaining([
        'merchant',
        'customer',
        'product',
        'offer',
        'order',
        'session_id',
        'payment',
        'shipping_address',
      ]),
    );
  });

  test('locks a price, reads extra_data from JSON text, and refuses a wrong customer or merchant', async () => {
    const { json } = await api('POST', '/subscriptions/iu/', { ...fields(), price: '10.00', extra_data: '{"a":1}' });
    expect(json.value).toMatchObject({ price: '10.00', extra_data: { a: 1 }, frequency_days: 360 });
    const item = (await itemsOf(demoOrders.next)).find((row) => row.at('subscription') === json.at('public_id'));
    expect(item?.value).toMatchObject({ price: '10.00', total_price: '9.00' });
    expect((await api('POST', '/subscriptions/iu/', { ...fields(), customer: OTHER })).status).toBe(404);
    expect((await api('POST', '/subscriptions/iu/', { ...fields(), merchant: 'x' })).status).toBe(400);
    expect((await api('POST', '/subscriptions/iu/', { ...fields(), extra_data: '{' })).status).toBe(400);
  });
});

describe('moving, skipping and cancelling', () => {
  const patch = (path: string, body: unknown = {}) => api('PATCH', path, body);
  const moveTo = (subscription: string, date: string) =>
    patch(`/subscriptions/${subscription}/change_next_order_date/`, { order_date: date });
  const itemOfSubscription = async (id: string) =>
    (await api('GET', `/items/?subscription=${id}&status=1`)).json.rows('results')[0];

  test('a moved item joins the order of that date, and returns to the original order', async () => {
    const item = await itemOfSubscription(demoOrders.subscription);
    const later = (await orderOf(demoOrders.later)).text('place').slice(0, 10);
    const original = (await orderOf(demoOrders.next)).text('place').slice(0, 10);
    await moveTo(demoOrders.subscription, later);
    expect((await itemOfSubscription(demoOrders.subscription))?.value).toMatchObject({
      public_id: item?.at('public_id'),
      order: demoOrders.later,
    });
    await moveTo(demoOrders.subscription, original);
    expect((await itemOfSubscription(demoOrders.subscription))?.at('order')).toBe(demoOrders.next);
    expect(eventTypes()).toContain('item.change_order');
    expect((await moveTo(demoOrders.subscription, '2026-03-02')).status).toBe(400);
  });

  test('a date without an order gets a new one, and the emptied order stays unless switched', async () => {
    const { subscription } = { subscription: (await subscriptionItem(demoOrders.locked)).text('subscription') };
    const moved = await moveTo(subscription, '2026-06-15');
    expect(moved.status).toBe(200);
    const item = await itemOfSubscription(subscription);
    expect((await orderOf(item?.text('order') ?? '')).value).toMatchObject({ place: '2026-06-15 00:00:00', status: 1 });
    emulator.switches.set('deleteEmptiedOrders', true);
    const emptied = item?.text('order') ?? '';
    await moveTo(subscription, '2026-06-16');
    expect((await api('GET', `/orders/${emptied}/`)).status).toBe(404);
    expect(eventTypes()).toContain('order.delete');
  });

  test('an order moved onto another one of its kind is merged into it', async () => {
    const place = (await orderOf(demoOrders.later)).text('place');
    const before = (await itemsOf(demoOrders.later)).length + (await itemsOf(demoOrders.next)).length;
    const { json } = await patch(`/orders/${demoOrders.next}/change_place_date/`, { place });
    expect(json.value).toMatchObject({ status: 17, extra_data: { merged_order_id: demoOrders.later } });
    expect(await itemsOf(demoOrders.later)).toHaveLength(before);
    expect(
      (await patch(`/orders/${demoOrders.later}/change_place_date/`, { place: '2026-01-01 00:00:00' })).status,
    ).toBe(400);
  });

  test('a skip puts the item on the order one calendar interval later and leaves the order listed, even empty', async () => {
    const order = demoOrders.shipping;
    const place = (await orderOf(order)).text('place');
    const item = await subscriptionItem(order);
    const subscriptions = (await itemsOf(order)).map((row) => row.text('subscription'));
    for (const subscription of subscriptions) await patch(`/orders/${order}/skip_subscription/`, { subscription });
    expect((await orderOf(order)).value).toMatchObject({ status: 1, sub_total: '0.00' });
    expect(await itemsOf(order)).toEqual([]);
    expect((await api('GET', `/items/${item.text('public_id')}/`)).status).toBe(404);
    const again = await itemOfSubscription(item.text('subscription'));
    expect((await orderOf(again?.text('order') ?? '')).at('place')).toBe(`${addInterval(place, 2, 3)} 00:00:00`);
    expect(eventTypes()).toContain('order.skip_order');
    expect(eventTypes()).not.toContain('order.cancel');
  });

  test('a cancelled order has status 4 and its subscriptions a next order; one-time items stay or move', async () => {
    const { json } = await patch(`/orders/${demoOrders.next}/cancel/`);
    expect(json.value).toMatchObject({ status: 4, cancelled: '2026-03-02 12:00:00' });
    expect((await itemOfSubscription(demoOrders.subscription))?.at('order')).not.toBe(demoOrders.next);
    expect((await api('GET', `/items/${demoOrders.oneTimeItem}/`)).json.at('order')).toBe(demoOrders.next);
    expect((await patch(`/orders/${demoOrders.next}/cancel/`)).status).toBe(400);

    startAgain();
    emulator.switches.set('oneTimeItemsOnCancelledOrder', 'move');
    await patch(`/orders/${demoOrders.next}/cancel/`);
    const moved = (await api('GET', `/items/${demoOrders.oneTimeItem}/`)).json.text('order');
    expect(moved).not.toBe(demoOrders.next);
    expect((await orderOf(moved)).at('status')).toBe(1);
  });

  test('a cancelled subscription takes its orders along, and reactivation brings a new one', async () => {
    const item = await subscriptionItem(demoOrders.locked);
    const id = item.text('subscription');
    const { json } = await patch(`/subscriptions/${id}/cancel/`, { cancel_reason: '12|Moving house' });
    expect(json.value).toMatchObject({
      live: false,
      cancelled: '2026-03-02 12:00:00',
      cancel_reason: '12|Moving house',
      cancel_reason_code: '12',
    });
    expect((await api('GET', `/items/${item.text('public_id')}/`)).status).toBe(404);
    const back = await patch(`/subscriptions/${id}/reactivate/`, {
      start_date: '2026-03-03',
      every: 3,
      every_period: 2,
    });
    expect(back.json.value).toMatchObject({
      live: true,
      cancelled: null,
      cancel_reason: null,
      start_date: '2026-03-03',
      every: 3,
    });
    expect((await orderOf((await itemOfSubscription(id))?.text('order') ?? '')).at('place')).toBe(
      '2026-03-03 00:00:00',
    );
  });

  test('an order left by its only subscription answers 404', async () => {
    const [order] = (await api('GET', '/orders/?customer=Ünïcode-7&status=1')).json.rows('results');
    const id = order?.text('public_id') ?? '';
    await patch(`/subscriptions/${(await subscriptionItem(id)).text('subscription')}/cancel/`);
    expect((await api('GET', `/orders/${id}/`)).status).toBe(404);
  });

  test('a deleted one-time item is gone; the item of a live subscription comes back on the next order', async () => {
    expect((await api('DELETE', `/items/${demoOrders.oneTimeItem}/delete/`)).status).toBe(204);
    expect((await api('GET', `/items/${demoOrders.oneTimeItem}/`)).status).toBe(404);
    const item = await itemOfSubscription(demoOrders.subscription);
    emulator.switches.set('deleteStatus', 200);
    const deleted = await api('DELETE', `/items/${item?.text('public_id')}/delete/`);
    expect(deleted).toMatchObject({ status: 200, text: '' });
    const again = await itemOfSubscription(demoOrders.subscription);
    expect(again?.at('order')).not.toBe(demoOrders.next);
    expect(eventTypes().slice(-3)).toEqual(['item.remove', 'order.create', 'item.create']);
  });

  test('send now gives status 6 and a successor, and is placed at the next placement hour', async () => {
    const { json } = await patch(`/orders/${demoOrders.next}/send_now/`);
    expect(json.value).toMatchObject({ status: 6, place: '2026-03-02 12:00:00' });
    expect((await api('GET', `/items/?subscription=${demoOrders.subscription}&status=1`)).json.at('count')).toBe(1);
    standAt('2026-03-03T12:20:00Z');
    expect((await orderOf(demoOrders.next)).at('status')).toBe(5);
    expect((await api('GET', `/items/?subscription=${demoOrders.subscription}&status=1`)).json.at('count')).toBe(1);
  });

  test('one-click links work without a credential', async () => {
    const click = caller(emulator.url);
    const before = (await itemOfSubscription(demoOrders.subscription))?.text('order') ?? '';
    expect((await click('GET', '/one_click/delay?token=demo-one-click-token')).status).toBe(200);
    const after = (await itemOfSubscription(demoOrders.subscription))?.text('order') ?? '';
    expect((await orderOf(after)).at('place')).toBe(
      `${addInterval((await orderOf(before)).text('place'), 14, 1)} 00:00:00`,
    );
    expect((await click('GET', '/one_click/skip?token=guess')).status).toBe(404);
    expect(
      emulator.requests.list().every(({ query }) => query['token'] === undefined || query['token'] === '[redacted]'),
    ).toBe(true);
  });
});

describe('changes of a subscription', () => {
  const change = (action: string, body: unknown, id: string = demoOrders.subscription) =>
    api('PATCH', `/subscriptions/${id}/${action}/`, body);

  test('reach the upcoming item: quantity and product; the frequency does not move the order', async () => {
    const upcoming = async () =>
      (await api('GET', `/items/?subscription=${demoOrders.subscription}&status=1`)).json.at('results', 0);
    await change('change_quantity', { quantity: 5 });
    expect(await upcoming()).toMatchObject({ quantity: 5, order: demoOrders.next, total_price: '72.00' });
    await change('change_product', { product: DECAF });
    expect(await upcoming()).toMatchObject({ product: DECAF, price: '17.50' });
    const place = (await orderOf(demoOrders.next)).at('place');
    expect((await change('change_frequency', { every: 10, every_period: 1 })).json.value).toMatchObject({
      every: 10,
      frequency_days: 10,
    });
    expect((await orderOf(demoOrders.next)).at('place')).toBe(place);
    expect((await change('change_frequency', { every: 10 })).status).toBe(400);
    expect((await change('change_product', { product: 'nothing' })).status).toBe(400);
  });

  test('of address and payment take an order of its own along and leave a shared one', async () => {
    const [, office] = (await api('GET', `/addresses/?customer=${SHOPPER}`)).json.rows('results');
    const [, card] = (await api('GET', `/payments/?customer=${SHOPPER}`)).json.rows('results');
    const alone = await subscriptionItem(demoOrders.prepaid);
    await change('change_shipping', { shipping_address: office?.at('public_id') }, alone.text('subscription'));
    expect((await orderOf(demoOrders.prepaid)).at('shipping_address')).toBe(office?.at('public_id'));

    await change('change_payment', { payment: card?.at('public_id') });
    const item = (await api('GET', `/items/?subscription=${demoOrders.subscription}&status=1`)).json.rows('results')[0];
    expect(item?.at('order')).not.toBe(demoOrders.next);
    expect((await orderOf(item?.text('order') ?? '')).at('payment')).toBe(card?.at('public_id'));
    expect((await change('change_payment', { payment: 'nothing' })).status).toBe(400);
  });

  test('of one order stay there: quantity, product and price of an item, payment and address of an order', async () => {
    const item = async () => (await api('GET', `/items/${demoOrders.oneTimeItem}/`)).json.value;
    await api('PATCH', `/items/${demoOrders.oneTimeItem}/change_quantity/`, { quantity: 3 });
    expect(await item()).toMatchObject({ quantity: 3, total_price: '17.55' });
    await api('PATCH', `/items/${demoOrders.oneTimeItem}/change_product/`, { product: DECAF });
    expect(await item()).toMatchObject({ product: DECAF, total_price: '47.25' });
    await api('PATCH', `/items/${demoOrders.oneTimeItem}/change_price/`, { price: '2.5' });
    expect(await item()).toMatchObject({ price: '2.50', total_price: '7.50', frozen: true });
    const [, card] = (await api('GET', `/payments/?customer=${SHOPPER}`)).json.rows('results');
    const changed = await api('PATCH', `/orders/${demoOrders.next}/change_payment/`, {
      payment: card?.at('public_id'),
    });
    expect(changed.json.at('payment')).toBe(card?.at('public_id'));
    const data = await api('PATCH', `/orders/${demoOrders.next}/update/`, { extra_data: { note: 'x' } });
    expect(data.json.at('extra_data')).toEqual({ note: 'x' });
  });

  test('for all at once answer with empty bodies', async () => {
    const [, card] = (await api('GET', `/payments/?customer=${SHOPPER}`)).json.rows('results');
    const [, office] = (await api('GET', `/addresses/?customer=${SHOPPER}`)).json.rows('results');
    expect(await api('POST', `/payments/${card?.text('public_id')}/use_for_all/`)).toMatchObject({
      status: 200,
      text: '',
    });
    expect(await api('POST', `/addresses/${office?.text('public_id')}/use_for_all/`)).toMatchObject({
      status: 204,
      text: '',
    });
    expect((await orderOf(demoOrders.later)).value).toMatchObject({
      payment: card?.at('public_id'),
      shipping_address: office?.at('public_id'),
    });
    expect((await orderOf(demoOrders.placed)).at('payment')).not.toBe(card?.at('public_id'));
  });

  test('items/create finds or creates the order of its date', async () => {
    const order = await orderOf(demoOrders.next);
    const [year, month, day] = order.text('place').slice(0, 10).split('-');
    const fields = {
      merchant_id: account['merchantId'],
      customer_id: SHOPPER,
      shipping_id: order.at('shipping_address'),
      payment_id: order.at('payment'),
      offer_id: 'o',
      product_id: DECAF,
      quantity: 1,
    };
    const create = (place_date: string) => api('POST', '/items/create/', { ...fields, place_date });
    expect((await create(`${month}/${day}/${year}`)).json.at('order')).toBe(demoOrders.next);
    const elsewhere = (await create('12/24/2026')).json.text('order');
    expect((await orderOf(elsewhere)).value).toMatchObject({ place: '2026-12-24 00:00:00', currency_code: 'USD' });
    expect((await create('2026-12-24')).status).toBe(400);
    const prepaid = (await orderOf(demoOrders.prepaid)).text('place').slice(0, 10).split('-');
    expect((await create(`${prepaid[1]}/${prepaid[2]}/${prepaid[0]}`)).status).toBe(400);
  });
});

describe('prepaid', () => {
  test('refuses the documented changes', async () => {
    const item = await subscriptionItem(demoOrders.prepaid);
    const subscription = item.text('subscription');
    const refused = [
      await api('PATCH', `/items/${item.text('public_id')}/change_quantity/`, { quantity: 2 }),
      await api('PATCH', `/items/${item.text('public_id')}/change_price/`, { price: '1.00' }),
      await api('DELETE', `/items/${item.text('public_id')}/delete/`),
      await api('PATCH', `/subscriptions/${subscription}/cancel/`),
      await api('PATCH', `/subscriptions/${subscription}/change_quantity/`, { quantity: 2 }),
      await api('PATCH', `/subscriptions/${subscription}/change_product/`, { product: DECAF }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400));
  });

  test('is managed by its own calls', async () => {
    const prepaid = (await subscriptionItem(demoOrders.prepaid)).text('subscription');
    const renewal = await api('PATCH', `/subscriptions/${prepaid}/change_renewal_behavior/`, {
      renewal_behavior: 'cancel',
    });
    expect(renewal.json.at('prepaid_subscription_context', 'renewal_behavior')).toBe('cancel');
    const remaining = await api('PATCH', `/subscriptions/${prepaid}/update_prepaid_context/`, {
      prepaid_orders_remaining: 1,
    });
    expect(remaining.json.at('prepaid_subscription_context', 'prepaid_orders_remaining')).toBe(1);
    const upgraded = await api('PATCH', `/subscriptions/${demoOrders.subscription}/upgrade_to_prepaid/`, {
      prepaid_orders_per_billing: 4,
    });
    expect(upgraded.json.at('prepaid_subscription_context', 'prepaid_orders_remaining')).toBe(4);
    expect(
      (await api('PATCH', `/subscriptions/${prepaid}/upgrade_to_prepaid/`, { prepaid_orders_per_billing: 4 })).status,
    ).toBe(400);
  });

  test('orders are hidden on request', async () => {
    const { json } = await api(
      'GET',
      `/orders/?customer=${SHOPPER}&status=1&exclude_prepaid_orders=true&page_size=100`,
    );
    const ids = json.rows('results').map((row) => row.at('public_id'));
    expect(ids).toContain(demoOrders.next);
    expect(ids).not.toContain(demoOrders.prepaid);
  });
});

describe('placement', () => {
  /** Central midnight of the demo shopper's next order is 06:00Z; the hour of placement is 6. */
  const beforeHour = '2026-03-05T11:59:59Z';
  const atHour = '2026-03-05T12:00:00Z';

  test('starts at the placement hour of the place date and ends with a merchant order id', async () => {
    standAt(beforeHour);
    expect((await orderOf(demoOrders.next)).at('status')).toBe(1);
    standAt(atHour);
    expect((await orderOf(demoOrders.next)).at('status')).toBe(11);
    expect((await upsell(DECAF)).status).toBe(400);
    emulator.clock.advance(15 * 60_000);
    const order = await orderOf(demoOrders.next);
    expect(order.value).toMatchObject({ status: 5, place: '2026-03-05 06:15:00', tries: 1 });
    expect(order.text('order_merchant_id')).toMatch(/^\d+$/);
    expect((await itemsOf(demoOrders.next)).map((row) => row.at('first_placed'))).toEqual(
      expect.arrayContaining(['2026-03-05 06:15:00']),
    );
    expect(eventTypes()).toEqual(expect.arrayContaining(['item.successfully_placed', 'order.success']));
  });

  test('creates the next order of each subscription by calendar interval, a converted one too', async () => {
    const item = (await upsell('9007199254740993')).json.at('public_id');
    const converted = (
      await api('POST', '/subscriptions/create_from_item/', { item, every: 2, every_period: 2 })
    ).json.text('public_id');
    standAt(atHour);
    for (const [subscription, place] of [
      [demoOrders.subscription, '2026-04-05 00:00:00'],
      [converted, '2026-03-19 00:00:00'],
    ]) {
      const { json } = await api('GET', `/items/?subscription=${subscription}&status=1`);
      expect(json.at('count')).toBe(1);
      expect((await orderOf(json.text('results', 0, 'order'))).at('place')).toBe(place);
    }
  });

  test('is an hour later in UTC once summer time ended, and the hour can be chosen', async () => {
    emulator.switches.setAll({ placementHour: 0, placementMinutes: 0 });
    standAt('2026-03-05T05:59:59Z');
    expect((await orderOf(demoOrders.next)).at('status')).toBe(1);
    standAt('2026-03-05T06:00:00Z');
    expect((await orderOf(demoOrders.next)).at('status')).toBe(5);
    const summer = (await orderOf(demoOrders.later)).text('place');
    expect(summer).toBe('2026-03-19 00:00:00');
    standAt('2026-03-19T04:59:59Z');
    expect((await orderOf(demoOrders.later)).at('status')).toBe(1);
    standAt('2026-03-19T05:00:00Z');
    expect((await orderOf(demoOrders.later)).at('status')).toBe(5);
  });

  test('drops one-time items that are out of stock', async () => {
    const item = (await upsell('44931275400001')).json.text('public_id');
    standAt(atHour);
    expect((await api('GET', `/items/${item}/`)).status).toBe(404);
    expect(eventTypes()).toContain('item.out_of_stock');
    expect((await orderOf(demoOrders.next)).at('status')).toBe(11);
  });

  test('moves subscription items that are out of stock to a daily retry, for 30 days at most', async () => {
    const item = (await upsell('44931275400001')).json.text('public_id');
    await api('POST', '/subscriptions/create_from_item/', { item, every: 1, every_period: 4 });
    standAt(atHour);
    const retry = (await api('GET', `/items/${item}/`)).json.text('order');
    expect(retry).not.toBe(demoOrders.next);
    expect((await orderOf(retry)).value).toMatchObject({ status: 1, place: '2026-03-06 00:00:00' });
    standAt('2026-03-06T12:00:00Z');
    expect((await orderOf(retry)).value).toMatchObject({ status: 1, place: '2026-03-07 00:00:00' });
    standAt('2026-04-10T12:00:00Z');
    expect((await orderOf(retry)).at('status')).toBe(3);
  });

  test.each([
    [3, 'order.reject', { status: 3 }],
    [13, 'order.retryable_placement_failure', { status: 13 }],
    [15, 'order.generic_error', { status: 15, generic_error_count: 1 }],
    [18, 'order.generic_error', { status: 18, place: '2026-03-06 00:00:00' }],
    [19, 'order.awaiting_retry_instructions', { status: 19 }],
  ])('can be scripted to end in %i for one order', async (outcome, event, expected) => {
    expect((await api('POST', '/__emulator/placements', { order: demoOrders.next, outcome })).status).toBe(200);
    standAt('2026-03-05T12:15:00Z');
    expect((await orderOf(demoOrders.next)).value).toMatchObject(expected);
    expect(eventTypes()).toContain(event);
  });

  test('retries a declined card daily and rejects in the end; the subscription stays live', async () => {
    emulator.switches.set('placementOutcome', 18);
    standAt('2026-03-12T13:00:00Z');
    expect((await orderOf(demoOrders.next)).value).toMatchObject({ status: 3, tries: 5 });
    expect((await api('GET', `/subscriptions/${demoOrders.subscription}/`)).json.at('live')).toBe(true);
    const rescued = await api('PATCH', `/orders/${demoOrders.next}/rescue/`, {});
    expect(rescued.json.value).toMatchObject({ status: 18, place: '2026-03-13 00:00:00' });
  });

  test('answers retry instructions from status 19 only', async () => {
    expect((await api('PATCH', `/orders/${demoOrders.next}/retry_instruction/reject/`)).status).toBe(400);
    await api('POST', '/__emulator/placements', { order: demoOrders.next, outcome: 19 });
    standAt('2026-03-05T12:15:00Z');
    expect(
      (
        await api('PATCH', `/orders/${demoOrders.next}/retry_instruction/retry/`, { place: '2026-03-07 00:00:00' })
      ).json.at('status'),
    ).toBe(18);
    standAt('2026-03-07T12:15:00Z');
    expect((await orderOf(demoOrders.next)).at('status')).toBe(5);
  });

  test('cancels an order that is still empty on its date', async () => {
    for (const item of await itemsOf(demoOrders.shipping)) {
      await api('PATCH', `/orders/${demoOrders.shipping}/skip_subscription/`, {
        subscription: item.at('subscription'),
      });
    }
    standAt('2026-04-23T10:59:59Z');
    expect((await orderOf(demoOrders.shipping)).at('status')).toBe(1);
    standAt('2026-04-23T11:00:00Z');
    expect((await orderOf(demoOrders.shipping)).at('status')).toBe(4);
  });
});

describe('products', () => {
  const found = async (query: string) =>
    (await api('GET', `/products/?page_size=100${query}`)).json
      .rows('results')
      .map((row) => row.text('external_product_id'));

  test('are hidden by default when off autoship or discontinued', async () => {
    const byDefault = await found('');
    expect(byDefault).toContain(DECAF);
    expect(byDefault).not.toContain('44931275400002');
    expect(byDefault).not.toContain('44931275400003');
    expect(await found('&autoship_enabled=false')).toEqual(['44931275400003']);
    expect(await found('&allow_discontinued=strict')).toEqual(['44931275400002']);
    expect((await found('&autoship_enabled=all&allow_discontinued=true')).length).toBe(byDefault.length + 2);
  });

  test('are found by several ids with brackets, ids staying text', async () => {
    const ids = ['44931275400003', DECAF, '9007199254740993', '900719925474099312345'];
    const query = ids.map((id) => `&external_product_ids[]=${id}`).join('');
    expect(new Set(await found(`${query}&autoship_enabled=all`))).toEqual(new Set(ids));
    expect(await found(query)).not.toContain('44931275400003');
  });

  test('are found by text, group and stock, and show eligibility as group rows', async () => {
    expect(await found('&search=decaf')).toEqual([DECAF]);
    expect(await found('&id_or_name=sumatra')).toEqual([DECAF]);
    expect(await found('&group_type=subscription&group_name=prepaid')).toEqual(['44931275400006']);
    expect(await found('&live=false')).toEqual(['44931275400001']);
    const { json } = await api('GET', '/products/9007199254740993/');
    expect(json.at('groups')).toContainEqual({ group_type: 'eligibility', name: 'upsell' });
    expect((await api('GET', '/products/nothing/')).status).toBe(404);
    expect((await api('GET', '/products/9007199254740993/eligibility/upsell')).json.value).toEqual({
      product_has_group: true,
    });
    expect((await api('GET', `/products/${DECAF}/eligibility/upsell`)).json.value).toEqual({
      product_has_group: false,
    });
  });

  test('come with offer, stock and eligibility from the offers host, without a credential', async () => {
    const ids = encodeURIComponent(
      JSON.stringify([DECAF, '44931275400001', '44931275400004', '9007199254740993', 'nothing']),
    );
    const call = caller(account['offersBaseUrl'] ?? '');
    const { json } = await call(
      'GET',
      `/offers-host/offer/${account['merchantId']}/pdp?session_id=s&page_type=1&p=${ids}&module_view=["regular"]`,
    );
    expect(json.at('module_view', 'regular')).toBe(account['offerId']);
    expect(json.at('in_stock')).toEqual({
      [DECAF]: true,
      '44931275400001': false,
      '44931275400004': true,
      '9007199254740993': true,
    });
    expect(json.at('eligibility_groups')).toEqual({
      '44931275400004': [],
      '9007199254740993': ['upsell', 'impulse_upsell', 'subscription'],
    });
    expect(json.at('default_frequencies', DECAF)).toEqual({ every: 1, every_period: 3 });
    expect((await call('GET', '/offers-host/offer/nobody/pdp')).status).toBe(404);
  });
});

describe('misbehaviour', () => {
  test('overlapping writes on one order answer 423, on different orders they do not', async () => {
    emulator.switches.set('writeDurationMs', 60);
    const answers = await Promise.all([upsell(DECAF), upsell(DECAF), upsell(DECAF, { order: demoOrders.later })]);
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 200, 423]);
    expect((await upsell(DECAF)).status).toBe(200);
    emulator.switches.set('serializeWrites', false);
    expect((await Promise.all([upsell(DECAF), upsell(DECAF)])).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('too many requests answer 429 without Retry-After', async () => {
    emulator.switches.set('rateLimitPerMinute', 1);
    await api('GET', '/products/');
    const answer = await api('GET', '/products/');
    expect(answer.status).toBe(429);
    expect(answer.headers.has('retry-after')).toBe(false);
    emulator.switches.set('rateLimitPerMinute', 0);
    expect((await api('GET', '/products/')).status).toBe(200);
  });

  test('a lost answer leaves the item on the order', async () => {
    const before = await itemsOf(demoOrders.next);
    emulator.faults.add({ match: { method: 'POST', path: '/items/iu/' }, action: { kind: 'applyThenReset' } });
    await expect(upsell(DECAF)).rejects.toThrow(/fetch failed|terminated/);
    expect(await itemsOf(demoOrders.next)).toHaveLength(before.length + 1);
  });

  test('a 500 comes before or after the write', async () => {
    const count = async () => (await itemsOf(demoOrders.next)).length;
    const before = await count();
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'status', status: 500 } });
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'applyThenStatus', status: 500 } });
    expect([(await upsell(DECAF)).status, await count()]).toEqual([500, before]);
    expect([(await upsell(DECAF)).status, await count()]).toEqual([500, before + 1]);
  });

  test('fields can be missing, empty, or JSON inside text', async () => {
    emulator.switches.setAll({
      omitCurrencyCode: true,
      omitOrderUpdated: true,
      omitUpdated: true,
      emptyStringForNull: true,
      jsonStringFields: true,
    });
    const order = await orderOf(demoOrders.merged);
    for (const key of ['currency_code', 'updated']) expect(order.value).not.toHaveProperty(key);
    expect(order.value).toMatchObject({
      order_merchant_id: '',
      rejected_message: '',
      extra_data: `{"merged_order_id":"${demoOrders.later}"}`,
    });
    expect((await orderOf(demoOrders.retrying)).at('rejected_message')).toBe(
      '{"message":"Card declined.","code":"140"}',
    );
    expect((await itemsOf(demoOrders.next))[0]?.value).not.toHaveProperty('order_updated');
  });

  test('an unknown status and a row deleted between two reads can be scripted', async () => {
    emulator.faults.add({
      match: { path: '^/orders/$' },
      action: { kind: 'patchBody', set: { 'results.*.status': 99 } },
    });
    emulator.faults.add({
      match: { path: '^/orders/[0-9a-f]{32}/$' },
      action: { kind: 'status', status: 404, body: { detail: 'Unable to find requested asset.' } },
    });
    const list = await api('GET', `/orders/?customer=${SHOPPER}&status=1`);
    expect(new Set(list.json.rows('results').map((row) => row.at('status')))).toEqual(new Set([99]));
    expect((await api('GET', `/orders/${demoOrders.next}/`)).status).toBe(404);
    expect((await api('GET', `/orders/${demoOrders.next}/`)).status).toBe(200);
  });

  test('a path without its slash is served or redirected', async () => {
    expect((await api('GET', `/orders/${demoOrders.next}`)).status).toBe(200);
    emulator.switches.set('trailingSlashRedirect', 'redirect');
    const answer = await api('GET', `/orders/${demoOrders.next}?include_has_plan=true`);
    expect(answer.status).toBe(301);
    expect(answer.headers.get('location')).toBe(`/orders/${demoOrders.next}/?include_has_plan=true`);
    expect((await api('GET', `/orders/${demoOrders.next}/?include_has_plan=true`)).json.at('has_plan')).toBe(false);
    expect((await api('POST', '/items/iu', {})).status).toBe(301);
  });

  test('two statuses in one query mean any of them or the last', async () => {
    const count = async () => (await api('GET', `/orders/?customer=${SHOPPER}&status=4&status=10`)).json.at('count');
    expect(await count()).toBe(2);
    emulator.switches.set('multipleStatusFilter', 'last');
    expect(await count()).toBe(1);
  });
});

describe('webhooks', () => {
  test('are signed as the documented vector', () => {
    const body =
      '{"id":"evt0001","type":"item.create","created":1760000100,"data":{"object":{"type":"item","public_id":"1b9d6bcd4bfd4b2d9b5dab8dfbbd4bed"}}}';
    expect(webhookSignature(['demo-webhook-key-0001'], 1_760_000_123, body)).toBe(
      'ts=1760000123,sig=778e217326a4cf52cde80433d61676b99625107f530c0edaed3e17a3ce3b151d',
    );
  });

  const opened: (() => void)[] = [];
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });

  /** A shop's endpoint that keeps what it was sent and refuses the first deliveries. */
  async function listen(refusals = 0) {
    const received: { signature: string; body: string }[] = [];
    let refused = 0;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const isRefused = refused < refusals;
        if (isRefused) refused += 1;
        else
          received.push({
            signature: String(request.headers['ordergroove-signature']),
            body: Buffer.concat(chunks).toString(),
          });
        response.writeHead(isRefused ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const arrived = async (count: number) => {
      for (let turn = 0; turn < 200 && received.length < count; turn += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return received.map(({ body }) => new Json(JSON.parse(body)));
    };
    opened.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return { url: `http://127.0.0.1:${port}/hooks`, received, arrived };
  }

  const subscribe = async (settings: object) =>
    (await api('POST', '/__emulator/webhooks', { key: 'k', ...settings })).status;

  test('carry dates and Unix seconds, repeat after a failure, and carry two signatures in a rotation', async () => {
    const shop = await listen(1);
    expect(await subscribe({ url: shop.url, previousKey: 'old' })).toBe(200);
    await api('PATCH', `/orders/${demoOrders.next}/change_place_date/`, { place: '2026-03-20 00:00:00' });
    const [event] = await shop.arrived(1);
    expect(event?.value).toMatchObject({
      type: 'order.change_next_order_date',
      created: 1_772_474_400,
      data: {
        object: {
          type: 'order',
          public_id: demoOrders.next,
          customer: SHOPPER,
          place: '2026-03-20',
          updated: 1_772_474_400,
        },
      },
    });
    const [{ signature, body } = { signature: '', body: '' }] = shop.received;
    expect(signature).toBe(webhookSignature(['k', 'old'], 1_772_474_400, body));
    expect(signature.match(/sig=/g)).toHaveLength(2);
  });

  test('can arrive twice and out of order', async () => {
    const shop = await listen();
    await subscribe({ url: shop.url, duplicate: true, shuffle: true });
    const item = (await upsell(DECAF)).json.at('public_id');
    await shop.arrived(2);
    await api('POST', '/subscriptions/create_from_item/', { item, every: 1, every_period: 3 });
    const events = await shop.arrived(6);
    const create = ['item.create', 'item.create'];
    const convert = ['subscription.create', 'subscription.create', 'item.item_subscribe', 'item.item_subscribe'];
    expect(events.map((event) => event.at('type'))).toEqual([...create, ...convert]);
    expect(new Set(events.map((event) => event.at('id'))).size).toBe(3);
  });

  test('go nowhere but to this machine', async () => {
    for (const url of ['http://example.com/hooks', 'https://127.0.0.1/', 'http://127.0.0.1.example.com/', 'nonsense']) {
      expect(await subscribe({ url })).toBe(400);
    }
  });
});

describe('GraphQL', () => {
  const ask = (query: string, variables?: object, call = api, version = '2026-01') =>
    call('POST', `/graphql/${version}/`, { query, variables });

  test('reads orders with nested records, offsets on dates and aliases', async () => {
    const { json } = await ask(
      `query Orders($customer: String!, $ids: [String!]) {
        orders(customer: $customer, status: [1], includePrepaidOrders: false, first: 2) {
          pageInfo { hasNextPage endCursor }
          nodes { publicId place total locked customer { merchantUserId } items { hasMore nodes { ...line } } }
        }
        placed: order(publicId: "${demoOrders.placed}") { __typename status }
        nobody: order(publicId: "x") { status }
      }
      fragment line on Item { product { externalProductId name } subscription { every everyPeriod } }`,
      { customer: SHOPPER },
    );
    expect(json.at('data', 'orders', 'pageInfo', 'hasNextPage')).toBe(true);
    const next = json.rows('data', 'orders', 'nodes').find((row) => row.at('publicId') === demoOrders.next);
    expect(next?.value).toMatchObject({
      place: '2026-03-05T00:00:00-06:00',
      total: '102.15',
      locked: false,
      customer: { merchantUserId: SHOPPER },
    });
    expect(next?.at('items', 'nodes', 0)).toEqual({
      product: { externalProductId: '44931275391146', name: 'House Blend Coffee, 12 oz' },
      subscription: { every: 1, everyPeriod: 3 },
    });
    expect(json.at('data', 'placed')).toEqual({ __typename: 'Order', status: 5 });
    expect(json.at('data', 'nobody')).toBeNull();
    const rest = await ask(
      `{ orders(customer: "${SHOPPER}", status: [1], first: 50, after: ${JSON.stringify(json.at('data', 'orders', 'pageInfo', 'endCursor'))}) { nodes { place } } }`,
    );
    expect(rest.json.rows('data', 'orders', 'nodes').map((row) => row.at('place'))).toContain(
      '2026-04-02T00:00:00-05:00',
    );
  });

  test('caps items, writes decimals as switched, and hides foreign records', async () => {
    emulator.switches.setAll({ graphqlItemCap: 2, graphqlDecimal: 'number' });
    const query = `{ order(publicId: "${demoOrders.next}") { total items { hasMore nodes { publicId } } } subscription(publicId: "${demoOrders.subscription}") { live } }`;
    const { json } = await ask(query);
    expect(json.at('data', 'order')).toMatchObject({ total: 102.15, items: { hasMore: true } });
    const foreign = await ask(query, undefined, shopperCall(OTHER));
    expect(foreign.json.value).toEqual({ data: { order: null, subscription: null } });
  });

  test('refuses retired versions, mutations, unknown fields and lists without a customer', async () => {
    expect((await ask('{ orders { nodes { total } } }', undefined, api, '2024-01')).status).toBe(410);
    expect((await ask('mutation { x }')).json.rows('errors')[0]?.at('message')).toBe('This API is read-only.');
    expect((await ask(`{ order(publicId: "${demoOrders.next}") { colour } }`)).status).toBe(400);
    expect((await ask('{ orders { nodes { total } } }')).status).toBe(400);
    expect((await ask('{ orders { nodes { total } } }', undefined, bulk)).status).toBe(200);
  });
});

describe('scenarios', () => {
  test('the sandbox has customers, orders in many states, two currencies and every kind of product', () => {
    const state = new Json(emulator.state());
    const statuses = new Set(state.rows('orders').map((row) => row.at('status')));
    expect(state.rows('customers').length).toBeGreaterThanOrEqual(3);
    expect(state.rows('orders').length).toBeGreaterThanOrEqual(12);
    expect(state.rows('items').length).toBeGreaterThanOrEqual(40);
    expect([...statuses]).toEqual(expect.arrayContaining([1, 3, 4, 5, 6, 10, 13, 17, 18]));
    expect(new Set(state.rows('orders').map((row) => row.at('currency_code')))).toEqual(new Set(['USD', 'JPY']));
    const upcoming = state.rows('orders').filter((row) => row.at('customer') === SHOPPER && row.at('status') === 1);
    expect(upcoming.length).toBeGreaterThanOrEqual(4);
    const ids = state.rows('orders').map((row) => row.at('public_id'));
    expect(ids).toEqual(expect.arrayContaining(Object.values(demoOrders).slice(0, 12)));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('the sandbox is the same at every start', () => {
    const before = JSON.stringify(emulator.state());
    startAgain();
    expect(JSON.stringify(emulator.state())).toBe(before);
  });

  test('the state shows no credential', () => {
    expect(JSON.stringify(emulator.state())).not.toContain(demoStorefrontKey);
    expect(JSON.stringify(emulator.state())).not.toContain(demoBulkApiKey);
  });

  test('the large scenario has as many orders and items as asked', async () => {
    emulator.reset('large', { largeOrders: 12, largeItemsPerOrder: 3 });
    expect((await api('GET', `/orders/?customer=${SHOPPER}&status=1`)).json.at('count')).toBe(12);
    expect((await api('GET', `/items/?customer=${SHOPPER}&status=1`)).json.at('count')).toBe(36);
    emulator.reset('large');
    expect((await api('GET', `/items/?customer=${SHOPPER}&status=1`)).json.at('count')).toBe(500);
  });
});
