import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { DECAF, SHOPPER, account, api, orderOf, subscriptionItem } from './harness.js';

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
