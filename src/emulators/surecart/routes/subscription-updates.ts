import { type Endpoints, type Exchange, find } from '../exchange.js';
import { render } from '../expand.js';
import { Body, readTime } from '../input.js';
import { addInterval } from '../intervals.js';
import type { PriceRecord } from '../records/catalogue.js';
import type { PendingUpdate, SubscriptionRecord } from '../records/subscriptions.js';
import { priceOf, take } from '../renewals.js';
import { refuse } from '../refusals.js';
import { draftPeriod } from '../subscriptions.js';
import { nowOf, type SureCartWorld } from '../world.js';

/** At once, prorated and together with its payment, or at the next payment. */
export function updateSubscription({ world, query, body: sent }: Exchange, subscription: SubscriptionRecord) {
  const body = Body.of(sent, 'subscription');
  const update = readUpdate(world, body);
  const isPending = query.get('update_behavior') === 'pending';
  if (isPending) subscription.pending_update = { ...subscription.pending_update, ...update };
  else applyNow(world, subscription, update, query.get('skip_proration') === 'true');
  if (body.has('cancel_at_period_end')) subscription.cancel_at_period_end = body.flag('cancel_at_period_end');
  if (body.has('restore_at')) subscription.restore_at = readTime(body.value('restore_at'));
  if (body.has('metadata')) subscription.metadata = body.texts('metadata');
  const method = body.optionalText('payment_method');
  if (method !== null) subscription.payment_method = find(world, 'payment_method', method).id;
  subscription.updated_at = nowOf(world);
  world.events.add('subscription.updated', { ...subscription });
  return subscription;
}

/** https://developer.surecart.com/api-reference/subscriptions/upcoming-period: a draft, and nothing is saved. */
export function upcomingPeriodRoute(endpoints: Endpoints): void {
  endpoints.on('PATCH', '/subscriptions/:id/upcoming_period', ({ world, query, body: sent, target }) => {
    const subscription = target('subscription');
    const update = readUpdate(world, Body.optional(sent, 'subscription'));
    const after = { ...subscription, ...update };
    const price = priceOf(world, after);
    const startAt = subscription.current_period_end_at ?? nowOf(world);
    const period = draftPeriod(world, after, startAt, addInterval(startAt, price), true);
    const payload = render(world, period, { ofRoot: new Set(), ofType: new Set() });
    const isMoneyAsked = query.getAll('expand[]').some((entry) => entry === 'checkout' || entry === 'period.checkout');
    if (!isMoneyAsked) return payload;
    const total = recurringAmount(after, price);
    const checkout = { object: 'checkout', status: 'draft', currency: price.currency, subtotal_amount: total };
    return { ...payload, checkout: { id: null, ...checkout, total_amount: total, amount_due: total } };
  });
}

function readUpdate(world: SureCartWorld, body: Body): PendingUpdate {
  const price = body.optionalText('price');
  const variant = body.optionalText('variant');
  const quantity = body.optionalInteger('quantity');
  const amount = body.optionalInteger('ad_hoc_amount');
  if (price !== null && find(world, 'price', price).recurring_interval === null) {
    throw refuse('subscription.product.one_time', 'The price does not recur.');
  }
  return {
    ...(price === null ? {} : { price }),
    ...(variant === null ? {} : { variant }),
    ...(quantity === null ? {} : { quantity }),
    ...(amount === null ? {} : { ad_hoc_amount: amount }),
  };
}

function applyNow(
  world: SureCartWorld,
  subscription: SubscriptionRecord,
  update: PendingUpdate,
  isProrationSkipped: boolean,
): void {
  const after = { ...subscription, ...update };
  const amount = recurringAmount(after, priceOf(world, after));
  const difference = (amount - subscription.subtotal_amount) * shareLeft(world, subscription);
  const due = isProrationSkipped ? 0 : Math.max(Math.round(difference), 0);
  if (!take(world, subscription, due, 'proration')) {
    throw refuse('payment_method.invalid', 'The payment for this change was declined.');
  }
  Object.assign(subscription, update, { subtotal_amount: amount });
}

function recurringAmount(
  { quantity, ad_hoc_amount: adHoc }: Pick<SubscriptionRecord, 'quantity' | 'ad_hoc_amount'>,
  price: PriceRecord,
): number {
  return (adHoc ?? price.amount) * quantity;
}

function shareLeft(world: SureCartWorld, subscription: SubscriptionRecord): number {
  const { current_period_start_at: startAt, current_period_end_at: endAt } = subscription;
  if (startAt === null || endAt === null || endAt <= startAt) return 0;
  return Math.min(Math.max((endAt - nowOf(world)) / (endAt - startAt), 0), 1);
}
