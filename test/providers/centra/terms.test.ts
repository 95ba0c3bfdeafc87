import { beforeEach, describe, expect, test } from '@jest/globals';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import { toLineItem, toOrder } from '../../../src/providers/centra/mapping.js';
import { outlookOf } from '../../../src/providers/centra/outlook.js';
import { decodeOrder } from '../../../src/providers/centra/wire.js';
import { decodeContract } from '../../../src/providers/centra/wire-contract.js';
import { finish, harness, linesOf, orderOf, SHOPPER } from './harness.js';

const MONTHLY = { every: 1, unit: 'MONTH' } as const;

beforeEach(() => harness.restart('sandbox'));

describe('a line says what it is', () => {
  test('by name and size, also where the product is no longer shown', async () => {
    const key = await finish(demoCheckouts.coffee);
    expect(await orderOf(key)).toMatchObject({ displayNumber: key, totals: { taxIncluded: true } });
    expect(await linesOf(key)).toMatchObject([
      { title: 'Dark roast coffee', variantTitle: '500 g', imageUrl: null, taxIncluded: true, fees: null, terms: null },
      { title: 'Linen shirt', variantTitle: 'L' },
    ]);
  });

  const order = (item: object, totals: object = {}) =>
    decodeOrder({ order: '1', currency: 'SEK', totals, items: [{ line: 'a', item: '5-3', quantity: 2, ...item }] });
  const context = (wire: ReturnType<typeof order>) => ({
    wire,
    order: toOrder(wire, null, harness.account(), new Date()),
    terms: null,
    loggedIn: null,
  });
  const lineOf = (item: object, totals: object = {}) => {
    const wire = order(item, totals);
    const [line] = wire.lines.records;
    return line && toLineItem(line, context(wire), harness.account());
  };

  test('in the words of either API', () => {
    const media = { standard: ['https://shop.example.com/1.jpg'] };
    const nested = lineOf({ product: { product: '5', name: 'Shirt', media }, size: 'M' });
    expect(nested).toMatchObject({ title: 'Shirt', variantTitle: 'M', imageUrl: 'https://shop.example.com/1.jpg' });
    const flat = lineOf({ product: '5', productName: 'Shirt', size: 'M', localizedSize: 'M (EU)' });
    expect(flat).toMatchObject({ title: 'Shirt', variantTitle: 'M (EU)', imageUrl: null });
    expect(lineOf({ product: '5' })).toMatchObject({ title: null, variantTitle: null });
  });

  test.each([
    [{ grandTotalPriceTaxAsNumber: 61 }, true],
    [{ grandTotalPriceTaxAsNumber: 61, taxAddedAsNumber: false }, true],
    [{ grandTotalPriceTaxAsNumber: 61, taxAddedAsNumber: 61 }, false],
    [{ grandTotalPriceTaxAsNumber: 61, taxDeductedAsNumber: 61 }, null],
    [{ grandTotalPriceTaxAsNumber: 0 }, null],
    [{}, null],
  ])('and whether tax is inside: %j is %j', (totals, isIncluded) => {
    expect(lineOf({ product: '5' }, totals)?.taxIncluded).toBe(isIncluded);
    expect(context(order({ product: '5' }, totals)).order.totals?.taxIncluded).toBe(isIncluded);
  });

  test('and what its plan agrees to', () => {
    const plan = { subscriptionPlan: 1, intervalType: 'month', intervalValue: '1', priceAfterDiscountAsNumber: 74.16 };
    expect(lineOf({ product: '5', subscriptionPlan: plan })?.terms).toMatchObject({
      deliveryFrequency: MONTHLY,
      billingFrequency: MONTHLY,
      prices: [{ fromPayment: 1, unitPrice: { minor: 7416n }, total: null }],
    });
    const { priceAfterDiscountAsNumber: _price, ...unpriced } = plan;
    expect(lineOf({ product: '5', subscriptionPlan: unpriced })?.terms?.prices).toEqual([]);
  });
});

describe('a subscription says what lies ahead', () => {
  const subscription = (fields: object) => {
    const each = { subscription: 7, status: 'active', lines: [], ...fields };
    const [wire] = decodeContract({ contract: 3, subscriptions: [each] }).subscriptions.records;
    if (!wire) throw new Error('not decoded');
    return outlookOf(wire, 'Europe/Stockholm');
  };

  test('its next order, and what hinders it', async () => {
    const listing = await harness.open().subscriptions?.listFor(SHOPPER);
    expect(listing?.problem).toBeNull();
    expect(listing?.items).toMatchObject([
      { status: 'ACTIVE', dunning: null },
      { status: 'PAST_DUE', dunning: { reason: 'DECLINED' } },
    ]);
    const [well, failing] = listing?.items ?? [];
    expect(well).toMatchObject({
      terms: { deliveryFrequency: MONTHLY, billingFrequency: MONTHLY, prices: [] },
      nextDelivery: { date: expect.any(String), basis: 'STATED_LOCAL', timeZone: 'Europe/Stockholm' },
      lines: [{ providerId: '1004-1' }],
      endsAt: null,
      pendingChanges: [],
    });
    expect(failing?.dunning).toMatchObject({ nextAttemptAt: expect.any(Date) });
  });

  test.each([
    [{ needsAttention: false, attentionReasons: ['PAYMENT_DECLINED'] }, 'ACTIVE', undefined],
    [{ needsAttention: true, attentionReasons: ['PAYMENT_REVOKED'] }, 'PAST_DUE', 'METHOD_NOT_SUPPORTED'],
    [{ needsAttention: true, attentionReasons: ['payment_declined', 'OUT_OF_STOCK'] }, 'PAST_DUE', 'DECLINED'],
    [{ needsAttention: true, attentionReasons: ['OUT_OF_STOCK'] }, 'ACTIVE', 'UNKNOWN'],
    [{ needsAttention: true }, 'ACTIVE', 'UNKNOWN'],
    [{ status: 'paused', needsAttention: true, attentionReasons: ['PAYMENT_DECLINED'] }, 'PAUSED', 'DECLINED'],
    [{ status: 'cancelled', needsAttention: true }, 'CANCELLED', undefined],
  ])('%j: %s, dunning %s', (fields, status, reason) => {
    expect(subscription(fields)).toMatchObject({ status, dunning: reason === undefined ? null : { reason } });
  });

  test.each([
    ['active', '2026-12-24', '2026-12-24'],
    ['paused', '2026-12-24', undefined],
    ['active', '2026-02-30', undefined],
    ['active', null, undefined],
  ])('%s with %s delivers next on %s', (status, nextOrderDate, date) => {
    const { nextDelivery } = subscription({ status, nextOrderDate });
    expect(nextDelivery === null || nextDelivery === 'AS_NEXT_ORDER' ? undefined : nextDelivery.date).toBe(date);
  });
});
