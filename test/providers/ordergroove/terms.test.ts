import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { nextDate } from '../../../src/providers/kit/next-date.js';
import { toSubscription } from '../../../src/providers/ordergroove/mapping.js';
import { decodeSubscription } from '../../../src/providers/ordergroove/wire.js';
import { valueOf } from '../../support/provider-harness.js';
import { addOf, harness, MONTHLY, open } from './harness.js';

const subscription = (fields: object) =>
  toSubscription(
    decodeSubscription({ public_id: 's', quantity: 1, live: true, every: 1, every_period: 3, ...fields }),
    harness.account(),
    new Date(),
  );

describe('a subscription says what was agreed to', () => {
  test('delivered and paid in one rhythm, priced with its order', () => {
    expect(subscription({})).toMatchObject({
      terms: { deliveryFrequency: MONTHLY, billingFrequency: MONTHLY, prices: [], minimumPayments: null },
      pendingChanges: [],
      endsAt: null,
      dunning: null,
      nextDelivery: 'AS_NEXT_ORDER',
    });
  });

  test('at the price it is locked to', () => {
    const { terms } = subscription({ price: '21.00', currency_code: 'USD', quantity: 2 });
    expect(terms.prices).toMatchObject([{ fromPayment: 1, unitPrice: { minor: 2100n }, total: null }]);
  });

  test.each([
    [3, { every: 3, unit: 'MONTH' }],
    [1, MONTHLY],
    [0, MONTHLY],
    [null, MONTHLY],
  ])('paid for %s orders at a time', (perBilling, billingFrequency) => {
    const context = { prepaid_orders_remaining: 2, prepaid_orders_per_billing: perBilling };
    expect(subscription({ prepaid_subscription_context: context }).terms).toMatchObject({
      deliveryFrequency: MONTHLY,
      billingFrequency,
    });
    expect(subscription({ prepaid_subscription_context: JSON.stringify(context) }).terms).toMatchObject({
      billingFrequency,
    });
  });

  test.each([
    ['autorenew', []],
    ['cancel', [{ kind: 'CANCELLATION', effectiveAt: null }]],
    ['downgrade', [{ kind: 'PLAN', effectiveAt: null }]],
    ['unheard-of', [{ kind: 'UNKNOWN', effectiveAt: null }]],
  ])('and what becomes of it after its prepaid orders: %s', (renewal_behavior, pendingChanges) => {
    const context = { prepaid_subscription_context: { prepaid_orders_per_billing: 3, renewal_behavior } };
    expect(subscription(context)).toMatchObject({ pendingChanges });
    expect(subscription({ ...context, live: false })).toMatchObject({ status: 'CANCELLED', pendingChanges: [] });
  });

  test('and when it was cancelled, in US Central time', () => {
    expect(subscription({ live: false, cancelled: '2026-01-10 14:05:00' })).toMatchObject({
      status: 'CANCELLED',
      nextDelivery: null,
      endsAt: { at: new Date('2026-01-10T20:05:00Z'), date: '2026-01-10' },
    });
    expect(subscription({ live: false, cancelled: 'yesterday' }).endsAt).toBeNull();
  });
});

describe('an order and a preview', () => {
  const order = async (key: string) => valueOf((await open().orders.getMany([key]))[0]);

  test('name the number of the shop once it is placed', async () => {
    expect((await order(demoOrders.placed)).displayNumber).toBe('300201');
    expect((await order(demoOrders.next)).displayNumber).toBeNull();
  });

  test('say what a recurring item comes to, and when next', async () => {
    const { charge, terms, order: of } = valueOf(await open().preview.preview(addOf({ subscribe: MONTHLY })));
    expect(terms).toMatchObject({ deliveryFrequency: MONTHLY, billingFrequency: MONTHLY, prices: [] });
    expect(terms?.startsAt).toMatchObject({
      date: nextDate(of.scheduled.date ?? '', MONTHLY),
      basis: 'DERIVED_FROM_RULE',
    });
    expect(charge.payments).toEqual([
      { amount: charge.increase, timing: 'WITH_UPCOMING_ORDER', at: of.scheduled },
      { amount: null, timing: 'WITH_UPCOMING_ORDER', at: terms?.startsAt },
    ]);
    const once = valueOf(await open().preview.preview(addOf()));
    expect([once.terms, once.charge.payments.length]).toEqual([null, 1]);
  });
});

test.each([
  ['2026-01-31', { every: 1, unit: 'MONTH' }, '2026-02-28'],
  ['2024-02-29', { every: 1, unit: 'YEAR' }, '2025-02-28'],
  ['2026-11-30', { every: 3, unit: 'MONTH' }, '2027-02-28'],
  ['2026-12-31', { every: 1, unit: 'DAY' }, '2027-01-01'],
  ['2026-12-24', { every: 2, unit: 'WEEK' }, '2027-01-07'],
] as const)('one period after %s (%j) is %s', (date, frequency, after) => {
  expect(nextDate(date, frequency)).toBe(after);
});
