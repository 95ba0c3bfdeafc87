import type { ScheduledMoment } from '../../domain/moment.js';
import { type Frequency, type SubscriptionTerms, unstatedTerms } from '../../domain/subscription.js';
import { currencyOf, toMoney } from '../kit/money.js';
import { nextDate } from '../kit/next-date.js';
import type { RechargeAccount } from './settings.js';
import { toFrequency } from './statuses.js';
import type { WireSubscription } from './wire.js';

/** Maps terms: delivery in one rhythm, payment in another where prepaid. Both count the same unit. */
export function termsOf(wire: WireSubscription, account: RechargeAccount): SubscriptionTerms {
  const unitPrice = toMoney(wire.price, currencyOf(wire.currency, account));
  return Object.assign({}, unstatedTerms, {
    deliveryFrequency: toFrequency(wire.orderEvery, wire.unit),
    billingFrequency: toFrequency(wire.chargeEvery, wire.unit),
    prices: unitPrice === null ? [] : [{ fromPayment: 1, unitPrice, total: null }],
    maximumPayments: wire.maxCharges,
  });
}

/**
 * Returns the terms of an item added as a subscription. Its next delivery is one period after the order it is added to.
 */
export function termsOfRequest(frequency: Frequency, { date }: ScheduledMoment): SubscriptionTerms {
  const startsAt = date === null ? null : toMoment(nextDate(date, frequency));
  return { ...unstatedTerms, deliveryFrequency: frequency, billingFrequency: frequency, startsAt };
}

function toMoment(date: string): ScheduledMoment {
  return { at: null, date, timeZone: null, basis: 'DERIVED_FROM_RULE' };
}
