import { describe, expect, test } from '@jest/globals';
import type { Subscription } from '../../../src/domain/subscription.js';
import { sandboxOrders as orders } from '../../../src/emulators/surecart/scenarios/sandbox.js';
import { port } from '../../contract/subject.js';
import { valueOf } from '../../support/provider-harness.js';
import { addition, change, harness, lines, monthly, offer, offerKey, order, priceNamed } from './harness.js';

const cents = (minor: number) => ({ minor: BigInt(minor) });
const now = () => harness.emulator.clock.now();
const seconds = (days: number) => Math.floor(now().getTime() / 1000) + days * 86_400;

async function preview(name: keyof typeof orders, subscribe: typeof monthly | null, quantity = 1) {
  const request = addition(orders[name], { offerKey: await offerKey(name) }, { subscribe, quantity });
  return valueOf(await port(harness.open().preview, 'preview').preview(request));
}

/** Makes the open offer of an order one for another price. */
async function offerInstead(name: keyof typeof orders, price: string, fields: object = {}): Promise<void> {
  await change('upsell', await offerKey(name), { price, ...fields });
}

describe('an offer says what it costs without a preview', () => {
  test('by an amount, and what it costs without it', async () => {
    expect(await offer('coffee')).toMatchObject({
      price: cents(700),
      compareAtPrice: cents(1200),
      amountOff: cents(200),
      terms: null,
    });
  });

  test('and what later payments come to', async () => {
    expect(await offer('filters')).toMatchObject({
      price: cents(1400),
      compareAtPrice: cents(1600),
      terms: {
        deliveryFrequency: monthly,
        billingFrequency: monthly,
        trialDays: null,
        maximumPayments: null,
        prices: [
          { fromPayment: 1, unitPrice: cents(1400), total: cents(1400) },
          { fromPayment: 2, unitPrice: cents(1600), total: cents(1600) },
        ],
      },
    });
  });

  test('with a setup fee in the first payment', async () => {
    await offerInstead('filters', priceNamed('Coaching'), { percent_off: null });
    expect(await offer('filters')).toMatchObject({
      price: cents(1500),
      compareAtPrice: null,
      terms: {
        prices: [
          { fromPayment: 1, unitPrice: cents(1500), total: cents(1800) },
          { fromPayment: 2, unitPrice: cents(1500), total: cents(1500) },
        ],
      },
    });
  });

  test('with the number of payments, and as one phase where all are alike', async () => {
    await offerInstead('filters', priceNamed('Three installments'), { percent_off: null });
    expect(await offer('filters')).toMatchObject({
      terms: { maximumPayments: 3, prices: [{ fromPayment: 1, unitPrice: cents(1700), total: cents(1700) }] },
    });
    await change('price', priceNamed('Three installments'), { recurring_period_count: 1 });
    await change('upsell', await offerKey('filters'), { percent_off: 10 });
    expect((await offer('filters'))?.terms?.prices).toMatchObject([{ fromPayment: 1, unitPrice: cents(1530) }]);
    expect((await offer('filters'))?.terms?.prices).toHaveLength(1);
  });

  test('but not what a trial leaves of its reduction', async () => {
    await offerInstead('filters', priceNamed('Membership with a trial'));
    expect((await offer('filters'))?.terms).toMatchObject({
      trialDays: 14,
      prices: [
        { fromPayment: 1, unitPrice: null, total: null },
        { fromPayment: 2, unitPrice: cents(2900), total: cents(2900) },
      ],
    });
    await change('upsell', await offerKey('filters'), { percent_off: null });
    expect((await offer('filters'))?.terms?.prices).toMatchObject([{ fromPayment: 1, unitPrice: cents(2900) }]);
  });

  test.each([
    ['a percentage that would have to be rounded', { percent_off: 12.51 }, {}],
    ['an amount the buyer chooses', {}, { ad_hoc: true }],
  ])('and nothing where only SureCart knows it: %s', async (_what, upsell, price) => {
    await change('upsell', await offerKey('filters'), upsell);
    await change('price', priceNamed('Monthly'), price);
    expect(await offer('filters')).toMatchObject({ price: null, compareAtPrice: null });
    expect((await offer('filters'))?.terms?.prices[0]).toMatchObject({ unitPrice: null, total: null });
  });

  test('nor totals to which tax comes, nor renewals at another price', async () => {
    const { checkout } = {
      checkout: harness
        .rows('order')
        .find((row) => row.at('id') === orders.filters)
        ?.text('checkout'),
    };
    await change('checkout', checkout ?? '', { tax_enabled: true, tax_behavior: 'exclusive' });
    expect((await offer('filters'))?.terms?.prices.map(({ total }) => total)).toEqual([null, null]);
    await change('checkout', checkout ?? '', { tax_behavior: 'inclusive' });
    expect((await offer('filters'))?.terms?.prices.map(({ total }) => total?.minor)).toEqual([1400n, 1600n]);
    await change('price', priceNamed('Monthly'), { renewal_price: priceNamed('Coaching') });
    expect((await offer('filters'))?.terms?.prices[1]).toMatchObject({ unitPrice: null, total: null });
  });
});

describe('a preview says what is paid now and what later', () => {
  test('a period at the reduced price, then the list price', async () => {
    const { charge, terms, lineFees } = await preview('filters', monthly);
    expect(lineFees).toMatchObject(cents(0));
    expect(charge).toMatchObject({ increase: cents(1400), timing: 'IMMEDIATELY', at: null });
    const [first, next, ...more] = charge.payments;
    expect(first).toMatchObject({ amount: cents(1400), timing: 'IMMEDIATELY', at: null });
    expect(next).toMatchObject({
      amount: cents(1600),
      timing: 'WITH_UPCOMING_ORDER',
      at: { basis: 'DERIVED_FROM_RULE' },
    });
    expect(more).toEqual([]);
    expect(next?.at).toEqual(terms?.startsAt);
    const days = ((next?.at?.at?.getTime() ?? 0) - now().getTime()) / 86_400_000;
    expect(Math.round(days)).toBeGreaterThanOrEqual(28);
    expect(Math.round(days)).toBeLessThanOrEqual(31);
    expect(terms?.prices).toMatchObject([{ unitPrice: cents(1400) }, { fromPayment: 2, total: cents(1600) }]);
  });

  test('a setup fee apart from the reduction', async () => {
    await offerInstead('filters', priceNamed('Coaching'));
    const { lineFees, lineDiscount, lineTotal, terms } = await preview('filters', monthly, 2);
    expect([lineFees, lineDiscount, lineTotal]).toMatchObject([cents(300), cents(375), cents(2925)]);
    expect(terms?.prices).toMatchObject([
      { fromPayment: 1, unitPrice: null, total: cents(2925) },
      { fromPayment: 2, unitPrice: cents(1500), total: cents(3000) },
    ]);
  });

  test('nothing now where a trial comes first, and the rest at its end', async () => {
    await offerInstead('filters', priceNamed('Membership with a trial'), { percent_off: null });
    const { charge, terms } = await preview('filters', monthly);
    expect(charge).toMatchObject({ increase: cents(2900), timing: 'WITH_UPCOMING_ORDER' });
    expect(charge.payments).toMatchObject([
      { amount: cents(2900), timing: 'WITH_UPCOMING_ORDER', at: { basis: 'DERIVED_FROM_LENGTH' } },
    ]);
    expect(charge.at).toEqual(charge.payments[0]?.at);
    expect(terms).toMatchObject({ trialDays: 14, startsAt: charge.at });
    await change('upsell', await offerKey('filters'), { percent_off: 10 });
    expect((await preview('filters', monthly)).charge.payments).toMatchObject([{ amount: null }]);
  });

  test('one payment for what is bought once, and none where nothing is known', async () => {
    const { charge, terms } = await preview('coffee', null);
    expect(terms).toBeNull();
    expect(charge.payments).toMatchObject([{ amount: cents(700), timing: 'IMMEDIATELY', at: null }]);
    expect((await preview('coffee', monthly)).charge.payments).toEqual([]);
  });
});

describe('a line says what it is', () => {
  test('by name, picture and variant, as the order has it', async () => {
    expect((await lines('coffee'))[0]).toMatchObject({
      title: 'House Coffee (One bag)',
      variantTitle: null,
      imageUrl: 'https://media.example.com/house-coffee.jpg',
      terms: null,
    });
    expect((await lines('shirt'))[0]).toMatchObject({ title: 'Barista Shirt', variantTitle: 'S', imageUrl: null });
    expect((await order('coffee')).displayNumber).toMatch(/^\d{4}$/);
  });

  test('with its fees, and whether tax is inside', async () => {
    const [installments, coaching] = await lines('course');
    expect(installments).toMatchObject({ fees: cents(0), taxIncluded: null });
    expect(coaching).toMatchObject({ fees: cents(300), taxIncluded: null });
    expect((await lines('taxed'))[0]).toMatchObject({ fees: cents(0), taxIncluded: false });
    expect((await order('taxed')).totals?.taxIncluded).toBe(false);
    const checkout =
      harness
        .rows('order')
        .find((row) => row.at('id') === orders.taxed)
        ?.text('checkout') ?? '';
    await change('checkout', checkout, { tax_behavior: 'inclusive' });
    expect((await lines('taxed'))[0]?.taxIncluded).toBe(true);
    await change('checkout', checkout, { tax_behavior: null });
    expect((await order('taxed')).totals?.taxIncluded).toBeNull();
  });

  test('and what was agreed to, where it recurs', async () => {
    const [installments, coaching] = await lines('course');
    expect(installments?.terms).toMatchObject({ maximumPayments: 3, prices: [{ total: cents(1700) }], startsAt: null });
    expect(coaching?.terms?.prices).toMatchObject([
      { fromPayment: 1, unitPrice: cents(1500), total: cents(1800) },
      { fromPayment: 2, unitPrice: cents(1500), total: cents(1500) },
    ]);
  });
});

describe('a subscription says what lies ahead', () => {
  /** The first subscription of the shopper, changed. */
  async function changed(fields: object): Promise<Subscription> {
    const id = harness.rows('subscription')[0]?.text('id') ?? '';
    await change('subscription', id, { current_period_end_at: seconds(10), ...fields });
    return valueOf((await port(harness.open().subscriptions, 'subscriptions').getMany([id]))[0]);
  }
  const at = (unix: number) => ({ at: new Date(unix * 1000), basis: 'STATED_INSTANT' });

  test('its next payment, and nothing else, when all is well', async () => {
    const period = seconds(10);
    expect(await changed({ current_period_end_at: period })).toMatchObject({
      status: 'ACTIVE',
      nextDelivery: at(period),
      endsAt: null,
      pendingChanges: [],
      dunning: null,
      lines: [{ providerId: harness.rows('subscription')[0]?.text('id') }],
    });
  });

  test.each<[string, object, (period: number) => object]>([
    [
      'that it ends with the period',
      { cancel_at_period_end: true },
      (period) => ({
        status: 'ACTIVE',
        nextDelivery: null,
        endsAt: at(period),
        pendingChanges: [{ kind: 'CANCELLATION', effectiveAt: at(period) }],
      }),
    ],
    [
      'that it has no period left',
      { finite: true, remaining_period_count: 0 },
      (period) => ({ nextDelivery: null, endsAt: at(period), pendingChanges: [] }),
    ],
    [
      'but not the end of one with periods left',
      { finite: true, remaining_period_count: 1 },
      (period) => ({ nextDelivery: at(period), endsAt: null }),
    ],
    [
      'another quantity with the next payment',
      { pending_update: { quantity: 2 } },
      (period) => ({ nextDelivery: at(period), pendingChanges: [{ kind: 'PLAN', effectiveAt: at(period) }] }),
    ],
    [
      'that something unheard of is pending',
      { pending_update: { gift_wrap: true } },
      (period) => ({ pendingChanges: [{ kind: 'UNKNOWN', effectiveAt: at(period) }] }),
    ],
    ['nothing of a key without a value', { pending_update: { price: null } }, () => ({ pendingChanges: [] })],
    [
      'a payment that failed',
      { status: 'past_due' },
      () => ({ status: 'PAST_DUE', nextDelivery: null, dunning: { reason: 'UNKNOWN', endsAt: null } }),
    ],
    [
      'when it ended',
      { status: 'canceled', ended_at: 1_700_000_000, cancel_at_period_end: true },
      () => ({ status: 'CANCELLED', nextDelivery: null, endsAt: at(1_700_000_000), pendingChanges: [], dunning: null }),
    ],
  ])('%s', async (_what, fields, expected) => {
    const period = seconds(10);
    expect(await changed({ current_period_end_at: period, ...fields })).toMatchObject(expected(period));
  });

  test('that it pauses, and when it comes back', async () => {
    const [period, back] = [seconds(10), seconds(40)];
    const pausing = { current_period_end_at: period, cancel_at_period_end: true, restore_at: back };
    expect(await changed(pausing)).toMatchObject({
      status: 'ACTIVE',
      nextDelivery: null,
      endsAt: null,
      pendingChanges: [{ kind: 'PAUSE', effectiveAt: at(period) }],
    });
    expect(await changed({ ...pausing, status: 'canceled' })).toMatchObject({
      status: 'PAUSED',
      nextDelivery: at(back),
      endsAt: null,
      pendingChanges: [],
    });
  });

  test('when a payment that failed is tried again, as its period has it', async () => {
    const { items } = await port(harness.open().subscriptions, 'subscriptions').listFor(harness.shopper);
    const failing = items.find(({ status }) => status === 'PAST_DUE');
    const dunning = failing?.dunning;
    expect(dunning && 'reason' in dunning && dunning.nextAttemptAt?.getTime()).toBeGreaterThan(now().getTime());
    expect(items.filter(({ dunning }) => dunning !== null)).toHaveLength(1);
  });

  test('and what it costs from now on', async () => {
    const untaxed = await changed({ quantity: 2, subtotal_amount: 3400, tax_enabled: false });
    expect(untaxed.terms.prices).toMatchObject([{ fromPayment: 1, unitPrice: cents(1700), total: cents(3400) }]);
    const taxed = await changed({ tax_enabled: true });
    expect(taxed.terms.prices).toMatchObject([{ unitPrice: cents(1700), total: null }]);
  });
});
