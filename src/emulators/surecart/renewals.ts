import { charge, notePaid } from './charging.js';
import { addCheckout, orderOf } from './checkouts.js';
import { nowOf, type SureCartContext } from './context.js';
import { storeLine } from './line-items.js';
import type { PriceRecord } from './records/catalogue.js';
import type { SubscriptionRecord } from './records/subscriptions.js';
import { anchoredEnd, begin, countPeriod, startPeriod } from './subscriptions.js';

/** More renewals of one subscription at once mean that the clock was moved by decades. */
const MAX_RENEWALS = 200;

const RETRY_AFTER_SECONDS = 3 * 86_400;

/** Brings subscriptions up to the clock: first payments, renewals, ends and returns from a pause. */
export function tickSubscriptions(context: SureCartContext): void {
  for (const subscription of context.store.tables.subscription.list()) {
    activateIfDue(context, subscription);
    for (let count = 0; count < MAX_RENEWALS && endPeriodIfDue(context, subscription); count += 1);
    restoreIfDue(context, subscription);
  }
}

function activateIfDue(context: SureCartContext, subscription: SubscriptionRecord): void {
  const { hidden } = subscription;
  if (hidden.activateAt === null || nowOf(context) < hidden.activateAt) return;
  hidden.activateAt = null;
  const price = priceOf(context, subscription);
  const isFree = hidden.imported && !context.switches.get('importedSubscriptionsAreCharged');
  const isTrial = (price.trial_duration_days ?? 0) > 0;
  const amount = isFree || isTrial ? 0 : subscription.subtotal_amount;
  if (take(context, subscription, amount, 'subscription')) {
    begin(context, subscription, price, nowOf(context));
    // What was begun elsewhere is paid until billing starts here.
    if (hidden.firstPeriodStartAt !== null) subscription.current_period_end_at = hidden.firstPeriodStartAt;
  }
}

/** Ends the current period when it is over, and returns whether there may be another one to end. */
function endPeriodIfDue(context: SureCartContext, subscription: SubscriptionRecord): boolean {
  const { current_period_end_at: endAt, status } = subscription;
  const isRunning = status === 'active' || status === 'trialing';
  if (!isRunning || endAt === null || nowOf(context) < endAt) return false;
  if (subscription.cancel_at_period_end) return end(context, subscription, 'canceled', endAt);
  if (subscription.finite && (subscription.remaining_period_count ?? 0) <= 0) {
    return end(context, subscription, subscription.end_behavior === 'complete' ? 'completed' : 'canceled', endAt);
  }
  applyPending(context, subscription);
  return renew(context, subscription, endAt);
}

function renew(context: SureCartContext, subscription: SubscriptionRecord, startAt: number): boolean {
  const price = priceOf(context, subscription);
  const customer = context.store.tables.customer.existing(subscription.customer);
  const checkout = addCheckout(context, {
    customer: customer.id,
    email: customer.email,
    currency: subscription.currency,
    liveMode: subscription.live_mode,
    paymentMethod: subscription.payment_method,
  });
  const variant = context.store.tables.variant.get(subscription.variant) ?? null;
  // Setup fees and trials are for the first period.
  const plain: PriceRecord = { ...price, setup_fee_enabled: false, trial_duration_days: null };
  storeLine(context, checkout, {
    price: plain,
    variant,
    quantity: subscription.quantity,
    adHocAmount: subscription.ad_hoc_amount,
    upsell: null,
  });
  const isTaken = take(context, subscription, checkout.total_amount, 'renewal', checkout.id);
  checkout.status = isTaken ? 'paid' : 'payment_failed';
  checkout.paid_at = isTaken ? startAt : null;
  orderOf(context, checkout, checkout.status, 'subscription');
  if (!isTaken) {
    subscription.status = 'past_due';
    noteRetry(context, subscription);
    context.events.add('subscription.made_past_due', { ...subscription });
    return false;
  }
  notePaid(checkout, checkout.total_amount);
  countPeriod(subscription);
  const endAt = anchoredEnd(subscription, price, startAt);
  startPeriod(context, subscription, startAt, endAt, { renewal: true, checkout: checkout.id });
  subscription.status = 'active';
  context.events.add('subscription.renewed', { ...subscription });
  return true;
}

/** Notes in the period when a payment is tried again. See https://developer.surecart.com/api-reference/periods/list */
function noteRetry(context: SureCartContext, { current_period: id }: SubscriptionRecord): void {
  const period = context.store.tables.period.get(id);
  if (!period) return;
  period.payment_retry_count += 1;
  period.next_payment_retry_at = nowOf(context) + RETRY_AFTER_SECONDS;
}

/** Changes that were to wait until the next payment. */
function applyPending(context: SureCartContext, subscription: SubscriptionRecord): void {
  Object.assign(subscription, subscription.pending_update);
  subscription.pending_update = {};
  const price = priceOf(context, subscription);
  subscription.subtotal_amount = (subscription.ad_hoc_amount ?? price.amount) * subscription.quantity;
}

function end(
  context: SureCartContext,
  subscription: SubscriptionRecord,
  status: 'canceled' | 'completed',
  endedAt: number,
): false {
  Object.assign(subscription, { status, ended_at: endedAt, cancel_at_period_end: false, updated_at: nowOf(context) });
  context.events.add(`subscription.${status}`, { ...subscription });
  return false;
}

/**
 * Restores a subscription whose pause is over. A pause is a cancellation that ends by itself.
 * See https://developer.surecart.com/api-reference/subscriptions/cancelpause
 */
function restoreIfDue(context: SureCartContext, subscription: SubscriptionRecord): void {
  const { status, restore_at: restoreAt } = subscription;
  if (status === 'canceled' && restoreAt !== null && nowOf(context) >= restoreAt)
    restore(context, subscription, restoreAt);
}

/** Restores a subscription, and returns false when the payment for it was declined. */
export function restore(context: SureCartContext, subscription: SubscriptionRecord, startAt: number): boolean {
  const amount = context.switches.get('restoreCharges') ? subscription.subtotal_amount : 0;
  subscription.restore_at = null;
  if (!take(context, subscription, amount, 'renewal')) return false;
  const endAt = anchoredEnd(subscription, priceOf(context, subscription), startAt);
  Object.assign(subscription, { status: 'active', ended_at: null, cancel_at_period_end: false });
  const period = startPeriod(context, subscription, startAt, endAt, { renewal: false, checkout: null });
  period.restoral = true;
  return true;
}

export function take(
  context: SureCartContext,
  subscription: SubscriptionRecord,
  amount: number,
  reason: 'subscription' | 'renewal' | 'proration',
  checkout: string | null = null,
): boolean {
  const { currency, payment_method: paymentMethod } = subscription;
  return charge(context, { amount, currency, reason, paymentMethod, checkout });
}

export function priceOf({ store }: SureCartContext, { price }: Pick<SubscriptionRecord, 'price'>): PriceRecord {
  return store.tables.price.existing(price);
}
