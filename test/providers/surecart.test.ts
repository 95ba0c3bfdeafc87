import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sandboxOrders as orders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import type { UpsellOffer } from '../../src/domain/offer.js';
import type { Order } from '../../src/domain/order.js';
import { addition, product, type Rig, type SandboxOrder, startRig, valueOf } from './surecart-rig.js';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => rig.emulator.reset('sandbox'));
afterAll(() => rig.close());

const order = async (name: SandboxOrder): Promise<Order> =>
  valueOf((await rig.open().orders.getMany([orders[name]]))[0]);
const lines = async (name: SandboxOrder) => {
  const source = rig.open();
  return valueOf((await source.lineItems?.forOrders([valueOf((await source.orders.getMany([orders[name]]))[0])]))?.[0]);
};
const offer = async (name: SandboxOrder): Promise<UpsellOffer | undefined> => {
  const source = rig.open();
  const found = valueOf((await source.orders.getMany([orders[name]]))[0]);
  return valueOf((await source.offers?.forOrders([found]))?.[0])[0];
};
const offerKey = async (name: SandboxOrder) => (await offer(name))?.ref.key ?? '';
const accept = async (name: SandboxOrder, more = {}) =>
  addition(orders[name], { offerKey: await offerKey(name) }, more);
const priceNamed = (name: string) =>
  rig
    .rows('price')
    .find((row) => row.at('name') === name)
    ?.text('id') ?? '';
const declineCard = () =>
  rig.change('payment_method', rig.rows('payment_method')[0]?.text('id') ?? '', { hidden: { outcome: 'decline' } });
const monthly = { every: 1, unit: 'MONTH' } as const;
const reasonsIn = (result: { readonly errors: readonly object[] }) =>
  result.errors.flatMap((error) => ('reasons' in error ? (error.reasons as { code: string }[]) : []));
const lost = { match: { method: 'POST', path: 'upsell$' }, action: { kind: 'applyThenReset' } } as const;

describe('reading', () => {
  test('an order shows the money, customer and window of its checkout', async () => {
    expect(await order('coffee')).toMatchObject({
      providerId: orders.coffee,
      kind: 'POST_PURCHASE',
      status: 'OPEN_FOR_UPSELL',
      providerStatus: 'paid',
      customerId: rig.shopper,
      window: { state: 'OPEN', closesAt: { basis: 'STATED_INSTANT' } },
      totals: { subtotal: { minor: 3600n, currency: 'USD' }, total: { minor: 3600n }, fees: { minor: 0n } },
    });
  });

  test('orders that take nothing more say why by their status', async () => {
    expect((await order('processing')).status).toBe('PROCESSING');
    expect((await order('failed')).status).toBe('PAYMENT_FAILED');
    await rig.change('order', orders.coffee, { status: 'void' });
    await rig.change('order', orders.tea, { status: 'something_new' });
    await rig.change('order', orders.filters, { order_type: 'subscription' });
    expect((await order('coffee')).status).toBe('CANCELLED');
    expect(await order('tea')).toMatchObject({ status: 'UNKNOWN', providerStatus: 'something_new' });
    expect(await order('filters')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED' } });
    expect((await lines('filters'))[0]).toMatchObject({ origin: 'RECURRING' });
  });

  test("another shopper's order, the other mode and malformed keys are missing; order and length are kept", async () => {
    const keys = ['nonsense', orders.foreign, orders.coffee, orders.testMode, orders.tea];
    const found = await rig.open().orders.getMany(keys);
    expect(found.map(({ state }) => state)).toEqual(['missing', 'missing', 'found', 'missing', 'found']);
    const test = await rig.open({ settings: { mode: 'test' } }, null).orders.getMany(keys);
    expect(test.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing', 'found', 'missing']);
  });

  test('a record of the other mode is not trusted although the list was narrowed to one', async () => {
    rig.emulator.faults.add({ action: { kind: 'patchBody', set: { 'data.*.live_mode': false } } });
    expect(await rig.open().orders.getMany([orders.coffee])).toEqual([{ state: 'missing' }]);
  });

  test('amounts of a currency without decimals are not divided, coupons and tax are as stated', async () => {
    expect((await order('tea')).totals?.total).toMatchObject({ minor: 3600n, currency: 'JPY', amount: '3600' });
    expect((await order('taxed')).totals).toMatchObject({
      discount: { minor: 180n },
      tax: { minor: 324n },
      total: { minor: 1944n },
    });
    rig.emulator.reset('sandbox', { discountSign: 'negative' });
    expect((await order('taxed')).totals?.discount).toMatchObject({ minor: 180n });
    expect((await lines('taxed'))[0]?.discount).toMatchObject({ minor: 180n });
  });

  test('a currency with three decimals, which SureCart writes with two, keeps its value', async () => {
    const { checkout } = { checkout: rig.rows('order')[0]?.text('checkout') ?? '' };
    await rig.change('checkout', checkout, { currency: 'kwd' });
    expect((await order('coffee')).totals?.total).toMatchObject({ minor: 36_000n, amount: '36.000' });
  });

  test('a reduction is in the discount of its line and once in that of the order', async () => {
    const bought = await rig.write(await accept('coffee', { quantity: 2 }));
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
    await rig.change('upsell', await offerKey('filters'), { price: priceNamed('Coaching') });
    await rig.write(await accept('filters', { subscribe: monthly }));
    expect((await lines('filters')).at(-1)).toMatchObject({ discount: { minor: 188n }, total: { minor: 1612n } });
    expect((await order('filters')).totals).toMatchObject({ fees: { minor: 300n }, discount: { minor: 188n } });
  });

  test('lines name their subscription, which came along with the order', async () => {
    rig.calls();
    const source = rig.open();
    const found = valueOf((await source.orders.getMany([orders.course]))[0]);
    const items = valueOf((await source.lineItems?.forOrders([found]))?.[0]);
    const keys = items.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []);
    const subscriptions = await source.subscriptions?.getMany(keys);
    const products = await source.products?.getMany(items.map(({ product: { ref } }) => ref.key));
    expect(rig.calls()).toEqual(['GET /v1/orders']);
    expect(items.map(({ purchaseMode }) => purchaseMode)).toEqual(['SUBSCRIPTION', 'SUBSCRIPTION']);
    expect(subscriptions?.map(valueOf)).toMatchObject([
      { status: 'ACTIVE', frequency: monthly, lines: [{ unitPrice: { minor: 1700n } }] },
      { status: 'ACTIVE', frequency: monthly },
    ]);
    expect(products?.map((each) => valueOf(each).title)).toEqual([
      'Brewing Course (Three installments)',
      'Brewing Course (Coaching)',
    ]);
  });

  test('subscriptions of a customer are listed, with pauses told from cancellations', async () => {
    const [first, second] = rig.rows('subscription').map((row) => row.text('id'));
    const later = Math.floor(Date.now() / 1000) + 86_400;
    await rig.change('subscription', first ?? '', { status: 'canceled', restore_at: later });
    await rig.change('subscription', second ?? '', { status: 'past_due' });
    const listing = await rig.open().subscriptions?.listFor(rig.shopper);
    expect(listing?.items.map(({ status }) => status)).toEqual(expect.arrayContaining(['PAUSED', 'PAST_DUE']));
    const next = await rig.open().subscriptions?.nextOrders(listing?.items ?? []);
    expect(next?.every(({ state }) => state === 'missing')).toBe(true);
  });

  test('lines that came cut are read by their checkouts, all together', async () => {
    rig.emulator.reset('large', { innerPageSize: 2 });
    const keys = rig
      .rows('order')
      .slice(0, 30)
      .map((row) => row.text('id'));
    const source = rig.open();
    const found = (await source.orders.getMany(keys)).map(valueOf);
    const items = (await source.lineItems?.forOrders(found))?.map(valueOf);
    expect(items?.every((each) => each.length === 5)).toBe(true);
    expect(rig.calls()).toEqual(['GET /v1/orders', 'GET /v1/line_items', 'GET /v1/line_items']);
  });

  test('60 checkouts with 5 lines each, with products, offers and windows, are one call', async () => {
    rig.emulator.reset('large');
    const keys = rig.rows('order').map((row) => row.text('id'));
    const source = rig.open();
    const found = (await source.orders.getMany(keys)).map(valueOf);
    const [items, offers] = await Promise.all([source.lineItems?.forOrders(found), source.offers?.forOrders(found)]);
    const products = items?.flatMap((each) => valueOf(each).map((line) => line.product.ref.key)) ?? [];
    expect((await source.products?.getMany(products))?.every(({ state }) => state === 'found')).toBe(true);
    expect(found).toHaveLength(60);
    expect(products).toHaveLength(300);
    expect(offers?.map((each) => valueOf(each).length)).toEqual(keys.map(() => 1));
    expect(rig.calls()).toEqual(['GET /v1/orders']);
  });

  test('more than a hundred orders are chunks of a hundred, and one that fails costs its own', async () => {
    rig.emulator.reset('large', { largeCheckouts: 120, largeLines: 1 });
    const keys = rig.rows('order').map((row) => row.text('id'));
    rig.emulator.faults.add({
      match: { query: keys[119] ?? '' },
      times: 'always',
      action: { kind: 'status', status: 401 },
    });
    const found = await rig.open().orders.getMany(keys);
    expect(rig.calls()).toHaveLength(2);
    expect(found.filter(({ state }) => state === 'found').length).toBeGreaterThan(80);
    expect(found[119]).toMatchObject({ state: 'failed', problem: { kind: 'AUTHENTICATION' } });
  });

  test('a conflict is read once more, and a ban in HTML is told with its end instead of being tried again', async () => {
    rig.emulator.faults.add({ action: { kind: 'status', status: 409 } });
    expect((await order('coffee')).status).toBe('OPEN_FOR_UPSELL');
    rig.calls();
    rig.emulator.faults.add({ times: 'always', action: { kind: 'html', status: 429 } });
    const [banned] = await rig.open().orders.getMany([orders.coffee]);
    expect(banned).toMatchObject({ state: 'failed', problem: { kind: 'RATE_LIMITED', retryAt: expect.any(Date) } });
    expect(rig.calls()).toHaveLength(1);
  });

  test('no more than the configured number of calls is made at the same time', async () => {
    rig.emulator.switches.set('parallelLimit', 2);
    rig.emulator.faults.add({ times: 'always', action: { kind: 'delay', milliseconds: 20 } });
    const connection = rig.connect({ limits: { all: { parallel: 2 } } });
    const shopper = { customerId: rig.shopper, recognised: false };
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
    rig.emulator.clock.set(new Date(closesAt - 1000), { frozen: true });
    expect((await order('coffee')).window).toMatchObject({ state: 'CLOSING', secondsLeft: 1 });
    const source = rig.open();
    const before = await source.preview?.preview(addition(orders.coffee, item));
    expect(before && valueOf(before)).toMatchObject({ fidelity: 'PROVIDER_COMPUTED' });
    rig.emulator.clock.set(new Date(closesAt + 1000));
    expect(await order('coffee')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', secondsLeft: 0 } });
    const after = await rig.write(addition(orders.coffee, item));
    expect(reasonsIn(after)).toMatchObject([{ code: 'WINDOW_CLOSED', remedy: 'PLACE_NEW_ORDER' }]);
    expect(await offer('coffee')).toBeUndefined();
  });

  test('the refusal of an upsell that ended meanwhile is the same reason', async () => {
    const request = await accept('coffee');
    rig.emulator.faults.add({
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
    expect(reasonsIn(await rig.write(request))).toMatchObject([{ code: 'WINDOW_CLOSED' }]);
  });

  test('without a stated end there is no countdown, and the offer stays', async () => {
    rig.emulator.reset('sandbox', { upsellsExpireAfterMinutes: -1 });
    expect(await order('coffee')).toMatchObject({
      status: 'OPEN_FOR_UPSELL',
      window: { state: 'UNKNOWN', closesAt: null, secondsLeft: null },
    });
    expect((await rig.write(await accept('coffee'))).operation?.status).toBe('SUCCEEDED');
  });
});

describe('offers and eligibility', () => {
  test('only the current upsell is offered, with its reduction, price and step', async () => {
    expect(await offer('coffee')).toMatchObject({
      title: 'Filters for less',
      amountOff: { minor: 200n, currency: 'USD' },
      percentOff: null,
      purchaseModes: ['ONE_TIME'],
      funnelStep: 'INITIAL',
    });
    expect(await offer('filters')).toMatchObject({ percentOff: '12.5', purchaseModes: ['SUBSCRIPTION'] });
    expect(await offer('processing')).toBeUndefined();
  });

  const ask = async (name: SandboxOrder, item: Parameters<typeof addition>[1] | null, more = {}, settings = {}) => {
    const source = rig.open({ settings });
    const found = valueOf((await source.orders.getMany([orders[name]]))[0]);
    const question = { order: found, quantity: 1, subscribe: false, ...more };
    const choice = item && { offerKey: null, product: null, ...item };
    return valueOf((await source.eligibility?.check([{ ...question, item: choice }]))?.[0]);
  };

  test('an item is checked by a dry run, within the number allowed', async () => {
    const item = { offerKey: await offerKey('coffee') };
    expect(await ask('coffee', item)).toMatchObject({ verdict: 'ELIGIBLE', basis: 'PROVIDER_DRY_RUN', reasons: [] });
    expect(await ask('coffee', item, {}, { dryRunsPerCheck: 0 })).toMatchObject({
      verdict: 'ELIGIBLE',
      basis: 'RULES',
    });
    expect(await ask('coffee', null)).toMatchObject({ verdict: 'ELIGIBLE', basis: 'RULES' });
    expect(rig.charges('upsell')).toEqual([]);
  });

  test('what is not offered, and orders that take nothing, say so without a dry run', async () => {
    rig.calls();
    expect((await ask('coffee', product(priceNamed('One bag')))).reasons).toMatchObject([{ code: 'NOT_OFFERED' }]);
    expect((await ask('processing', null)).reasons).toMatchObject([{ code: 'ORDER_PROCESSING' }]);
    expect((await ask('failed', null)).reasons).toMatchObject([{ code: 'ORDER_NOT_OPEN' }]);
    expect((await ask('coffee', product(priceNamed('One bag')), { quantity: 0 })).reasons[0]).toMatchObject({
      code: 'QUANTITY_NOT_SUPPORTED',
    });
    expect(rig.calls().filter((call) => call.includes('preview'))).toEqual([]);
  });

  test('every purchasable status is its own reason, both spellings of the missing variant one', async () => {
    const item = { offerKey: await offerKey('coffee') };
    const price = (await offer('coffee'))?.product?.providerId ?? '';
    const expected = {
      price_gone: 'PRICE_GONE',
      price_old_version: 'PRICE_CHANGED',
      variant_mising: 'VARIANT_REQUIRED',
      variant_missing: 'VARIANT_REQUIRED',
      variant_gone: 'VARIANT_GONE',
      variant_old_version: 'VARIANT_CHANGED',
      out_of_stock: 'OUT_OF_STOCK',
      exceeds_purchase_limit: 'PURCHASE_LIMIT',
    };
    for (const [status, code] of Object.entries(expected)) {
      await fetch(`${rig.emulator.url}/__emulator/purchasable`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ price, status }),
      });
      const { verdict, reasons } = await ask('coffee', item);
      expect({ verdict, reasons }).toMatchObject({
        verdict: 'INELIGIBLE',
        reasons: [{ code, evidence: `purchasable_status = ${status}` }],
      });
    }
  });

  test('a currency that differs, a price the buyer chooses and validation errors of every shape are understood', async () => {
    const item = { offerKey: await offerKey('coffee') };
    const price = (await offer('coffee'))?.product?.providerId ?? '';
    await rig.change('price', price, { ad_hoc: true, ad_hoc_min_amount: 100 });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'PRODUCT_NOT_ELIGIBLE' }]);
    await rig.change('price', price, { ad_hoc: false, currency: 'eur' });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'PRODUCT_NOT_ELIGIBLE' }]);
    for (const errors of [{}, [], undefined, 'none']) {
      const body = {
        http_status: 'unprocessable_entity',
        code: 'checkout.product.out_of_stock',
        validation_errors: errors,
      };
      rig.emulator.faults.add({ match: { query: 'preview' }, action: { kind: 'status', status: 422, body } });
      expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'OUT_OF_STOCK' }]);
    }
    const missing = { http_status: 'unprocessable_entity', type: 'not_found', code: 'upsell.not_found' };
    rig.emulator.faults.add({ match: { query: 'preview' }, action: { kind: 'status', status: 422, body: missing } });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'NOT_OFFERED' }]);
  });

  test('a dry run that cannot be made leaves the verdict unknown', async () => {
    rig.emulator.faults.add({ match: { query: 'preview' }, times: 'always', action: { kind: 'html', status: 429 } });
    expect(await ask('coffee', { offerKey: await offerKey('coffee') })).toMatchObject({
      verdict: 'UNKNOWN',
      basis: 'RULES',
      reasons: [{ code: 'PROVIDER_UNAVAILABLE', blocking: false }],
    });
  });

  test('an offer that replaces all lines says so before it is taken, and is never a plain yes', async () => {
    const { verdict, reasons } = await ask('shirt', { offerKey: await offerKey('shirt') });
    expect({ verdict, reasons }).toMatchObject({
      verdict: 'UNKNOWN',
      reasons: [{ blocking: false, evidence: 'replacement_behavior = all' }],
    });
    const preview = await rig.open().preview?.preview(await accept('shirt'));
    expect(preview && valueOf(preview)).toMatchObject({
      lineTotal: { minor: 4000n },
      orderTotalAfter: null,
      eligibility: { reasons: [{ message: expect.stringContaining('replaces all other items') }] },
    });
    expect(await lines('shirt')).toHaveLength(1);
    const taken = await rig.write(await accept('shirt'));
    expect(taken.operation?.status).toBe('SUCCEEDED');
    expect((await lines('shirt')).map(({ origin }) => origin)).toEqual(['UPSELL']);
  });
});

describe('previews', () => {
  test('are computed by SureCart and change nothing', async () => {
    const state = JSON.stringify(rig.emulator.state());
    const preview = await rig.open().preview?.preview(await accept('tea', { quantity: 2 }));
    expect(preview && valueOf(preview)).toMatchObject({
      quantity: 2,
      lineTotal: { minor: 1798n, currency: 'JPY' },
      lineDiscount: { minor: 200n },
      orderTotalAfter: { minor: 5398n },
      charge: { increase: { minor: 1798n }, timing: 'IMMEDIATELY' },
      fidelity: 'PROVIDER_COMPUTED',
      eligibility: { verdict: 'ELIGIBLE', basis: 'PROVIDER_DRY_RUN' },
    });
    expect(JSON.stringify(rig.emulator.state())).toBe(state);
  });

  test('of something that begins with a trial tell that it is charged later', async () => {
    await rig.change('upsell', await offerKey('filters'), {
      price: priceNamed('Membership with a trial'),
      percent_off: null,
    });
    const preview = await rig.open().preview?.preview(await accept('filters', { subscribe: monthly }));
    expect(preview && valueOf(preview).charge).toMatchObject({
      increase: { minor: 2900n },
      timing: 'WITH_UPCOMING_ORDER',
      at: { basis: 'DERIVED_FROM_LENGTH' },
    });
  });

  test('bind the write: a price that moved meanwhile is refused before anything is sent', async () => {
    const request = await accept('coffee');
    const preview = await rig.open().preview?.preview(request);
    const { order: shown, product: ref, charge } = valueOf(preview ?? { state: 'missing' });
    const expiresAt = new Date(rig.emulator.clock.now().getTime() + 60_000);
    const bound = {
      orderKey: shown.ref.key,
      productId: ref.providerId,
      quantity: 1,
      subscribe: false,
      increase: charge.increase,
      expiresAt,
    };
    await rig.change('price', ref.providerId, { amount: 1000 });
    const moved = await rig.write(request, { guards: { preview: bound } });
    expect(moved.errors).toMatchObject([{ code: 'PRICE_GUARD', allowed: { minor: 700n }, found: { minor: 800n } }]);
    expect(rig.charges('upsell')).toEqual([]);
    await rig.change('price', ref.providerId, { amount: 900 });
    expect((await rig.write(request, { guards: { preview: bound } })).operation?.status).toBe('SUCCEEDED');
  });
});

describe('accepting an offer', () => {
  test('charges once, is read back, and the funnel goes on', async () => {
    const request = await accept('coffee');
    rig.calls();
    const { operation, errors } = await rig.write(request);
    expect(errors).toEqual([]);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [], lineItemRef: { type: 'LineItem' } });
    expect(rig.charges('upsell')).toEqual([['upsell', 'succeeded', 700]]);
    expect(rig.calls()).toEqual([
      'GET /v1/orders',
      'POST /v1/line_items/upsell preview',
      'POST /v1/line_items/upsell',
      'GET /v1/orders',
    ]);
    expect(await offer('coffee')).toMatchObject({ funnelStep: 'AFTER_ACCEPT', percentOff: '12.5' });
  });

  test('works by price as well, with the variant of its product', async () => {
    const decline = {
      kind: 'DECLINE_UPSELL_OFFER',
      orderKey: orders.coffee,
      offerKey: await offerKey('coffee'),
    } as const;
    await rig.write(decline);
    const shirt = await offer('coffee');
    const variant =
      rig
        .rows('variant')
        .find((row) => row.at('option_1') === 'L')
        ?.text('id') ?? '';
    const price = shirt?.product?.providerId ?? '';
    const without = await rig.write(addition(orders.coffee, product(price)));
    expect(reasonsIn(without)).toMatchObject([{ code: 'VARIANT_REQUIRED' }]);
    const { operation } = await rig.write(addition(orders.coffee, product(price, variant)));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(rig.rows('line_item').at(-1)?.value).toMatchObject({ variant, total_amount: 2160 });
  });

  test('as a subscription makes one, named in the outcome', async () => {
    const { operation } = await rig.write(await accept('filters', { subscribe: monthly }));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { type: 'SubscriptionContract' } });
    const key = operation?.subscriptionRef?.key ?? '';
    const [subscription] = (await rig.open().subscriptions?.getMany([key])) ?? [];
    expect(valueOf(subscription)).toMatchObject({ status: 'ACTIVE', frequency: monthly });
    expect((await lines('filters')).at(-1)?.subscriptionRef?.key).toBe(key);
  });

  test('as a subscription is refused for a price that does not recur, naming those that do', async () => {
    await rig.change('upsell', await offerKey('coffee'), { price: priceNamed('One bag') });
    const refused = await rig.write(await accept('coffee', { subscribe: monthly, ifPresent: 'ADD' }));
    const [plan] = reasonsIn(refused) as { code: string; evidence: string }[];
    expect(plan).toMatchObject({ code: 'NO_SUBSCRIPTION_PLAN' });
    expect(plan?.evidence).toContain(`${priceNamed('Monthly')} (every month)`);
    expect(plan?.evidence).toContain(`${priceNamed('Every two weeks')} (every 2 weeks)`);
    const rhythm = await rig.write(await accept('filters', { subscribe: { every: 2, unit: 'WEEK' } }));
    expect(reasonsIn(rhythm)).toMatchObject([{ code: 'NO_SUBSCRIPTION_PLAN' }]);
    expect(reasonsIn(await rig.write(await accept('filters')))).toMatchObject([{ code: 'NOT_ONE_TIME' }]);
    expect(rig.charges('upsell')).toEqual([]);
  });

  test('of a product the order already has is a duplicate, unless another is wanted', async () => {
    await rig.change('upsell', await offerKey('coffee'), { price: priceNamed('One bag'), amount_off: null });
    const refused = await rig.write(await accept('coffee'));
    expect(refused.errors).toMatchObject([{ code: 'DUPLICATE_ITEM', existing: { origin: 'ORIGINAL', quantity: 2 } }]);
    const added = await rig.write(await accept('coffee', { ifPresent: 'ADD' }));
    expect(added.operation?.status).toBe('SUCCEEDED');
  });

  test("is refused for another shopper's order as if there were none", async () => {
    const refused = await rig.write(addition(orders.foreign, { offerKey: await offerKey('coffee') }));
    expect(refused.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('whose answer is lost after the charge is found by reading; the key replays, a new one meets it', async () => {
    const request = await accept('coffee');
    rig.emulator.faults.add({ ...lost, match: { ...lost.match, query: '^(?!.*preview)' } });
    const first = await rig.write(request, { key: 'decision-1' });
    expect(first.operation).toMatchObject({ status: 'SUCCEEDED', lineItemRef: { type: 'LineItem' } });
    expect(rig.charges('upsell')).toEqual([['upsell', 'succeeded', 700]]);
    const again = await rig.write(request, { key: 'decision-1' });
    expect(again).toMatchObject({ replayed: true, operation: { status: 'SUCCEEDED' } });
    const other = await rig.write(request, { key: 'decision-2' });
    expect(reasonsIn(other)).toMatchObject([{ code: 'ALREADY_TAKEN' }]);
    expect(rig.charges('upsell')).toHaveLength(1);
  });

  test('that never took effect is failed after the settling time, and may be tried anew', async () => {
    const request = await accept('coffee');
    const notPreview = { method: 'POST', path: 'upsell$', query: '^(?!.*preview)' };
    rig.emulator.faults.add({ match: notPreview, action: { kind: 'status', status: 500 } });
    const first = await rig.write(request);
    expect(first).toMatchObject({ operation: { status: 'FAILED' }, errors: [{ code: 'PROVIDER' }] });
    rig.emulator.faults.add({ match: notPreview, action: { kind: 'status', status: 409 } });
    expect((await rig.write(request)).operation?.status).toBe('FAILED');
    expect((await rig.write(request)).operation?.status).toBe('SUCCEEDED');
    expect(rig.charges('upsell')).toHaveLength(1);
  });

  test('too often is not applied, and not hammered', async () => {
    const request = await accept('coffee');
    rig.emulator.switches.set('sensitiveLimit', 1);
    await rig.write(await accept('tea'));
    const first = await rig.write(request, { key: 'limited-key' });
    expect(first).toMatchObject({
      operation: { status: 'FAILED' },
      errors: [{ code: 'PROVIDER', retry: 'SAME_KEY', problem: { kind: 'RATE_LIMITED' } }],
    });
    expect(rig.charges('upsell')).toEqual([['upsell', 'succeeded', 899]]);
    rig.emulator.clock.advance(60_000);
    expect((await rig.write(request, { key: 'limited-key' })).operation?.status).toBe('SUCCEEDED');
  });

  test('as a subscription that does not show yet is not called done', async () => {
    rig.emulator.switches.set('subscriptionVisibleAfterSeconds', 3600);
    const request = await accept('filters', { subscribe: monthly });
    const { operation } = await rig.write(request, { deadlineMs: 800 });
    expect(operation?.status).toBe('INDETERMINATE');
    expect(rig.charges('upsell')).toHaveLength(1);
  });
});

describe('a declined payment', () => {
  test('is a payment error, with the order read back and unchanged', async () => {
    const before = await order('coffee');
    await declineCard();
    const { operation, errors } = await rig.write(await accept('coffee'));
    expect(operation?.status).toBe('REJECTED');
    expect(errors).toMatchObject([
      {
        code: 'PAYMENT',
        reason: 'DECLINED',
        orderRestored: true,
        message: 'The payment was declined. The order is unchanged.',
      },
    ]);
    expect((await order('coffee')).totals?.total).toEqual(before.totals?.total);
    expect(rig.charges('upsell')).toEqual([['upsell', 'failed', 700]]);
  });

  test('that leaves its line behind says that the order is not as it was', async () => {
    rig.emulator.switches.setAll({ declinedLine: 'kept', declinedShape: 'validation' });
    await declineCard();
    const { errors } = await rig.write(await accept('coffee'));
    expect(errors).toMatchObject([{ code: 'PAYMENT', reason: 'METHOD_NOT_SUPPORTED', orderRestored: false }]);
  });

  test('that is not called one is a refusal after a look, or found out when the line stayed', async () => {
    rig.emulator.switches.set('declinedShape', 'plain');
    await declineCard();
    expect((await rig.write(await accept('coffee'))).errors).toMatchObject([{ code: 'PROVIDER' }]);
    rig.emulator.switches.set('declinedStatus', 402);
    expect((await rig.write(await accept('coffee'))).errors).toMatchObject([{ code: 'PAYMENT', reason: 'UNKNOWN' }]);
    rig.emulator.switches.setAll({ declinedStatus: 422, declinedLine: 'kept' });
    expect((await rig.write(await accept('coffee'))).operation?.status).toBe('SUCCEEDED');
  });
});

describe('declining an offer', () => {
  const decline = async (name: SandboxOrder) =>
    rig.write({ kind: 'DECLINE_UPSELL_OFFER', orderKey: orders[name], offerKey: await offerKey(name) });

  test('leads to the downsell, and then to the end', async () => {
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(await offer('coffee')).toMatchObject({ funnelStep: 'AFTER_DECLINE', percentOff: '20' });
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(await offer('coffee')).toBeUndefined();
    expect(rig.charges('upsell')).toEqual([]);
  });

  test('of a funnel that goes on naming the same upsell is its end, after accepting too', async () => {
    rig.emulator.switches.set('afterLastStep', 'unchanged');
    await decline('filters');
    const { value: checkout } = rig.rows('checkout')[1] ?? {};
    expect(checkout).toMatchObject({ current_upsell: expect.any(String) });
    expect(await offer('filters')).toBeUndefined();
    expect((await order('filters')).status).toBe('PLACED');
    await rig.write(await accept('tea'));
    expect(await offer('tea')).toBeUndefined();
  });

  test('is refused for what is not offered, and found when its answer is lost', async () => {
    const key = await offerKey('coffee');
    const wrong = await rig.write({ kind: 'DECLINE_UPSELL_OFFER', orderKey: orders.tea, offerKey: key });
    expect(reasonsIn(wrong)).toMatchObject([{ code: 'NOT_OFFERED' }]);
    rig.emulator.faults.add({ match: { method: 'PATCH' }, action: { kind: 'applyThenReset' } });
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
  });
});

describe('converting a paid line', () => {
  const convert = async (name: SandboxOrder, more = {}) => {
    const [line] = await lines(name);
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    return rig.write({ ...request, ...more });
  };
  const makeSingle = async () => {
    const line = rig.rows('line_item').find((row) => row.at('price') === priceNamed('One bag'));
    await rig.change('line_item', line?.text('id') ?? '', { quantity: 1 });
  };

  test('starts a subscription when the paid period ends, charges nothing and revokes the purchase', async () => {
    await makeSingle();
    const before = rig.rows('charge').length;
    const { operation, errors } = await convert('coffee');
    expect(errors).toEqual([]);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', plannedSteps: ['create_subscription', 'revoke_purchase'] });
    expect(rig.rows('charge')).toHaveLength(before);
    const made = rig.rows('subscription').find((row) => row.at('id') === operation?.subscriptionRef?.key);
    const paidAt = Math.floor(((await order('coffee')).scheduled.at?.getTime() ?? 0) / 1000);
    expect(Number(made?.at('current_period_end_at')) - paidAt).toBeGreaterThanOrEqual(28 * 86_400);
    expect(Number(made?.at('current_period_end_at')) - paidAt).toBeLessThanOrEqual(31 * 86_400);
    expect(rig.rows('purchase').filter((row) => row.at('revoked') === true)).toHaveLength(1);
    rig.emulator.clock.advance(32 * 86_400_000);
    expect(rig.charges('renewal').filter(([, , amount]) => amount === 1600)).toHaveLength(1);
  });

  test('long after it was paid begins with the next whole period, never in the past', async () => {
    await makeSingle();
    rig.emulator.clock.advance(45 * 86_400_000);
    const { operation } = await convert('coffee');
    const made = rig.rows('subscription').find((row) => row.at('id') === operation?.subscriptionRef?.key);
    const startsAt = Number(made?.at('current_period_end_at'));
    const now = rig.emulator.clock.now().getTime() / 1000;
    expect(startsAt).toBeGreaterThan(now);
    expect(startsAt - now).toBeLessThanOrEqual(17 * 86_400);
    expect(rig.charges('subscription')).toEqual([]);
  });

  test('a second time is refused', async () => {
    await makeSingle();
    await convert('coffee');
    expect(reasonsIn(await convert('coffee'))).toMatchObject([{ code: 'NOT_ONE_TIME' }]);
  });

  test('whose second step fails is partial, with the subscription named', async () => {
    await makeSingle();
    rig.emulator.faults.add({
      match: { path: 'revoke$' },
      action: { kind: 'status', status: 422, body: { code: 'purchase.invalid' } },
    });
    const { operation } = await convert('coffee');
    expect(operation).toMatchObject({
      status: 'PARTIAL',
      subscriptionRef: { type: 'SubscriptionContract' },
      errors: [{ code: 'PROVIDER' }],
    });
    expect(operation?.steps.map(({ name, outcome }) => [name, outcome])).toContainEqual([
      'create_subscription',
      'DONE',
    ]);
    expect(rig.rows('subscription').filter((row) => row.at('price') === priceNamed('Monthly'))).toHaveLength(1);
  });

  test('whose answers are lost is found by its note and by the purchase', async () => {
    await makeSingle();
    rig.emulator.faults.add({ match: { method: 'POST', path: 'subscriptions$' }, action: { kind: 'applyThenReset' } });
    rig.emulator.faults.add({ match: { path: 'revoke$' }, action: { kind: 'applyThenReset' } });
    expect((await convert('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(rig.rows('subscription').filter((row) => row.at('price') === priceNamed('Monthly'))).toHaveLength(1);
  });

  test('is refused where no price recurs so, naming those that do, and for what already recurs', async () => {
    await makeSingle();
    const [plan] = reasonsIn(await convert('coffee', { frequency: { every: 5, unit: 'DAY' } })) as {
      code: string;
      evidence: string;
    }[];
    expect(plan).toMatchObject({ code: 'NO_SUBSCRIPTION_PLAN' });
    expect(plan?.evidence).toContain('every month');
    expect(reasonsIn(await convert('filters'))).toMatchObject([
      { code: 'NO_SUBSCRIPTION_PLAN', evidence: 'recurring prices: none' },
    ]);
    expect(reasonsIn(await convert('course'))).toMatchObject([{ code: 'NOT_ONE_TIME' }]);
    expect(reasonsIn(await convert('failed'))).toMatchObject([{ code: 'ORDER_NOT_OPEN' }]);
  });

  test('of several units, or where the shop does not want it, is a missing capability', async () => {
    expect((await convert('coffee')).errors).toMatchObject([
      { code: 'CAPABILITY_MISSING', capability: { key: 'CONVERT_TO_SUBSCRIPTION' } },
    ]);
    await makeSingle();
    const [line] = await lines('coffee');
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    const refused = await rig.write(request, { settings: { paidConversions: 'refuse' } });
    expect(refused.errors).toMatchObject([{ code: 'CAPABILITY_MISSING' }]);
  });

  test('with a method that cannot be charged again is a payment error', async () => {
    await makeSingle();
    await rig.change('payment_method', rig.rows('payment_method')[0]?.text('id') ?? '', { reusable: false });
    expect((await convert('coffee')).errors).toMatchObject([{ code: 'PAYMENT', reason: 'METHOD_NOT_SUPPORTED' }]);
  });

  test('can keep the purchase', async () => {
    await makeSingle();
    const [line] = await lines('coffee');
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    const { operation } = await rig.write(request, { settings: { convertedPurchases: 'keep' } });
    expect(operation).toMatchObject({ status: 'SUCCEEDED', plannedSteps: ['create_subscription'] });
    expect(rig.rows('purchase').some((row) => row.at('revoked') === true)).toBe(false);
  });
});

describe('the documented upsell', () => {
  test('is previewed without a trace and then accepted with the documented amounts', async () => {
    rig.emulator.reset('documented');
    const orderKey = rig.rows('order')[0]?.text('id') ?? '';
    const request = addition(orderKey, product('f5af0064-fb07-47a0-8f89-4997715ba221'));
    const before = JSON.stringify(rig.emulator.state());
    const preview = await rig.open().preview?.preview(request);
    expect(preview && valueOf(preview)).toMatchObject({
      lineTotal: { minor: 2400n },
      lineDiscount: { minor: 500n },
      orderTotalAfter: { minor: 7300n },
    });
    expect(JSON.stringify(rig.emulator.state())).toBe(before);
    rig.calls();
    const { operation } = await rig.write(request);
    expect(operation).toMatchObject({
      status: 'SUCCEEDED',
      differences: [],
      lineItemRef: { key: `${orderKey}:8e3c3560-5008-4bc2-b061-4785c5145024` },
    });
    const sent = rig.emulator.requests.list().filter(({ method }) => method === 'POST');
    const asked = {
      price: 'f5af0064-fb07-47a0-8f89-4997715ba221',
      checkout: '953ac87d-7010-4dfa-9b5c-60a5a354f05e',
      upsell: 'fc5025ef-e731-42fa-b272-1bc5ab96e808',
      quantity: 1,
    };
    expect(sent.map(({ body }) => body)).toEqual([{ line_item: asked }, { line_item: asked }]);
    const source = rig.open();
    const found = valueOf((await source.orders.getMany([orderKey]))[0]);
    const line = valueOf((await source.lineItems?.forOrders([found]))?.[0]).at(-1);
    expect(line).toMatchObject({
      providerId: '8e3c3560-5008-4bc2-b061-4785c5145024',
      unitPrice: { minor: 2900n, currency: 'USD' },
      discount: { minor: 500n },
      total: { minor: 2400n },
      stockHeld: true,
      origin: 'UPSELL',
    });
    expect(rig.charges('upsell')).toEqual([['upsell', 'succeeded', 2400]]);
  });
});
