import { describe, expect, test } from '@jest/globals';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  accept,
  addition,
  calls,
  change,
  harness,
  lines,
  monthly,
  offer,
  offerKey,
  order,
  priceNamed,
  reasonsIn,
} from './harness.js';

describe('reading', () => {
  test('an order shows the money, customer and window of its checkout', async () => {
    expect(await order('coffee')).toMatchObject({
      providerId: orders.coffee,
      kind: 'POST_PURCHASE',
      status: 'OPEN_FOR_UPSELL',
      providerStatus: 'paid',
      customerId: harness.shopper,
      window: { state: 'OPEN', closesAt: { basis: 'STATED_INSTANT' } },
      totals: { subtotal: { minor: 3600n, currency: 'USD' }, total: { minor: 3600n }, fees: { minor: 0n } },
    });
  });

  test('orders that take nothing more say why by their status', async () => {
    expect((await order('processing')).status).toBe('PROCESSING');
    expect((await order('failed')).status).toBe('PAYMENT_FAILED');
    await change('order', orders.coffee, { status: 'void' });
    await change('order', orders.tea, { status: 'something_new' });
    await change('order', orders.filters, { order_type: 'subscription' });
    expect((await order('coffee')).status).toBe('CANCELLED');
    expect(await order('tea')).toMatchObject({ status: 'UNKNOWN', providerStatus: 'something_new' });
    expect(await order('filters')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED' } });
    expect((await lines('filters'))[0]).toMatchObject({ origin: 'RECURRING' });
  });

  test("another shopper's order, the other mode and malformed keys are missing; order and length are kept", async () => {
    const keys = ['nonsense', orders.foreign, orders.coffee, orders.testMode, orders.tea];
    const found = await harness.open().orders.getMany(keys);
    expect(found.map(({ state }) => state)).toEqual(['missing', 'missing', 'found', 'missing', 'found']);
    const test = await harness.open({ settings: { mode: 'test' }, customerId: null }).orders.getMany(keys);
    expect(test.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing', 'found', 'missing']);
  });

  test('a record of the other mode is not trusted although the list was narrowed to one', async () => {
    harness.emulator.faults.add({ action: { kind: 'patchBody', set: { 'data.*.live_mode': false } } });
    expect(await harness.open().orders.getMany([orders.coffee])).toEqual([{ state: 'missing' }]);
  });

  test('amounts of a currency without decimals are not divided, coupons and tax are as stated', async () => {
    expect((await order('tea')).totals?.total).toMatchObject({ minor: 3600n, currency: 'JPY', amount: '3600' });
    expect((await order('taxed')).totals).toMatchObject({
      discount: { minor: 180n },
      tax: { minor: 324n },
      total: { minor: 1944n },
    });
    harness.restart('sandbox', { discountSign: 'negative' });
    expect((await order('taxed')).totals?.discount).toMatchObject({ minor: 180n });
    expect((await lines('taxed'))[0]?.discount).toMatchObject({ minor: 180n });
  });

  test('a currency with three decimals, which SureCart writes with two, keeps its value', async () => {
    const { checkout } = { checkout: harness.rows('order')[0]?.text('checkout') ?? '' };
    await change('checkout', checkout, { currency: 'kwd' });
    expect((await order('coffee')).totals?.total).toMatchObject({ minor: 36_000n, amount: '36.000' });
  });

  test('a reduction is in the discount of its line and once in that of the order', async () => {
    const bought = await harness.write(await accept('coffee', { quantity: 2 }));
    expect(bought.operation?.status).toBe('SUCCEEDED');
    const line = (await lines('coffee')).find(({ origin }) => origin === 'UPSELL');
    expect(line).toMatchObject({
      quantity: 2,
      unitPrice: { minor: 900n },
      compareAtTotal: { minor: 2400n },
      discount: { minor: 200n },
      total: { minor: 1600n },
      stockHeld: true,
      locked: false,
    });
    expect((await order('coffee')).totals).toMatchObject({
      subtotal: { minor: 5400n },
      discount: { minor: 200n },
      fees: { minor: 0n },
      total: { minor: 5200n },
    });
  });

  test('a setup fee is no reduction, and does not hide one', async () => {
    const coaching = (await lines('course')).find(
      ({ product: { providerId } }) => providerId === priceNamed('Coaching'),
    );
    expect(coaching).toMatchObject({ unitPrice: { minor: 1500n }, discount: { minor: 0n }, total: { minor: 1800n } });
    expect((await order('course')).totals?.fees).toMatchObject({ minor: 300n });
    await change('upsell', await offerKey('filters'), { price: priceNamed('Coaching') });
    await harness.write(await accept('filters', { subscribe: monthly }));
    expect((await lines('filters')).at(-1)).toMatchObject({ discount: { minor: 188n }, total: { minor: 1612n } });
    expect((await order('filters')).totals).toMatchObject({ fees: { minor: 300n }, discount: { minor: 188n } });
  });

  test('lines name their subscription, which came along with the order', async () => {
    calls();
    const source = harness.open();
    const found = valueOf((await source.orders.getMany([orders.course]))[0]);
    const items = valueOf((await source.lineItems?.forOrders([found]))?.[0]);
    const keys = items.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []);
    const subscriptions = await source.subscriptions?.getMany(keys);
    const products = await source.products?.getMany(items.map(({ product: { ref } }) => ref.key));
    expect(calls()).toEqual(['GET /v1/orders']);
    expect(items.map(({ purchaseMode }) => purchaseMode)).toEqual(['SUBSCRIPTION', 'SUBSCRIPTION']);
    expect(subscriptions?.map(valueOf)).toMatchObject([
      { status: 'ACTIVE', terms: { deliveryFrequency: monthly }, lines: [{ unitPrice: { minor: 1700n } }] },
      { status: 'ACTIVE', terms: { deliveryFrequency: monthly } },
    ]);
    expect(products?.map((each) => valueOf(each).title)).toEqual([
      'Brewing Course (Three installments)',
      'Brewing Course (Coaching)',
    ]);
  });

  test('a list of shorter pages than were asked for is read to its end', async () => {
    const whole = await harness.open().subscriptions?.listFor(harness.shopper);
    const clamped = harness.open({
      through: (send) => (request) => send({ ...request, url: request.url.replace('limit=100', 'limit=1') }),
    });
    const listing = await clamped.subscriptions?.listFor(harness.shopper);
    expect(listing?.problem).toBeNull();
    expect(listing?.items.map(({ providerId }) => providerId)).toEqual(
      whole?.items.map(({ providerId }) => providerId),
    );
    expect(listing?.items.length).toBeGreaterThan(1);
  });

  test('subscriptions of a customer are listed, with pauses told from cancellations', async () => {
    const [first, second] = harness.rows('subscription').map((row) => row.text('id'));
    const later = Math.floor(Date.now() / 1000) + 86_400;
    await change('subscription', first ?? '', { status: 'canceled', restore_at: later });
    await change('subscription', second ?? '', { status: 'past_due' });
    const listing = await harness.open().subscriptions?.listFor(harness.shopper);
    expect(listing?.items.map(({ status }) => status)).toEqual(expect.arrayContaining(['PAUSED', 'PAST_DUE']));
    const next = await harness.open().subscriptions?.nextOrders(listing?.items ?? []);
    expect(next?.every(({ state }) => state === 'missing')).toBe(true);
  });

  test('lines that came cut are read by their checkouts, all together', async () => {
    harness.restart('large', { innerPageSize: 2 });
    const keys = harness
      .rows('order')
      .slice(0, 30)
      .map((row) => row.text('id'));
    const source = harness.open();
    const found = (await source.orders.getMany(keys)).map(valueOf);
    const items = (await source.lineItems?.forOrders(found))?.map(valueOf);
    expect(items?.every((each) => each.length === 5)).toBe(true);
    expect(calls()).toEqual(['GET /v1/orders', 'GET /v1/line_items', 'GET /v1/line_items']);
  });

  test('60 checkouts with 5 lines each, with products, offers and windows, are one call', async () => {
    harness.restart('large');
    const keys = harness.rows('order').map((row) => row.text('id'));
    const source = harness.open();
    const found = (await source.orders.getMany(keys)).map(valueOf);
    const [items, offers] = await Promise.all([source.lineItems?.forOrders(found), source.offers?.forOrders(found)]);
    const products = items?.flatMap((each) => valueOf(each).map((line) => line.product.ref.key)) ?? [];
    expect((await source.products?.getMany(products))?.every(({ state }) => state === 'found')).toBe(true);
    expect(found).toHaveLength(60);
    expect(products).toHaveLength(300);
    expect(offers?.map((each) => valueOf(each).length)).toEqual(keys.map(() => 1));
    expect(calls()).toEqual(['GET /v1/orders']);
  });

  test('more than a hundred orders are chunks of a hundred, and one that fails costs its own', async () => {
    harness.restart('large', { largeCheckouts: 120, largeLines: 1 });
    const keys = harness.rows('order').map((row) => row.text('id'));
    harness.emulator.faults.add({
      match: { query: keys[119] ?? '' },
      times: 'always',
      action: { kind: 'status', status: 401 },
    });
    const found = await harness.open().orders.getMany(keys);
    expect(calls()).toHaveLength(2);
    expect(found.filter(({ state }) => state === 'found').length).toBeGreaterThan(80);
    expect(found[119]).toMatchObject({ state: 'failed', problem: { kind: 'AUTHENTICATION' } });
  });

  test('a conflict is read once more, and a ban in HTML is told with its end instead of being tried again', async () => {
    harness.emulator.faults.add({ action: { kind: 'status', status: 409 } });
    expect((await order('coffee')).status).toBe('OPEN_FOR_UPSELL');
    calls();
    harness.emulator.faults.add({ times: 'always', action: { kind: 'html', status: 429 } });
    const [banned] = await harness.open().orders.getMany([orders.coffee]);
    expect(banned).toMatchObject({ state: 'failed', problem: { kind: 'RATE_LIMITED', retryAt: expect.any(Date) } });
    expect(calls()).toHaveLength(1);
  });

  test('no more than the configured number of calls is made at the same time', async () => {
    harness.emulator.switches.set('parallelLimit', 2);
    harness.emulator.faults.add({ times: 'always', action: { kind: 'delay', milliseconds: 20 } });
    const connection = harness.connect({ limits: { all: { parallel: 2 } } });
    const shopper = { customerId: harness.shopper, recognised: false };
    const { signal } = new AbortController();
    const found = await Promise.all(
      Array.from({ length: 8 }, (_, each) =>
        connection.open({ actorId: `actor-${each}`, shopper, signal }).orders.getMany([orders.coffee]),
      ),
    );
    expect(found.flat().map(({ state }) => state)).toEqual(Array(8).fill('found'));
  });
});

describe('the window', () => {
  test('is open one second before its end and closed one second after', async () => {
    const closesAt = (await order('coffee')).window.closesAt?.at?.getTime() ?? 0;
    const item = { offerKey: await offerKey('coffee') };
    harness.emulator.clock.set(new Date(closesAt - 1000), { frozen: true });
    expect((await order('coffee')).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    const source = harness.open();
    const before = await source.preview?.preview(addition(orders.coffee, item));
    expect(before && valueOf(before)).toMatchObject({ fidelity: 'PROVIDER_COMPUTED' });
    harness.emulator.clock.set(new Date(closesAt + 1000));
    expect(await order('coffee')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', secondsLeft: 0 } });
    const after = await harness.write(addition(orders.coffee, item));
    expect(reasonsIn(after)).toMatchObject([{ code: 'WINDOW_CLOSED', remedy: 'PLACE_NEW_ORDER' }]);
    expect(await offer('coffee')).toBeUndefined();
  });

  test('the refusal of an upsell that ended meanwhile is the same reason', async () => {
    const request = await accept('coffee');
    harness.emulator.faults.add({
      match: { path: 'upsell$' },
      action: {
        kind: 'status',
        status: 422,
        body: {
          http_status: 'unprocessable_entity',
          type: 'invalid',
          code: 'line_item.invalid',
          validation_errors: [{ attribute: 'upsell', type: 'expired', code: 'line_item.upsell.expired', options: {} }],
        },
      },
    });
    expect(reasonsIn(await harness.write(request))).toMatchObject([{ code: 'WINDOW_CLOSED' }]);
  });

  test('without a stated end there is no countdown, and the offer stays', async () => {
    harness.restart('sandbox', { upsellsExpireAfterMinutes: -1 });
    expect(await order('coffee')).toMatchObject({
      status: 'OPEN_FOR_UPSELL',
      window: { state: 'UNKNOWN', closesAt: null, secondsLeft: null },
    });
    expect((await harness.write(await accept('coffee'))).operation?.status).toBe('SUCCEEDED');
  });
});
