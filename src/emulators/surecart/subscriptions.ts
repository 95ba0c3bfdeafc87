import { nextInstant } from '../kit/calendar.js';
import { nowOf, type SureCartContext } from './context.js';
import type { PriceRecord } from './records/catalogue.js';
import type { CheckoutRecord } from './records/sales.js';
import type { PeriodRecord, SubscriptionRecord } from './records/subscriptions.js';

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

/** Opens a subscription whose first payment has gone through. */
export function openSubscription(context: SureCartContext, wanted: NewSubscription): SubscriptionRecord {
  const subscription = addSubscription(context, wanted);
  begin(context, subscription, wanted.price, nowOf(context));
  return subscription;
}

/** Adds a subscription that is `incomplete`: its first payment is still to come. */
export function addSubscription(context: SureCartContext, wanted: NewSubscription): SubscriptionRecord {
  const { store, switches } = context;
  const { price } = wanted;
  const now = nowOf(context);
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
    tax_enabled: wanted.checkout?.tax_enabled ?? false,
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
      anchorDay: null,
      visibleAt: now + switches.get('subscriptionVisibleAfterSeconds'),
      imported: false,
      firstPeriodStartAt: null,
    },
  });
  context.events.add('subscription.created', { ...subscription });
  return subscription;
}

/** Starts the first period: a trial when the price has one. */
export function begin(
  context: SureCartContext,
  subscription: SubscriptionRecord,
  price: PriceRecord,
  startAt: number,
): void {
  const trialDays = price.trial_duration_days ?? 0;
  const isTrial = trialDays > 0 && !subscription.hidden.imported;
  const endAt = isTrial ? startAt + trialDays * DAY : anchoredEnd(subscription, price, startAt);
  if (isTrial) Object.assign(subscription, { trial_start_at: startAt, trial_end_at: endAt });
  else countPeriod(subscription);
  startPeriod(context, subscription, startAt, endAt, { renewal: false, checkout: subscription.hidden.checkout });
  subscription.status = isTrial ? 'trialing' : 'active';
  context.events.add(isTrial ? 'subscription.made_trialing' : 'subscription.made_active', { ...subscription });
}

/** Returns when a period of this price ends, in Unix seconds, and the day of the month that end is anchored to. */
export function nextPeriodEnd(
  { hidden }: Pick<SubscriptionRecord, 'hidden'>,
  { recurring_interval: unit, recurring_interval_count: count }: PriceRecord,
  startAt: number,
): { readonly endAt: number; readonly anchorDay: number | null } {
  if (unit === null) return { endAt: startAt, anchorDay: hidden.anchorDay };
  const { at, anchorDay } = nextInstant(startAt * 1000, { unit, count: count ?? 1 }, hidden.anchorDay);
  return { endAt: Math.floor(at / 1000), anchorDay };
}

/** Returns when the period that starts now ends, and keeps its anchor for the next one. */
export function anchoredEnd(subscription: SubscriptionRecord, price: PriceRecord, startAt: number): number {
  const { endAt, anchorDay } = nextPeriodEnd(subscription, price, startAt);
  subscription.hidden.anchorDay = anchorDay;
  return endAt;
}

export function countPeriod(subscription: SubscriptionRecord): void {
  if (subscription.remaining_period_count !== null) subscription.remaining_period_count -= 1;
}

export function startPeriod(
  context: SureCartContext,
  subscription: SubscriptionRecord,
  startAt: number,
  endAt: number,
  { renewal, checkout }: { readonly renewal: boolean; readonly checkout: string | null },
): PeriodRecord {
  const period = draftPeriod(context, subscription, startAt, endAt, renewal);
  const stored = context.store.tables.period.add({ ...period, status: 'paid', checkout });
  Object.assign(subscription, {
    current_period: stored.id,
    current_period_start_at: startAt,
    current_period_end_at: endAt,
    updated_at: nowOf(context),
  });
  return stored;
}

export function draftPeriod(
  context: SureCartContext,
  subscription: Pick<SubscriptionRecord, 'id' | 'quantity' | 'price' | 'variant'>,
  startAt: number,
  endAt: number,
  renewal: boolean,
): PeriodRecord {
  const now = nowOf(context);
  return {
    id: context.store.identifiers.next('period'),
    object: 'period',
    end_at: endAt,
    next_payment_retry_at: null,
    payment_retry_count: 0,
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
