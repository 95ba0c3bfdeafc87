import type { ScheduledMoment } from '../../domain/moment.js';
import {
  type Frequency,
  frequencyOf,
  type PendingChange,
  type SubscriptionPrice,
  type SubscriptionTerms,
  unstatedTerms,
} from '../../domain/subscription.js';
import { type RequestedFrequency, statedFrequency } from '../../domain/write.js';
import { currencyOf, toMoney } from '../kit/money.js';
import { nextDate } from '../kit/next-date.js';
import type { Session } from './session.js';
import { toFrequencyUnit } from './statuses.js';
import type { WireSubscription } from './wire.js';

type OrdergrooveAccount = Session['account'];

/**
 * Returns the terms of a subscription, which is priced when its order is made unless it has a price lock.
 * See https://developer.ordergroove.com/reference/subscriptions-list
 */
export function termsOf(wire: WireSubscription, account: OrdergrooveAccount): SubscriptionTerms {
  const deliveryFrequency = toFrequency(wire);
  return {
    deliveryFrequency,
    billingFrequency: deliveryFrequency && billedEvery(deliveryFrequency, wire.prepaidOrdersPerBilling),
    startsAt: null,
    trialDays: null,
    cancellation: null,
    prices: pricesOf(wire, account),
    minimumPayments: null,
    maximumPayments: null,
    minimumCommitment: null,
  };
}

function pricesOf(
  { price, currencyCode }: WireSubscription,
  account: OrdergrooveAccount,
): readonly SubscriptionPrice[] {
  const unitPrice = toMoney(price, currencyOf(currencyCode, account));
  return unitPrice === null ? [] : [{ fromPayment: 1, unitPrice, total: null }];
}

/** Returns how often a subscription is billed: each order is paid by itself, or several are prepaid by one payment. */
function billedEvery({ every, unit }: Frequency, ordersPerBilling: number | null): Frequency {
  return { every: every * Math.max(ordersPerBilling ?? 1, 1), unit };
}

/** Returns what becomes of a prepaid subscription after its last prepaid order. When that is, is not stated. */
export function pendingChangesOf({ renewalBehavior }: WireSubscription): readonly PendingChange[] {
  switch (renewalBehavior) {
    case null:
    case 'autorenew':
      return [];
    case 'cancel':
      return [{ kind: 'CANCELLATION', effectiveAt: null }];
    case 'downgrade':
      return [{ kind: 'PLAN', effectiveAt: null }];
    default:
      return [{ kind: 'UNKNOWN', effectiveAt: null }];
  }
}

/** Returns the terms of an item added as a subscription. The next delivery is one period after the order. */
export function termsOfRequest(subscribe: RequestedFrequency, ordered: ScheduledMoment): SubscriptionTerms {
  const frequency = statedFrequency(subscribe);
  const startsAt = frequency && ordered.date !== null ? toMoment(nextDate(ordered.date, frequency)) : null;
  return Object.assign({}, unstatedTerms, { deliveryFrequency: frequency, billingFrequency: frequency, startsAt });
}

function toMoment(date: string): ScheduledMoment {
  return { at: null, date, timeZone: null, basis: 'DERIVED_FROM_RULE' };
}

export function toFrequency({ every, everyPeriod }: WireSubscription): Frequency | null {
  return frequencyOf(every, everyPeriod === null ? null : toFrequencyUnit(everyPeriod));
}
