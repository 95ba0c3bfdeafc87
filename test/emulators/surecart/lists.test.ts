import { beforeEach, describe, expect, test } from '@jest/globals';
import { demoShopperId } from '../../../src/emulators/surecart/scenarios/demo-credentials.js';
import { sandboxOrders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { Json } from '../calls.js';
import { call, emulator } from './harness.js';

describe('lists and expansion', () => {
  beforeEach(() => emulator.reset('large', { largeCheckouts: 30, largeLines: 3 }));

  test('hold 20 rows unless asked otherwise, 100 at most, newest first, with the total', async () => {
    const page = (query: string) => call('GET', `/v1/orders${query}`);
    const first = (await page('')).json;
    expect(first.at('pagination')).toEqual({ count: 30, limit: 20, page: 1, url: '/v1/orders' });
    expect(first.rows('data')).toHaveLength(20);
    expect(first.at('data', 0, 'number')).toBe('0030');
    expect((await page('?page=2')).json.rows('data')).toHaveLength(10);
    expect((await page('?limit=500')).json.at('pagination', 'limit')).toBe(100);
    expect((await page('?sort=number:asc')).json.at('data', 0, 'number')).toBe('0001');
    emulator.switches.set('limitOutOfRange', 'refuse');
    expect((await page('?limit=500')).status).toBe(422);
  });

  test('are narrowed by repeated keys together; unknown ids are just absent', async () => {
    const [one, two] = (await call('GET', '/v1/orders?limit=2')).json.rows('data');
    const ids = `ids[]=${one?.text('id')}&ids[]=${two?.text('id')}&ids[]=00000000-0000-4000-8000-000000000000`;
    expect((await call('GET', `/v1/orders?${ids}`)).json.at('pagination', 'count')).toBe(2);
    const both = `${ids}&checkout_ids[]=${two?.text('checkout')}`;
    expect((await call('GET', `/v1/orders?${both}`)).json.rows('data').map((row) => row.at('id'))).toEqual([
      two?.text('id'),
    ]);
  });

  test('expand attributes of the root, and of every object of a type', async () => {
    const expand = (...entries: string[]) => entries.map((entry) => `expand[]=${entry}`).join('&');
    const plain = (await call('GET', '/v1/orders?limit=1')).json;
    expect(typeof plain.at('data', 0, 'checkout')).toBe('string');
    const query = expand('checkout', 'checkout.line_items', 'line_item.price', 'price.product', 'nothing.at_all');
    const opened = new Json((await call('GET', `/v1/orders?limit=1&${query}`)).json.at('data', 0));
    expect(opened.at('checkout', 'line_items', 'pagination', 'count')).toBe(3);
    expect(opened.at('checkout', 'line_items', 'data', 0, 'price', 'product', 'object')).toBe('product');
    expect(opened.at('checkout', 'line_items', 'data', 0, 'fees')).toBeUndefined();
    const asPath = (await call('GET', `/v1/orders?limit=1&${expand('checkout.line_items.price')}`)).json;
    expect(typeof asPath.at('data', 0, 'checkout')).toBe('string');
    emulator.switches.set('innerPageSize', 2);
    const cut = (await call('GET', `/v1/orders?limit=1&${expand('checkout', 'checkout.line_items')}`)).json;
    expect(cut.at('data', 0, 'checkout', 'line_items', 'pagination', 'count')).toBe(3);
    expect(cut.rows('data', 0, 'checkout', 'line_items', 'data')).toHaveLength(2);
    emulator.switches.set('unknownExpand', 'refuse');
    expect((await call('GET', '/v1/orders?expand[]=nothing')).status).toBe(422);
  });

  test('mix live and test rows unless live_mode is given', async () => {
    emulator.reset('sandbox');
    const count = async (query: string) => (await call('GET', `/v1/orders${query}`)).json.at('pagination', 'count');
    expect(await count('')).toBe(11);
    expect(await count('?live_mode=true')).toBe(10);
    expect(await count('?live_mode=0')).toBe(1);
  });
});

describe('a list', () => {
  test('holds what nobody asked for when it leaks', async () => {
    emulator.reset('sandbox', { leakForeignRows: true });
    const { json } = await call('GET', `/v1/orders?customer_ids[]=${demoShopperId}&limit=100`);
    expect(json.rows('data').map((row) => row.at('id'))).toContain(sandboxOrders.foreign);
  });
});
