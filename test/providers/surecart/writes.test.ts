import { describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../src/domain/operation.js';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { valueOf } from '../../support/provider-harness.js';
import { recovered } from '../../support/recovered.js';
import {
  accept,
  addition,
  calls,
  change,
  charges,
  declineCard,
  harness,
  lines,
  lost,
  monthly,
  offer,
  offerKey,
  order,
  priceNamed,
  product,
  reasonsIn,
  type SandboxOrder,
} from './harness.js';

describe('accepting an offer', () => {
  test('charges once, is read back, and the funnel goes on', async () => {
    const request = await accept('coffee');
    calls();
    const { operation, errors } = await harness.write(request);
    expect(errors).toEqual([]);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [], lineItemRef: { type: 'LineItem' } });
    expect(charges('upsell')).toEqual([['upsell', 'succeeded', 700]]);
    expect(calls()).toEqual([
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
    await harness.write(decline);
    const shirt = await offer('coffee');
    const variant =
      harness
        .rows('variant')
        .find((row) => row.at('option_1') === 'L')
        ?.text('id') ?? '';
    const price = shirt?.product?.providerId ?? '';
    const without = await harness.write(addition(orders.coffee, product(price)));
    expect(reasonsIn(without)).toMatchObject([{ code: 'VARIANT_REQUIRED' }]);
    const { operation } = await harness.write(addition(orders.coffee, product(price, variant)));
    expect(operation?.status).toBe('SUCCEEDED');
    expect(harness.rows('line_item').at(-1)?.value).toMatchObject({ variant, total_amount: 2160 });
  });

  test('that is refused says what of the input it is about, and the least that can be charged', async () => {
    const refuse = (error: object) =>
      harness.emulator.faults.add({
        match: { method: 'POST', path: 'upsell$', query: '^(?!.*preview)' },
        action: {
          kind: 'status',
          status: 422,
          body: { type: 'invalid', code: 'line_item.invalid', validation_errors: [error] },
        },
      });
    refuse({ attribute: 'quantity', type: 'not_a_number', code: 'line_item.quantity.not_a_number' });
    expect((await harness.write(await accept('coffee'))).errors).toMatchObject([
      { code: 'PROVIDER', path: ['quantity'] },
    ]);
    const options = { minimum_amount: 50, currency: 'usd' };
    refuse({ attribute: 'amount_due', type: 'less_than_currency_minimum', code: 'checkout.amount_due.less', options });
    expect(reasonsIn(await harness.write(await accept('coffee')))).toMatchObject([
      { code: 'PRODUCT_NOT_ELIGIBLE', message: expect.stringContaining('0.50 USD at least') },
    ]);
    refuse({ attribute: 'amount_due', type: 'less_than_currency_minimum', code: 'checkout.amount_due.less' });
    expect(reasonsIn(await harness.write(await accept('coffee')))).toMatchObject([
      { message: 'The amount is smaller than can be charged.' },
    ]);
  });

  test('as a subscription makes one, named in the outcome', async () => {
    const { operation } = await harness.write(await accept('filters', { subscribe: monthly }));
    expect(operation).toMatchObject({ status: 'SUCCEEDED', subscriptionRef: { type: 'SubscriptionContract' } });
    const key = operation?.subscriptionRef?.key ?? '';
    const [subscription] = (await harness.open().subscriptions?.getMany([key])) ?? [];
    expect(valueOf(subscription)).toMatchObject({ status: 'ACTIVE', terms: { deliveryFrequency: monthly } });
    expect((await lines('filters')).at(-1)?.subscriptionRef?.key).toBe(key);
  });

  test('as a subscription is refused for a price that does not recur, naming those that do', async () => {
    await change('upsell', await offerKey('coffee'), { price: priceNamed('One bag') });
    const refused = await harness.write(await accept('coffee', { subscribe: monthly, ifPresent: 'ADD' }));
    const [plan] = reasonsIn(refused) as { code: string; evidence: string }[];
    expect(plan).toMatchObject({ code: 'NO_SUBSCRIPTION_PLAN' });
    expect(plan?.evidence).toContain(`${priceNamed('Monthly')} (every month)`);
    expect(plan?.evidence).toContain(`${priceNamed('Every two weeks')} (every 2 weeks)`);
    const rhythm = await harness.write(await accept('filters', { subscribe: { every: 2, unit: 'WEEK' } }));
    expect(reasonsIn(rhythm)).toMatchObject([{ code: 'NO_SUBSCRIPTION_PLAN' }]);
    expect(reasonsIn(await harness.write(await accept('filters')))).toMatchObject([{ code: 'NOT_ONE_TIME' }]);
    expect(charges('upsell')).toEqual([]);
  });

  test('of a product the order already has is a duplicate, unless another is wanted', async () => {
    await change('upsell', await offerKey('coffee'), { price: priceNamed('One bag'), amount_off: null });
    const refused = await harness.write(await accept('coffee'));
    expect(refused.errors).toMatchObject([{ code: 'DUPLICATE_ITEM', existing: { origin: 'ORIGINAL', quantity: 2 } }]);
    const added = await harness.write(await accept('coffee', { ifPresent: 'ADD' }));
    expect(added.operation?.status).toBe('SUCCEEDED');
  });

  test("is refused for another shopper's order as if there were none", async () => {
    const refused = await harness.write(addition(orders.foreign, { offerKey: await offerKey('coffee') }));
    expect(refused.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('whose answer is lost after the charge is found by reading; the key replays, a new one meets it', async () => {
    const request = await accept('coffee');
    harness.emulator.faults.add({ ...lost, match: { ...lost.match, query: '^(?!.*preview)' } });
    const first = await harness.write(request, { key: 'decision-1' });
    expect(first.operation).toMatchObject({ status: 'SUCCEEDED', lineItemRef: { type: 'LineItem' } });
    expect(charges('upsell')).toEqual([['upsell', 'succeeded', 700]]);
    const again = await harness.write(request, { key: 'decision-1' });
    expect(again).toMatchObject({ replayed: true, operation: { status: 'SUCCEEDED' } });
    const other = await harness.write(request, { key: 'decision-2' });
    expect(reasonsIn(other)).toMatchObject([{ code: 'ALREADY_TAKEN' }]);
    expect(charges('upsell')).toHaveLength(1);
  });

  // 409 is not documented, and so proves nothing.
  test.each([500, 409])(
    'answered %s without a trace is open until it can no longer come, and nobody buys it meanwhile',
    async (status) => {
      const request = await accept('coffee');
      const notPreview = { method: 'POST', path: 'upsell$', query: '^(?!.*preview)' };
      harness.emulator.faults.add({ match: notPreview, action: { kind: 'status', status } });
      const { operation } = await harness.write(request);
      expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
      if (!operation) throw new Error('not claimed');
      const other = await harness.write(request);
      expect(other.errors).toMatchObject([{ code: 'OUTCOME_UNKNOWN', operationId: operation.id }]);
      expect((await recovered(harness, operation)).status).toBe('FAILED');
      expect(charges('upsell')).toEqual([]);
    },
  );

  test('too often is not applied, and not hammered', async () => {
    const request = await accept('coffee');
    harness.emulator.switches.set('sensitiveLimit', 1);
    await harness.write(await accept('tea'));
    const first = await harness.write(request, { key: 'limited-key' });
    expect(first).toMatchObject({
      operation: { status: 'FAILED' },
      errors: [{ code: 'PROVIDER', retry: 'SAME_KEY', problem: { kind: 'RATE_LIMITED' } }],
    });
    expect(charges('upsell')).toEqual([['upsell', 'succeeded', 899]]);
    harness.emulator.clock.advance(60_000);
    expect((await harness.write(request, { key: 'limited-key' })).operation?.status).toBe('SUCCEEDED');
  });

  test('as a subscription that does not show yet is not called done', async () => {
    harness.emulator.switches.set('subscriptionVisibleAfterSeconds', 3600);
    const request = await accept('filters', { subscribe: monthly });
    const { operation } = await harness.write(request, { deadlineMs: 800 });
    expect(operation).toMatchObject({ status: 'PARTIAL', effect: 'PARTLY_CHANGED' });
    expect(charges('upsell')).toHaveLength(1);
  });
});

describe('a declined payment', () => {
  test('is a payment error, with the order read back and unchanged', async () => {
    const before = await order('coffee');
    await declineCard();
    const { operation, errors } = await harness.write(await accept('coffee'));
    expect(operation?.status).toBe('REJECTED');
    expect(errors).toMatchObject([
      {
        code: 'PAYMENT',
        reason: 'DECLINED',
        effect: 'UNCHANGED',
        message: 'The payment was declined.',
      },
    ]);
    expect((await order('coffee')).totals?.total).toEqual(before.totals?.total);
    expect(charges('upsell')).toEqual([['upsell', 'failed', 700]]);
  });

  test('that leaves its line behind says that the order is not as it was', async () => {
    harness.emulator.switches.setAll({ declinedLine: 'kept', declinedShape: 'validation' });
    await declineCard();
    const { errors } = await harness.write(await accept('coffee'));
    expect(errors).toMatchObject([{ code: 'PAYMENT', reason: 'METHOD_NOT_SUPPORTED', effect: 'PARTLY_CHANGED' }]);
  });

  test('that is not called one is a refusal after a look, or found out when the line stayed', async () => {
    harness.emulator.switches.set('declinedShape', 'plain');
    await declineCard();
    expect((await harness.write(await accept('coffee'))).errors).toMatchObject([{ code: 'PROVIDER' }]);
    harness.emulator.switches.set('declinedStatus', 402);
    expect((await harness.write(await accept('coffee'))).errors).toMatchObject([
      { code: 'PAYMENT', reason: 'UNKNOWN' },
    ]);
    harness.emulator.switches.setAll({ declinedStatus: 422, declinedLine: 'kept' });
    expect((await harness.write(await accept('coffee'))).operation?.status).toBe('SUCCEEDED');
  });
});

describe('declining an offer', () => {
  const decline = async (name: SandboxOrder) =>
    harness.write({ kind: 'DECLINE_UPSELL_OFFER', orderKey: orders[name], offerKey: await offerKey(name) });

  test('leads to the downsell, and then to the end', async () => {
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(await offer('coffee')).toMatchObject({ funnelStep: 'AFTER_DECLINE', percentOff: '20' });
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(await offer('coffee')).toBeUndefined();
    expect(charges('upsell')).toEqual([]);
  });

  test('of a funnel that goes on naming the same upsell is its end, after accepting too', async () => {
    harness.emulator.switches.set('afterLastStep', 'unchanged');
    await decline('filters');
    const { value: checkout } = harness.rows('checkout')[1] ?? {};
    expect(checkout).toMatchObject({ current_upsell: expect.any(String) });
    expect(await offer('filters')).toBeUndefined();
    expect((await order('filters')).status).toBe('PLACED');
    await harness.write(await accept('tea'));
    expect(await offer('tea')).toBeUndefined();
  });

  test('is refused for what is not offered, and found when its answer is lost', async () => {
    const key = await offerKey('coffee');
    const wrong = await harness.write({ kind: 'DECLINE_UPSELL_OFFER', orderKey: orders.tea, offerKey: key });
    expect(reasonsIn(wrong)).toMatchObject([{ code: 'NOT_OFFERED' }]);
    harness.emulator.faults.add({ match: { method: 'PATCH' }, action: { kind: 'applyThenReset' } });
    expect((await decline('coffee')).operation?.status).toBe('SUCCEEDED');
  });

  test.each([
    ['a page', { kind: 'html', status: 200 }],
    ['nothing', { kind: 'status', status: 200, body: null }],
  ] as const)('is not done by whatever answers 200 in between: %s', async (_what, action) => {
    harness.emulator.faults.add({ match: { method: 'PATCH' }, action });
    const { operation } = await decline('coffee');
    expect(operation).toMatchObject({ status: 'INDETERMINATE', effect: 'UNKNOWN' });
    expect(await offer('coffee')).toMatchObject({ funnelStep: 'INITIAL' });
    expect((await recovered(harness, operation as Operation)).status).toBe('FAILED');
  });
});

describe('the documented upsell', () => {
  test('is previewed without a trace and then accepted with the documented amounts', async () => {
    harness.restart('documented');
    const orderKey = harness.rows('order')[0]?.text('id') ?? '';
    const request = addition(orderKey, product('f5af0064-fb07-47a0-8f89-4997715ba221'));
    const before = JSON.stringify(harness.emulator.state());
    const preview = await harness.open().preview?.preview(request);
    expect(preview && valueOf(preview)).toMatchObject({
      lineTotal: { minor: 2400n },
      lineDiscount: { minor: 500n },
      orderTotalAfter: { minor: 7300n },
    });
    expect(JSON.stringify(harness.emulator.state())).toBe(before);
    calls();
    const { operation } = await harness.write(request);
    expect(operation).toMatchObject({
      status: 'SUCCEEDED',
      differences: [],
      lineItemRef: { key: `${orderKey}:8e3c3560-5008-4bc2-b061-4785c5145024` },
    });
    const sent = harness.emulator.requests.list().filter(({ method }) => method === 'POST');
    const asked = {
      price: 'f5af0064-fb07-47a0-8f89-4997715ba221',
      checkout: '953ac87d-7010-4dfa-9b5c-60a5a354f05e',
      upsell: 'fc5025ef-e731-42fa-b272-1bc5ab96e808',
      quantity: 1,
    };
    expect(sent.map(({ body }) => body)).toEqual([{ line_item: asked }, { line_item: asked }]);
    const source = harness.open();
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
    expect(charges('upsell')).toEqual([['upsell', 'succeeded', 2400]]);
  });
});
