import { describe, expect, test } from '@jest/globals';
import { fromCentral, readCentral, toCentral } from '../../../src/emulators/ordergroove/central-time.js';
import { frequencyDays } from '../../../src/emulators/ordergroove/interval.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { DECAF, api, dateAfter, emulator, eventTypes, itemsOf, orderOf, standAt, upsell } from './harness.js';

describe('Central time', () => {
  test('follows daylight saving both ways', () => {
    expect(toCentral(new Date('2023-10-09T05:00:00Z'))).toBe('2023-10-09 00:00:00');
    expect(toCentral(new Date('2023-12-13T06:00:00Z'))).toBe('2023-12-13 00:00:00');
    expect(fromCentral('2023-10-09 00:00:00').toISOString()).toBe('2023-10-09T05:00:00.000Z');
    expect(fromCentral('2023-12-13').toISOString()).toBe('2023-12-13T06:00:00.000Z');
    expect(fromCentral('2026-11-01 01:30:00').toISOString()).toBe('2026-11-01T06:30:00.000Z');
  });

  test('refuses impossible dates', () => {
    expect(readCentral('2017-02-29')).toBeNull();
    expect(readCentral('2026-03-01T25:00:00')).toBeNull();
    expect(readCentral('2026-03-01T12:00:00')).toBe('2026-03-01 12:00:00');
  });

  test('schedules by calendar, while frequency_days counts 30-day months', () => {
    expect(dateAfter('2026-11-20', 12, 3)).toBe('2027-11-20');
    expect(dateAfter('2026-01-31', 1, 3)).toBe('2026-02-28');
    expect(dateAfter('2024-02-29', 1, 4)).toBe('2025-02-28');
    expect(dateAfter('2026-03-01', 8, 2)).toBe('2026-04-26');
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

  test('keeps the day of the month a subscription is on, after a shorter month too', async () => {
    const move = (date: string) =>
      api('PATCH', `/subscriptions/${demoOrders.subscription}/change_next_order_date/`, { order_date: date });
    const next = async () => {
      const { json } = await api('GET', `/items/?subscription=${demoOrders.subscription}&status=1`);
      return (await orderOf(json.text('results', 0, 'order'))).text('place').slice(0, 10);
    };
    const dates: string[] = [];
    await move('2026-03-31');
    for (const day of ['2026-03-31', '2026-04-30', '2026-05-31']) {
      standAt(`${day}T12:00:00Z`);
      dates.push(await next());
    }
    expect(dates).toEqual(['2026-04-30', '2026-05-31', '2026-06-30']);
    await move('2026-06-12');
    standAt('2026-06-12T12:00:00Z');
    expect(await next()).toBe('2026-07-12');
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
