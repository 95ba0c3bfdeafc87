import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { caller, Json } from '../calls.js';
import { DECAF, OTHER, SHOPPER, account, api, emulator, orderOf, shopperCall, upsell } from './harness.js';

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
