import { describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { valueOf } from '../../support/provider-harness.js';
import { addTo, choose, codes, finish, harness, judge, ready, SHOPPER } from './harness.js';

describe('eligibility', () => {
  const termsReason = async (options: Record<string, unknown>) => {
    const { selection } = await ready({ customer: SHOPPER, ...options });
    return codes(await judge(await finish(selection)));
  };

  test('tells not offered, not allowed and expired apart', async () => {
    expect(await termsReason({ method: 'CARD' })).toEqual(['PAYMENT_METHOD_NOT_SUPPORTED']);
    harness.emulator.switches.set('crossSellWhenUnavailable', 'absent');
    expect(await termsReason({ payment: 'klarna-playground' })).toEqual(['NOT_OFFERED']);
    harness.emulator.switches.set('crossSellWhenUnavailable', 'list');
    expect(await termsReason({ market: 'ch' })).toEqual(['NOT_OFFERED']);
  });

  test.each([
    ['a flexible bundle', choose('1006'), 'PRODUCT_NOT_ELIGIBLE'],
    ['a product out of stock', choose('1005'), 'OUT_OF_STOCK'],
    ['a size out of stock', choose('1003', '1003-2'), 'OUT_OF_STOCK'],
    ['a product without a price', choose('1008'), 'PRICE_GONE'],
    ['a product sold in pairs', choose('1009'), 'PURCHASE_LIMIT'],
    ['a product of several sizes', choose('1003'), 'VARIANT_REQUIRED'],
    ['a size there is not', choose('1003', '1003-9'), 'VARIANT_GONE'],
    ['a product there is not', choose('7'), 'PRODUCT_UNAVAILABLE'],
    ['a hostile product', choose('../../orders'), 'PRODUCT_UNAVAILABLE'],
    ['an offer', { offerKey: 'o', product: null }, 'NO_OFFER'],
  ] as const)('gives %s a reason of its own', async (_what, item, code) => {
    await finish(demoCheckouts.first);
    const eligibility = await judge('61', { item });
    expect(eligibility.verdict).toBe('INELIGIBLE');
    expect(codes(eligibility)).toEqual([code, 'RISK_CHECK_NEEDED']);
  });

  test('speaks of quantity, subscriptions and what is there already', async () => {
    await finish(demoCheckouts.first);
    expect(codes(await judge('61', { quantity: 2 }))).toContain('QUANTITY_NOT_SUPPORTED');
    expect(codes(await judge('61', { quantity: 2 }, harness.open({ settings: { multiSend: true } })))).toEqual([
      'RISK_CHECK_NEEDED',
    ]);
    expect(await judge('61', { subscribe: true })).toMatchObject({
      verdict: 'INELIGIBLE',
      possibleModes: ['ONE_TIME'],
    });
    const there = await judge('61', { item: choose('1003', '1003-1') });
    expect([there.verdict, codes(there)]).toEqual(['CONDITIONAL', ['ALREADY_ON_ORDER', 'RISK_CHECK_NEEDED']]);
    expect(await judge('61', { item: choose('1007') })).toMatchObject({ verdict: 'CONDITIONAL' });
    expect(await judge('61', { item: null })).toMatchObject({ verdict: 'CONDITIONAL', product: null });
  });

  test('says so when the product cannot be read', async () => {
    await finish(demoCheckouts.first);
    const fault = { match: { path: '/items$' }, times: 'always', action: { kind: 'status', status: 500 } } as const;
    harness.emulator.faults.add(fault);
    expect(await judge('61')).toMatchObject({ verdict: 'UNKNOWN' });
    expect((await harness.write(addTo('61'))).errors[0]).toMatchObject({ code: 'PROVIDER', retry: 'SAME_KEY' });
  });

  test('previews the new total in the context of the order', async () => {
    const { selection } = await ready({ customer: SHOPPER, market: 'us' });
    const order = await finish(selection);
    const preview = valueOf(await harness.open().preview?.preview(addTo(order)));
    expect(preview).toMatchObject({ fidelity: 'ESTIMATED', charge: { timing: 'AUTHORISED_NOW' } });
    expect(preview.charge.increase?.toString()).toBe('20.00 USD');
    expect(preview.orderTotalAfter?.toString()).toBe('50.50 USD');
    harness.emulator.faults.add({
      match: { path: 'receipt' },
      times: 'always',
      action: { kind: 'patchBody', set: { 'totals.taxAddedAsNumber': 2.5 } },
    });
    const untaxed = valueOf(await harness.open().preview?.preview(addTo(order)));
    expect(untaxed).toMatchObject({ fidelity: 'UNAVAILABLE', charge: { increase: null } });
  });
});
