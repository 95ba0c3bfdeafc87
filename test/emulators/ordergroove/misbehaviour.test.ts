import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { DECAF, SHOPPER, api, emulator, itemsOf, orderOf, upsell } from './harness.js';

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
