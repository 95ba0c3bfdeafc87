import { fromInstant } from '../../domain/moment.js';
import {
  isSameFrequency,
  type Subscription,
  type SubscriptionPrice,
  type SubscriptionTerms,
} from '../../domain/subscription.js';
import { toMoney } from './money.js';
import type { AppstleAccount } from './settings.js';
import { toFrequency, toSubscriptionStatus } from './statuses.js';
import type { WireContract, WireLine } from './wire-contract.js';

/**
 * Returns the terms of a contract, which is delivered in one rhythm and paid in another where it is prepaid.
 * See https://developers.appstle.com/api-reference/subscription-plans
 */
export function termsOfContract(
  { billing, delivery, minCycles, maxCycles }: WireContract,
  prices: readonly SubscriptionPrice[],
): SubscriptionTerms {
  return {
    deliveryFrequency: toFrequency(delivery),
    billingFrequency: toFrequency(billing),
    startsAt: null,
    trialDays: null,
    cancellation: null,
    prices,
    minimumPayments: minCycles,
    maximumPayments: maxCycles,
    minimumCommitment: null,
  };
}

/** Returns the prices of a recurring line. A prepaid one covers all deliveries of a payment. */
export function pricesOfLine({ price, total }: WireLine): readonly SubscriptionPrice[] {
  const unitPrice = toMoney(price);
  const ofLine = toMoney(total);
  return unitPrice === null && ofLine === null ? [] : [{ fromPayment: 1, unitPrice, total: ofLine }];
}

type Outlook = Pick<Subscription, 'status' | 'nextDelivery' | 'endsAt' | 'pendingChanges' | 'dunning'>;

/** Returns what lies ahead of a contract. After a failed payment an active one is past due. */
export function outlookOf(wire: WireContract, account: AppstleAccount): Outlook {
  const stated = toSubscriptionStatus(wire.status);
  const isFailing = wire.isPaymentFailing && stated !== 'CANCELLED' && stated !== 'EXPIRED';
  return {
    status: stated === 'ACTIVE' && isFailing ? 'PAST_DUE' : stated,
    nextDelivery: stated === 'ACTIVE' ? nextDeliveryOf(wire, account) : null,
    endsAt: null,
    pendingChanges: [],
    dunning: isFailing ? { reason: 'UNKNOWN', nextAttemptAt: null, endsAt: null } : null,
  };
}

/** Returns the next delivery; null for a prepaid contract, which states when it is paid and not when it delivers. */
function nextDeliveryOf({ billing, delivery, nextBillingDate }: WireContract, account: AppstleAccount) {
  const [paid, delivered] = [toFrequency(billing), toFrequency(delivery)];
  if (paid === null || delivered === null || !isSameFrequency(paid, delivered)) return null;
  return nextBillingDate === null ? 'AS_NEXT_ORDER' : fromInstant(nextBillingDate, account.timeZone);
}
