import { describe, expect, test } from '@jest/globals';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  accept,
  addition,
  calls,
  change,
  charges,
  harness,
  lines,
  monthly,
  order,
  offer,
  offerKey,
  priceNamed,
  product,
  reasonsIn,
  type SandboxOrder,
} from './harness.js';

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
    const source = harness.open({ settings });
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
    expect(charges('upsell')).toEqual([]);
  });

  test('what is not offered, and orders that take nothing, say so without a dry run', async () => {
    calls();
    expect((await ask('coffee', product(priceNamed('One bag')))).reasons).toMatchObject([
      { code: 'NOT_OFFERED', blocking: true },
      { code: 'ALREADY_ON_ORDER', blocking: false },
    ]);
    expect((await ask('processing', null)).reasons).toMatchObject([{ code: 'ORDER_PROCESSING' }]);
    expect((await ask('failed', null)).reasons).toMatchObject([{ code: 'ORDER_NOT_OPEN' }]);
    expect((await ask('coffee', product(priceNamed('One bag')), { quantity: 0 })).reasons[0]).toMatchObject({
      code: 'QUANTITY_NOT_SUPPORTED',
    });
    expect(calls().filter((call) => call.includes('preview'))).toEqual([]);
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
      await fetch(`${harness.emulator.url}/__emulator/purchasable`, {
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

  test('a dry run that prices what cannot be bought is no yes', async () => {
    const item = { offerKey: await offerKey('coffee') };
    for (const [status, code] of [
      ['out_of_stock', 'OUT_OF_STOCK'],
      ['a_new_status', 'PRODUCT_UNAVAILABLE'],
    ] as const) {
      const set = { purchasable_status: status };
      harness.emulator.faults.add({ match: { path: 'upsell$' }, action: { kind: 'patchBody', set } });
      expect(await ask('coffee', item)).toMatchObject({ verdict: 'INELIGIBLE', reasons: [{ code }] });
    }
  });

  test('an offer whose price is not known is no plain yes', async () => {
    const item = { offerKey: await offerKey('coffee') };
    const bare = { kind: 'bareId', field: 'price' } as const;
    harness.emulator.faults.add({ match: { path: '^/v1/orders$' }, times: 'always', action: bare });
    const none = { kind: 'status', status: 200, body: { data: [], pagination: { count: 0 } } } as const;
    harness.emulator.faults.add({ match: { path: '^/v1/prices$' }, times: 'always', action: none });
    expect(await ask('coffee', item)).toMatchObject({
      verdict: 'UNKNOWN',
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'UNKNOWN', evidence: 'price is an identifier alone' }),
      ]),
    });
  });

  test('a currency that differs, a price the buyer chooses and validation errors of every shape are understood', async () => {
    const item = { offerKey: await offerKey('coffee') };
    const price = (await offer('coffee'))?.product?.providerId ?? '';
    await change('price', price, { ad_hoc: true, ad_hoc_min_amount: 100 });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'PRODUCT_NOT_ELIGIBLE' }]);
    await change('price', price, { ad_hoc: false, currency: 'eur' });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'PRODUCT_NOT_ELIGIBLE' }]);
    for (const errors of [{}, [], undefined, 'none']) {
      const body = {
        http_status: 'unprocessable_entity',
        code: 'checkout.product.out_of_stock',
        validation_errors: errors,
      };
      harness.emulator.faults.add({ match: { query: 'preview' }, action: { kind: 'status', status: 422, body } });
      expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'OUT_OF_STOCK' }]);
    }
    const missing = { http_status: 'unprocessable_entity', type: 'not_found', code: 'upsell.not_found' };
    harness.emulator.faults.add({
      match: { query: 'preview' },
      action: { kind: 'status', status: 422, body: missing },
    });
    expect((await ask('coffee', item)).reasons).toMatchObject([{ code: 'NOT_OFFERED' }]);
  });

  test('a dry run that cannot be made leaves the verdict unknown', async () => {
    harness.emulator.faults.add({
      match: { query: 'preview' },
      times: 'always',
      action: { kind: 'html', status: 429 },
    });
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
    const preview = await harness.open().preview?.preview(await accept('shirt'));
    expect(preview && valueOf(preview)).toMatchObject({
      lineTotal: { minor: 4000n },
      orderTotalAfter: null,
      eligibility: { reasons: [{ message: expect.stringContaining('replaces all other items') }] },
    });
    expect(await lines('shirt')).toHaveLength(1);
    const taken = await harness.write(await accept('shirt'));
    expect(taken.operation?.status).toBe('SUCCEEDED');
    expect((await lines('shirt')).map(({ origin }) => origin)).toEqual(['UPSELL']);
  });
});

describe('previews', () => {
  test('are computed by SureCart and change nothing', async () => {
    const state = JSON.stringify(harness.emulator.state());
    const preview = await harness.open().preview?.preview(await accept('tea', { quantity: 2 }));
    expect(preview && valueOf(preview)).toMatchObject({
      quantity: 2,
      lineTotal: { minor: 1798n, currency: 'JPY' },
      lineDiscount: { minor: 200n },
      orderTotalAfter: { minor: 5398n },
      charge: { increase: { minor: 1798n }, timing: 'IMMEDIATELY' },
      fidelity: 'PROVIDER_COMPUTED',
      eligibility: { verdict: 'ELIGIBLE', basis: 'PROVIDER_DRY_RUN' },
    });
    expect(JSON.stringify(harness.emulator.state())).toBe(state);
  });

  test('of something that begins with a trial tell that it is charged later', async () => {
    await change('upsell', await offerKey('filters'), {
      price: priceNamed('Membership with a trial'),
      percent_off: null,
    });
    const preview = await harness.open().preview?.preview(await accept('filters', { subscribe: monthly }));
    expect(preview && valueOf(preview).charge).toMatchObject({
      increase: { minor: 2900n },
      timing: 'WITH_UPCOMING_ORDER',
      at: { basis: 'DERIVED_FROM_LENGTH' },
    });
  });

  test('bind the write: a price that moved meanwhile is refused before anything is sent', async () => {
    const request = await accept('coffee');
    const preview = await harness.open().preview?.preview(request);
    const { order: shown, product: ref, charge } = valueOf(preview ?? { state: 'missing' });
    const expiresAt = new Date(harness.emulator.clock.now().getTime() + 60_000);
    const bound = {
      orderKey: shown.ref.key,
      productId: ref.providerId,
      quantity: 1,
      subscribe: false,
      increase: charge.increase,
      basis: null,
      expiresAt,
    };
    await change('price', ref.providerId, { amount: 1000 });
    const moved = await harness.write(request, { guards: { preview: bound } });
    expect(moved.errors).toMatchObject([{ code: 'PRICE_GUARD', allowed: { minor: 700n }, found: { minor: 800n } }]);
    expect(charges('upsell')).toEqual([]);
    await change('price', ref.providerId, { amount: 900 });
    expect((await harness.write(request, { guards: { preview: bound } })).operation?.status).toBe('SUCCEEDED');
  });
});

describe('a refusal that tells that the time is over', () => {
  const refuse = (query: string) =>
    harness.emulator.faults.add({
      match: { method: 'POST', path: '/line_items/upsell$', query },
      action: {
        kind: 'status',
        status: 422,
        body: {
          code: 'invalid',
          type: 'invalid',
          validation_errors: [{ code: 'line_item.upsell.expired', type: 'expired' }],
        },
      },
    });

  test.each([
    ['an accepted offer', '^(?!.*preview)'],
    ['a dry run', 'preview=true'],
  ])('of %s closes the order, though its checkout names a later time', async (_what, query) => {
    expect((await order('coffee')).status).toBe('OPEN_FOR_UPSELL');
    const request = await accept('coffee');
    refuse(query);
    expect(reasonsIn(await harness.write(request))).toMatchObject([{ code: 'WINDOW_CLOSED' }]);
    expect(await order('coffee')).toMatchObject({ status: 'PLACED', window: { state: 'CLOSED', secondsLeft: 0 } });
    expect(await offer('coffee')).toBeUndefined();
    calls();
    expect(reasonsIn(await harness.write(request))).toMatchObject([{ code: 'WINDOW_CLOSED' }]);
    expect(calls()).toEqual(['GET /v1/orders']);
    expect((await order('filters')).status).toBe('OPEN_FOR_UPSELL');
  });
});
