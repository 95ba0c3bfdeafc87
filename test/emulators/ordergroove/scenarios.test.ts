import { describe, expect, test } from '@jest/globals';
import { demoBulkApiKey, demoStorefrontKey } from '../../../src/emulators/ordergroove/scenarios/demo-credentials.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { Json } from '../calls.js';
import { SHOPPER, api, emulator, startAgain } from './harness.js';

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
