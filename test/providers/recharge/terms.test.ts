import { describe, expect, test } from '@jest/globals';
import { failed, found, missing } from '../../../src/domain/lookup.js';
import { problem } from '../../../src/domain/problem.js';
import { chargeToShow, unpaidChargeOf } from '../../../src/providers/recharge/charges.js';
import { toSubscription } from '../../../src/providers/recharge/mapping.js';
import { termsOf, termsOfRequest } from '../../../src/providers/recharge/terms.js';
import { decodeCharge, decodeSubscription } from '../../../src/providers/recharge/wire.js';
import { harness } from './harness.js';

const account = () => harness.account();
const now = new Date('2026-12-01T00:00:00Z');
const unread = problem('UNAVAILABLE', 'Recharge is not working right now.');

function subscription(fields: object = {}) {
  return decodeSubscription({
    id: 7,
    address_id: 1,
    customer_id: 2,
    status: 'active',
    quantity: 2,
    order_interval_unit: 'month',
    order_interval_frequency: '2',
    charge_interval_frequency: '6',
    next_charge_scheduled_at: '2027-01-15',
    price: '12.50',
    presentment_currency: 'USD',
    external_product_id: { ecommerce: '5' },
    external_variant_id: { ecommerce: '6' },
    ...fields,
  });
}

function charge(id: number, status: string, items: readonly number[] | string, more: object = {}) {
  const lines = Array.isArray(items)
    ? items.map((item) => ({ purchase_item_id: item, purchase_item_type: 'subscription', quantity: 1 }))
    : items;
  return decodeCharge({
    id,
    address_id: 1,
    customer: { id: 2 },
    status,
    scheduled_at: '2026-12-24',
    currency: 'USD',
    line_items: lines,
    ...more,
  });
}

describe('terms of a subscription', () => {
  test('deliver in one rhythm and are paid in another, at the price of a unit from the first payment on', () => {
    const terms = termsOf(subscription({ expire_after_specific_number_of_charges: 3 }), account());
    expect(terms).toMatchObject({
      deliveryFrequency: { every: 2, unit: 'MONTH' },
      billingFrequency: { every: 6, unit: 'MONTH' },
      prices: [{ fromPayment: 1, total: null }],
      maximumPayments: 3,
      minimumPayments: null,
      startsAt: null,
    });
    expect(terms.prices[0]?.unitPrice?.toString()).toBe('12.50 USD');
  });

  test('have no price where none is stated', () => {
    expect(termsOf(subscription({ price: null }), account()).prices).toEqual([]);
  });

  test.each([
    ['2026-12-24', { every: 2, unit: 'WEEK' }, '2027-01-07'],
    ['2026-01-31', { every: 1, unit: 'MONTH' }, '2026-02-28'],
  ] as const)('of an item added to the order of %s begin one period later', (date, frequency, next) => {
    const order = { at: null, date, timeZone: 'America/New_York', basis: 'STATED_LOCAL' } as const;
    expect(termsOfRequest(frequency, order)).toMatchObject({
      deliveryFrequency: frequency,
      billingFrequency: frequency,
      startsAt: { at: null, date: next, timeZone: null, basis: 'DERIVED_FROM_RULE' },
    });
  });

  test('of an item added to an order without a date begin nobody knows when', () => {
    const order = { at: null, date: null, timeZone: null, basis: 'UNKNOWN' } as const;
    expect(termsOfRequest({ every: 1, unit: 'MONTH' }, order).startsAt).toBeNull();
  });
});

describe('whether a subscription is paid', () => {
  const retry = { retry_date: '2026-12-26T00:00:00' };
  const list = (records: readonly ReturnType<typeof charge>[], gap: ReturnType<typeof problem> | null = null) =>
    found({ records, problem: gap });

  test.each([
    ['a charge in error holds it', list([charge(1, 'queued', [7]), charge(2, 'error', [7], retry)]), 2],
    ['a charge in error holds another one', list([charge(2, 'error', [8])]), 'missing'],
    ['only a queued charge holds it', list([charge(1, 'queued', [7])]), 'missing'],
    ['the lines of a charge in error cannot be read', list([charge(2, 'error', 'none')]), 'failed'],
    ['the lines of a queued charge cannot be read', list([charge(1, 'queued', 'none')]), 'missing'],
    ['some charges cannot be read', list([charge(1, 'queued', [7])], unread), 'failed'],
    ['a charge could not be read', list([], { ...unread, leftOut: { unreadable: 1, foreign: 0 } }), 'failed'],
    ['charges of others were left out', list([], { ...unread, leftOut: { unreadable: 0, foreign: 2 } }), 'missing'],
    ['no charge can be read', failed(unread), 'failed'],
  ] as const)('where %s', (_what, charges, expected) => {
    const unpaid = unpaidChargeOf(charges, '7');
    expect(unpaid.state === 'found' ? Number(unpaid.value.id) : unpaid.state).toBe(expected);
  });

  test.each([
    ['active', {}, missing, 'ACTIVE', null],
    ['active', {}, found(charge(2, 'error', [7], retry)), 'PAST_DUE', { reason: 'UNKNOWN', endsAt: null }],
    ['active', {}, failed(unread), 'UNKNOWN', { kind: 'UNAVAILABLE' }],
    ['active', { max_retries_reached: 1 }, failed(unread), 'PAST_DUE', { nextAttemptAt: null }],
    ['active', { max_retries_reached: 1 }, missing, 'PAST_DUE', { nextAttemptAt: null }],
    ['cancelled', {}, failed(unread), 'CANCELLED', null],
    ['expired', { max_retries_reached: 1 }, missing, 'EXPIRED', null],
  ] as const)('of one that is %s, with %j', (status, fields, unpaid, expected, dunning) => {
    const read = toSubscription(subscription({ status, ...fields }), unpaid, account(), now);
    expect(read).toMatchObject({ status: expected, dunning });
  });

  test('is tried again when its charge says', () => {
    const { dunning } = toSubscription(subscription(), found(charge(2, 'error', [7], retry)), account(), now);
    expect(dunning).toMatchObject({ nextAttemptAt: expect.any(Date) });
  });

  test.each([
    [{}, null],
    [{ charge_interval_frequency: '2' }, '2027-01-15'],
    [{ charge_interval_frequency: '2', is_prepaid: true }, null],
    [{ charge_interval_frequency: '2', next_charge_scheduled_at: null }, null],
    [{ charge_interval_frequency: '2', status: 'cancelled' }, null],
  ])('it delivers with its next charge where it pays for one delivery at a time: %j', (fields, date) => {
    const { nextDelivery } = toSubscription(subscription(fields), missing, account(), now);
    expect(nextDelivery === null || nextDelivery === 'AS_NEXT_ORDER' ? null : nextDelivery.date).toBe(date);
  });
});

describe('of several charges of a day', () => {
  const shown = (...all: readonly (readonly [number, string])[]) =>
    Number(chargeToShow(all.map(([id, status]) => charge(id, status, [])))?.id);

  test('what goes on comes before what is over, and the latest of a kind before the others', () => {
    const order = ['queued', 'pending', 'unheard-of', 'error', 'success', 'skipped'];
    for (const [index, status] of order.entries()) {
      for (const later of order.slice(index + 1)) {
        expect([shown([1, status], [2, later]), shown([2, later], [1, status])]).toEqual([1, 1]);
      }
      expect([shown([1, status], [3, status], [2, status])]).toEqual([3]);
    }
    expect(chargeToShow([])).toBeUndefined();
  });
});
