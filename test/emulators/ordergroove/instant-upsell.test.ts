import { beforeEach, describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { caller } from '../calls.js';
import {
  DECAF,
  OFFER,
  OTHER,
  SHOPPER,
  YEN,
  account,
  api,
  emulator,
  eventTypes,
  itemsOf,
  orderOf,
  signed,
  upsell,
} from './harness.js';

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
