import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import {
  DECAF,
  SHOPPER,
  api,
  dateAfter,
  emulator,
  eventTypes,
  itemsOf,
  orderOf,
  standAt,
  startAgain,
  subscriptionItem,
} from './harness.js';

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
    expect((await orderOf(again?.text('order') ?? '')).at('place')).toBe(`${dateAfter(place, 2, 3)} 00:00:00`);
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
