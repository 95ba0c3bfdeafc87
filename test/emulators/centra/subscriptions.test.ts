import { describe, expect, test } from '@jest/globals';
import { browser, control, emulator, finish, ready, shop } from './harness.js';

describe('subscriptions', () => {
  const person = '/api/shop/customers/dana.field@example.com';

  test('of other customers are in the list when it leaks', async () => {
    emulator.reset('sandbox');
    const list = async () => (await shop('POST', `${person}/subscriptions`)).json.rows('contracts');
    const emailsIn = async () => new Set((await list()).map((contract) => contract.at('shippingAddress', 'email')));
    expect(await emailsIn()).toEqual(new Set(['dana.field@example.com']));
    emulator.switches.set('leakForeignRows', true);
    expect(await emailsIn()).toEqual(new Set(['dana.field@example.com', 'robin.vale@example.com']));
  });

  test('start with the checkout, one contract for all its subscribed lines', async () => {
    const { selection } = await ready({
      customer: 'dana.field@example.com',
      items: ['1004-1@1', '1004-1@2', '1001-1'],
    });
    await finish(selection);
    const { json } = await shop('POST', `${person}/subscriptions`);
    expect(json.rows('contracts')).toHaveLength(1);
    const own = json.rows('contracts', 0, 'subscriptions');
    expect(own.map((each) => [each.at('interval', 'type'), each.at('nextOrderDate')])).toEqual([
      ['month', '2023-02-12'],
      ['week', '2023-01-26'],
    ]);
    expect(json.at('contracts', 0, 'subscriptionPayment', 0, 'status')).toBe('Active');
  });

  test('keep the rules of joining, pausing, growing and ending', async () => {
    emulator.reset('sandbox');
    const list = () => shop('POST', `${person}/subscriptions`);
    const first = (await list()).json;
    const contract = String(first.at('contracts', 0, 'contract'));
    const subscription = String(first.at('contracts', 0, 'subscriptions', 0, 'subscription'));
    const join = (body: Record<string, unknown>) =>
      shop('POST', `${person}/contracts/${contract}/subscription`, { item: '1004-1', subscriptionPlan: 2, ...body });
    const today = new Date(emulator.clock.now()).toISOString().slice(0, 10);
    expect((await join({ nextOrderDate: today.slice(0, 8) + '00' })).status).toBe(406);
    expect((await join({ nextOrderDate: '2020-01-01' })).status).toBe(406);
    expect((await join({ nextOrderDate: '2099-01-01', item: '1001-1' })).status).toBe(404);
    const joined = await join({ nextOrderDate: '2099-01-01' });
    expect(joined.json.rows('contracts', 0, 'subscriptions')).toHaveLength(2);

    const change = (quantity: number) =>
      shop('PUT', `${person}/contracts/${contract}/subscription/${subscription}`, { quantity });
    expect((await change(0)).status).toBe(406);
    expect((await change(3)).status).toBe(200);

    const status = (id: string, word: string) =>
      shop('PUT', '/api/shop/subscription/status', { subscription: id, status: word });
    expect((await status(subscription, 'paused')).status).toBe(200);
    expect((await status(subscription, 'cancelled')).status).toBe(200);
    expect((await status(subscription, 'active')).status).toBe(406);
    const other = String((await list()).json.at('contracts', 0, 'subscriptions', 1, 'subscription'));
    await status(other, 'cancelled');
    expect((await list()).json.at('contracts', 0, 'subscriptionPayment')).toEqual([]);
    expect((await join({ nextOrderDate: '2099-01-01' })).status).toBe(406);
  });

  test('keep the plan as it was chosen, and grow only while it is unchanged', async () => {
    emulator.reset('sandbox');
    const own = async () => (await shop('POST', `${person}/subscriptions`)).json;
    const before = await own();
    const contract = before.at('contracts', 0, 'contract');
    const subscription = before.at('contracts', 0, 'subscriptions', 0, 'subscription');
    const change = (quantity: number) =>
      shop('PUT', `${person}/contracts/${String(contract)}/subscription/${String(subscription)}`, { quantity });
    expect((await change(3)).status).toBe(200);
    await control('POST', '/__emulator/plans', { plan: '1', discountPercent: 20 });
    expect((await own()).at('contracts', 0, 'subscriptions', 0, 'discount')).toBe(10);
    expect((await change(4)).status).toBe(406);
    expect((await change(2)).status).toBe(200);
    await shop('PUT', '/api/shop/subscription/interval', { subscription, subscriptionPlan: 1 });
    expect((await own()).at('contracts', 0, 'subscriptions', 0, 'discount')).toBe(20);
    expect((await change(4)).status).toBe(200);
  });

  test('say why they need attention', async () => {
    emulator.reset('sandbox');
    const first = async () => (await shop('POST', `${person}/subscriptions`)).json;
    const contract = (await first()).at('contracts', 0, 'contract');
    await control('POST', '/__emulator/stock', { item: '1004-1', stock: 0 });
    await control('POST', '/__emulator/contract-payments', { contract, status: 'SUSPENDED' });
    const { value } = await first();
    expect(value).toMatchObject({
      contracts: [
        {
          subscriptionPayment: [{ status: 'Pending' }],
          subscriptions: [{ needsAttention: true, attentionReasons: ['OUT_OF_STOCK', 'PAYMENT_DECLINED'] }],
        },
        {},
      ],
    });
    const join = { item: '1004-1', subscriptionPlan: 1, nextOrderDate: '2099-01-01' };
    expect((await shop('POST', `${person}/contracts/${String(contract)}/subscription`, join)).status).toBe(406);
    expect((await control('POST', '/__emulator/stock', { item: '7-7', stock: 1 })).status).toBe(400);
  });

  test('follow a change of interval, and not one of country', async () => {
    emulator.reset('sandbox');
    const { json } = await shop('POST', `${person}/subscriptions`);
    const contract = json.at('contracts', 0, 'contract');
    const subscription = json.at('contracts', 0, 'subscriptions', 0, 'subscription');
    await shop('PUT', '/api/shop/subscription/interval', { subscription, subscriptionPlan: 2 });
    const after = (await shop('POST', `${person}/subscriptions`)).json;
    expect(after.at('contracts', 0, 'subscriptions', 0, 'interval')).toEqual({ type: 'week', value: 2 });
    const address = { customer: 'dana.field@example.com', contract, city: 'Elsewhere' };
    expect((await shop('PUT', '/api/shop/subscription/address', address)).status).toBe(200);
    expect((await shop('PUT', '/api/shop/subscription/address', { ...address, country: 'DE' })).status).toBe(406);
  });

  test('are for who is logged in, in Checkout API', async () => {
    expect((await browser('POST', '/api/checkout/customer/subscriptions')).status).toBe(403);
  });
});
