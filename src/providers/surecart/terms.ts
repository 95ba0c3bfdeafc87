import type { Money } from '../../domain/money.js';
import type { ScheduledMoment } from '../../domain/moment.js';
import { type SubscriptionPrice, type SubscriptionTerms, unstatedTerms } from '../../domain/subscription.js';
import { periodAfter } from './billing-start.js';
import { isTaxOnTop, reductionOf, unitPriceOf } from './line-money.js';
import { toMoney } from './money.js';
import { listPriceOf, offerPriceOf } from './offer-price.js';
import { toFrequency } from './statuses.js';
import type { WireCheckout, WireLine } from './wire.js';
import type { WirePrice, WireUpsell } from './wire-catalogue.js';
import type { WireSubscription } from './wire-subscriptions.js';

const DAY_MS = 86_400_000;

type Taxes = Parameters<typeof isTaxOnTop>[0];

/** Returns what taking a recurring offer agrees to. `checkout`: null where it is not known. */
export function termsOfOffer(upsell: WireUpsell, checkout: Taxes | null): SubscriptionTerms | null {
  const { price } = upsell;
  if (!price?.interval) return null;
  const isOnTop = checkout && isTaxOnTop(checkout);
  const unit = toMoney(offerPriceOf(upsell, price).price, price.currency);
  const fee = toMoney(setupFeeOf(price), price.currency);
  const isReduced = upsell.amountOff !== null || upsell.percentOff !== null;
  const first = { unitPrice: unit, total: isOnTop === false && unit && fee ? unit.plus(fee) : null };
  return termsOf(price, pricesOf(price, 1, isOnTop, { ...first, isReduced }));
}

/** Returns what a recurring line agreed to; null for one that does not recur. */
export function termsOfLine(
  line: WireLine,
  checkout: Taxes & Pick<WireCheckout, 'currency'>,
): SubscriptionTerms | null {
  const { price, quantity } = line;
  if (!price?.interval) return null;
  const total = toMoney(line.total, checkout.currency);
  const first = { unitPrice: firstUnitOf(line, checkout.currency), total, isReduced: reductionOf(line) !== 0n };
  return termsOf(price, pricesOf(price, quantity, isTaxOnTop(checkout), first));
}

/** Returns what a subscription costs from now on. What its first payment came to is not stated. */
export function termsOfSubscription(wire: WireSubscription): SubscriptionTerms {
  const { price, taxEnabled } = wire;
  const unitPrice = unitPriceOf(wire, wire.currency);
  const total = taxEnabled === false ? toMoney(wire.subtotal, wire.currency) : null;
  const prices = unitPrice === null && total === null ? [] : [{ fromPayment: 1, unitPrice, total }];
  return price ? termsOf(price, prices) : { ...unstatedTerms, prices };
}

function termsOf(price: WirePrice, prices: readonly SubscriptionPrice[]): SubscriptionTerms {
  const frequency = toFrequency(price);
  return {
    deliveryFrequency: frequency,
    billingFrequency: frequency,
    startsAt: null,
    trialDays: price.trialDays > 0 ? price.trialDays : null,
    cancellation: null,
    prices,
    minimumPayments: null,
    maximumPayments: price.periodCount,
    minimumCommitment: null,
  };
}

interface FirstPayment {
  readonly unitPrice: Money | null;
  readonly total: Money | null;
  readonly isReduced: boolean;
}

/**
 * Returns the prices of the payments. A reduction and a setup fee are for the first one only. What a trial leaves of
 * either is not documented.
 */
function pricesOf(
  price: WirePrice,
  quantity: number,
  isOnTop: boolean | null,
  { isReduced, ...stated }: FirstPayment,
): readonly SubscriptionPrice[] {
  const later = laterPaymentOf(price, quantity, isOnTop);
  const afterTrial = isReduced ? { unitPrice: null, total: null } : later;
  const first = price.trialDays > 0 ? afterTrial : stated;
  if (price.periodCount === 1) return [{ fromPayment: 1, ...first }];
  const isSame = areSame(first.unitPrice, later.unitPrice) && areSame(first.total, later.total);
  return [{ fromPayment: 1, ...first }, ...(isSame ? [] : [{ fromPayment: 2, ...later }])];
}

/** Returns what later payments cost, at list price. What a price says of other renewals is not documented further. */
export function laterPaymentOf(price: WirePrice, quantity: number, isOnTop: boolean | null) {
  const amount = price.renewalPriceId === null ? listPriceOf(price) : null;
  const unitPrice = toMoney(amount, price.currency);
  return { unitPrice, total: isOnTop === false ? (unitPrice?.times(quantity) ?? null) : null };
}

/** Returns when what is agreed to now is paid next: after the trial, or after a period. */
export function nextPaymentAt(price: WirePrice, now: Date): ScheduledMoment | null {
  const derived = (at: Date, basis: ScheduledMoment['basis']) => ({ at, date: null, timeZone: null, basis });
  if (price.trialDays > 0) {
    return derived(new Date(now.getTime() + price.trialDays * DAY_MS), 'DERIVED_FROM_LENGTH');
  }
  const frequency = toFrequency(price);
  return frequency && derived(periodAfter(now, frequency), 'DERIVED_FROM_RULE');
}

export function setupFeeOf({ setupFeeEnabled, setupFee }: WirePrice): bigint | null {
  return setupFeeEnabled === true ? setupFee : 0n;
}

/** Returns what one unit costs after reductions, where that is exact. */
function firstUnitOf(line: WireLine, currency: string | null): Money | null {
  const off = reductionOf(line);
  const units = BigInt(line.quantity);
  if (line.subtotal === null || off === null || units < 1n || (line.subtotal - off) % units !== 0n) return null;
  return toMoney((line.subtotal - off) / units, currency);
}

function areSame(one: Money | null, other: Money | null): boolean {
  return (
    one === other || (one !== null && other !== null && one.minor === other.minor && one.currency === other.currency)
  );
}
