import { addInterval } from './intervals.js';
import type { PriceRecord } from './records/catalogue.js';
import type { CheckoutRecord } from './records/sales.js';
import type { PeriodRecord, SubscriptionRecord } from './records/subscriptions.js';
import { nowOf, type SureCartWorld } from './world.js';

const DAY = 86_400;

export interface NewSubscription {
  /** The checkout that paid its first period, or null. */
  readonly checkout: CheckoutRecord | null;
  readonly customer: string;
  readonly price: PriceRecord;
  readonly variant: string | null;
  readonly quantity: number;
  readonly purchase: string | null;
  readonly paymentMethod: string | null;
  readonly manualPaymentMethod: string | null;
  readonly liveMode: boolean;
}

/** A subscription whose first payment has gone through. */
export function openSubscription(world: SureCartWorld, wanted: NewSubscription): SubscriptionRecord {
  const subscription = addSubscription(world, wanted);
  begin(world, subscription, wanted.price, nowOf(world));
  return subscription;
}

/** `incomplete`: its first payment is still to come. */
export function addSubscription(world: SureCartWorld, wanted: NewSubscription): SubscriptionRecord {
  const { store, switches } = world;
  const { price } = wanted;
  const now = nowOf(world);
  const subscription = store.tables.subscription.add({
    id: store.identifiers.next('subscription'),
    object: 'subscription',
    ad_hoc_amount: null,
    cancel_at_period_end: false,
    currency: price.currency,
    current_period_end_at: null,
    current_period_start_at: null,
    ended_at: null,
    finite: price.recurring_period_count !== null,
    live_mode: wanted.liveMode,
    manual_payment: wanted.paymentMethod === null && wanted.manualPaymentMethod !== null,
    metadata: {},
    pending_update: {},
    price_readonly: false,
    quantity: wanted.quantity,
    remaining_period_count: price.recurring_period_count,
    restore_at: null,
    status: 'incomplete',
    subtotal_amount: price.amount * wanted.quantity,
    trial_end_at: null,
    trial_start_at: null,
    end_behavior: price.recurring_end_behavior,
    current_period: null,
    customer: wanted.customer,
    manual_payment_method: wanted.manualPaymentMethod,
    payment_method: wanted.paymentMethod,
    price: price.id,
    purchase: wanted.purchase,
    variant: wanted.variant,
    created_at: now,
    updated_at: now,
    hidden: {
      checkout: wanted.checkout?.id ?? null,
      activateAt: null,
      visibleAt: now + switches.get('subscriptionVisibleAfterSeconds'),
      imported: false,
      firstPeriodStartAt: null,
    },
  });
  world.events.add('subscription.created', { ...subscription });
  return subscription;
}

/** Starts the first period: a trial when the price has one. */
export function begin(
  world: SureCartWorld,
  subscription: SubscriptionRecord,
  price: PriceRecord,
  startAt: number,
): void {
  const trialDays = price.trial_duration_days ?? 0;
  const isTrial = trialDays > 0 && !subscription.hidden.imported;
  const endAt = isTrial ? startAt + trialDays * DAY : addInterval(startAt, price);
  if (isTrial) Object.assign(subscription, { trial_start_at: startAt, trial_end_at: endAt });
  else countPeriod(subscription);
  startPeriod(world, subscription, startAt, endAt, { renewal: false, checkout: subscription.hidden.checkout });
  subscription.status = isTrial ? 'trialing' : 'active';
  world.events.add(isTrial ? 'subscription.made_trialing' : 'subscription.made_active', { ...subscription });
}

export function countPeriod(subscription: SubscriptionRecord): void {
  if (subscription.remaining_period_count !== null) subscription.remaining_period_count -= 1;
}

export function startPeriod(
  world: SureCartWorld,
  subscription: SubscriptionRecord,
  startAt: number,
  endAt: number,
  { renewal, checkout }: { readonly renewal: boolean; readonly checkout: string | null },
): PeriodRecord {
  const period = draftPeriod(world, subscription, startAt, endAt, renewal);
  const stored = world.store.tables.period.add({ ...period, status: 'paid', checkout });
  Object.assign(subscription, {
    current_period: stored.id,
    current_period_start_at: startAt,
    current_period_end_at: endAt,
    updated_at: nowOf(world),
  });
  return stored;
}

export function draftPeriod(
  world: SureCartWorld,
  subscription: Pick<SubscriptionRecord, 'id' | 'quantity' | 'price' | 'variant'>,
  startAt: number,
  endAt: number,
  renewal: boolean,
): PeriodRecord {
  const now = nowOf(world);
  return {
    id: world.store.identifiers.next('period'),
    object: 'period',
    end_at: endAt,
    quantity: subscription.quantity,
    renewal,
    restoral: false,
    start_at: startAt,
    status: 'draft',
    checkout: null,
    price: subscription.price,
    subscription: subscription.id,
    variant: subscription.variant,
    created_at: now,
    updated_at: now,
  };
}
