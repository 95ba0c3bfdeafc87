import { addCheckout, orderOf } from './checkouts.js';
import { charge, notePaid } from './charging.js';
import { addInterval } from './intervals.js';
import { storeLine } from './line-items.js';
import type { PriceRecord } from './records/catalogue.js';
import type { SubscriptionRecord } from './records/subscriptions.js';
import { known } from './store.js';
import { begin, countPeriod, startPeriod } from './subscriptions.js';
import { nowOf, type SureCartWorld } from './world.js';

/** More renewals of one subscription at once mean that the clock was moved by decades. */
const MAX_RENEWALS = 200;

/** Brings subscriptions up to the clock: first payments, renewals, ends and returns from a pause. */
export function tickSubscriptions(world: SureCartWorld): void {
  for (const subscription of world.store.tables.subscription.list()) {
    activateIfDue(world, subscription);
    for (let count = 0; count < MAX_RENEWALS && endPeriodIfDue(world, subscription); count += 1);
    restoreIfDue(world, subscription);
  }
}

function activateIfDue(world: SureCartWorld, subscription: SubscriptionRecord): void {
  const { hidden } = subscription;
  if (hidden.activateAt === null || nowOf(world) < hidden.activateAt) return;
  hidden.activateAt = null;
  const price = priceOf(world, subscription);
  const isFree = hidden.imported && !world.switches.get('importedSubscriptionsAreCharged');
  const isTrial = (price.trial_duration_days ?? 0) > 0;
  const amount = isFree || isTrial ? 0 : subscription.subtotal_amount;
  if (take(world, subscription, amount, 'subscription')) {
    begin(world, subscription, price, nowOf(world));
    // What was begun elsewhere is paid until billing starts here.
    if (hidden.firstPeriodStartAt !== null) subscription.current_period_end_at = hidden.firstPeriodStartAt;
  }
}

/** True when there may be another period to end. */
function endPeriodIfDue(world: SureCartWorld, subscription: SubscriptionRecord): boolean {
  const { current_period_end_at: endAt, status } = subscription;
  const isRunning = status === 'active' || status === 'trialing';
  if (!isRunning || endAt === null || nowOf(world) < endAt) return false;
  if (subscription.cancel_at_period_end) return end(world, subscription, 'canceled', endAt);
  if (subscription.finite && (subscription.remaining_period_count ?? 0) <= 0) {
    return end(world, subscription, subscription.end_behavior === 'complete' ? 'completed' : 'canceled', endAt);
  }
  applyPending(world, subscription);
  return renew(world, subscription, endAt);
}

function renew(world: SureCartWorld, subscription: SubscriptionRecord, startAt: number): boolean {
  const price = priceOf(world, subscription);
  const customer = known(world.store.tables.customer.get(subscription.customer), 'customer');
  const checkout = addCheckout(world, {
    customer: customer.id,
    email: customer.email,
    currency: subscription.currency,
    liveMode: subscription.live_mode,
    paymentMethod: subscription.payment_method,
  });
  const variant = world.store.tables.variant.get(subscription.variant) ?? null;
  // Setup fees and trials are for the first period.
  const plain: PriceRecord = { ...price, setup_fee_enabled: false, trial_duration_days: null };
  storeLine(world, checkout, {
    price: plain,
    variant,
    quantity: subscription.quantity,
    adHocAmount: subscription.ad_hoc_amount,
    upsell: null,
  });
  const isTaken = take(world, subscription, checkout.total_amount, 'renewal', checkout.id);
  checkout.status = isTaken ? 'paid' : 'payment_failed';
  checkout.paid_at = isTaken ? startAt : null;
  orderOf(world, checkout, checkout.status, 'subscription');
  if (!isTaken) {
    subscription.status = 'past_due';
    world.events.add('subscription.made_past_due', { ...subscription });
    return false;
  }
  notePaid(checkout, checkout.total_amount);
  countPeriod(subscription);
  startPeriod(world, subscription, startAt, addInterval(startAt, price), { renewal: true, checkout: checkout.id });
  subscription.status = 'active';
  world.events.add('subscription.renewed', { ...subscription });
  return true;
}

/** Changes that were to wait until the next payment. */
function applyPending(world: SureCartWorld, subscription: SubscriptionRecord): void {
  Object.assign(subscription, subscription.pending_update);
  subscription.pending_update = {};
  const price = priceOf(world, subscription);
  subscription.subtotal_amount = (subscription.ad_hoc_amount ?? price.amount) * subscription.quantity;
}

function end(
  world: SureCartWorld,
  subscription: SubscriptionRecord,
  status: 'canceled' | 'completed',
  endedAt: number,
): false {
  Object.assign(subscription, { status, ended_at: endedAt, cancel_at_period_end: false, updated_at: nowOf(world) });
  world.events.add(`subscription.${status}`, { ...subscription });
  return false;
}

/** A pause is a cancellation that ends by itself. https://developer.surecart.com/api-reference/subscriptions/cancelpause */
function restoreIfDue(world: SureCartWorld, subscription: SubscriptionRecord): void {
  const { status, restore_at: restoreAt } = subscription;
  if (status === 'canceled' && restoreAt !== null && nowOf(world) >= restoreAt) restore(world, subscription, restoreAt);
}

/** False when the payment for it was declined. */
export function restore(world: SureCartWorld, subscription: SubscriptionRecord, startAt: number): boolean {
  const amount = world.switches.get('restoreCharges') ? subscription.subtotal_amount : 0;
  subscription.restore_at = null;
  if (!take(world, subscription, amount, 'renewal')) return false;
  const endAt = addInterval(startAt, priceOf(world, subscription));
  Object.assign(subscription, { status: 'active', ended_at: null, cancel_at_period_end: false });
  const period = startPeriod(world, subscription, startAt, endAt, { renewal: false, checkout: null });
  period.restoral = true;
  return true;
}

export function take(
  world: SureCartWorld,
  subscription: SubscriptionRecord,
  amount: number,
  reason: 'subscription' | 'renewal' | 'proration',
  checkout: string | null = null,
): boolean {
  const { currency, payment_method: paymentMethod } = subscription;
  return charge(world, { amount, currency, reason, paymentMethod, checkout });
}

export function priceOf({ store }: SureCartWorld, { price }: Pick<SubscriptionRecord, 'price'>): PriceRecord {
  return known(store.tables.price.get(price), 'price');
}
