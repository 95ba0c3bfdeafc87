import type { Input } from '../../kit/input.js';
import { nowOf, type SureCartContext } from '../context.js';
import { type SureCartEndpoints, type Exchange, find } from '../endpoints.js';
import { render } from '../payloads.js';
import { attributesIn, optionalAttributesIn, timeIn } from '../input.js';
import type { PriceRecord } from '../records/catalogue.js';
import type { PendingUpdate, SubscriptionRecord } from '../records/subscriptions.js';
import { refuse } from '../refusals.js';
import { priceOf, take } from '../renewals.js';
import { draftPeriod, nextPeriodEnd } from '../subscriptions.js';

/** Updates a subscription at once, prorated and together with its payment, or at the next payment. */
export function updateSubscription({ context, query, body: sent }: Exchange, subscription: SubscriptionRecord) {
  const body = attributesIn(sent, 'subscription');
  const update = readUpdate(context, body);
  const isPending = query.get('update_behavior') === 'pending';
  if (isPending) subscription.pending_update = { ...subscription.pending_update, ...update };
  else applyNow(context, subscription, update, query.get('skip_proration') === 'true');
  if (body.isNamed('cancel_at_period_end')) subscription.cancel_at_period_end = body.flag('cancel_at_period_end');
  if (body.isNamed('restore_at')) subscription.restore_at = timeIn(body, 'restore_at');
  if (body.isNamed('metadata')) subscription.metadata = body.textFields('metadata');
  const method = body.optionalText('payment_method');
  if (method !== null) subscription.payment_method = find(context, 'payment_method', method).id;
  subscription.updated_at = nowOf(context);
  context.events.add('subscription.updated', { ...subscription });
  return subscription;
}

/**
 * Serves the upcoming period of a subscription as a draft: nothing is saved.
 * See https://developer.surecart.com/api-reference/subscriptions/upcoming-period
 */
export function upcomingPeriodRoute(endpoints: SureCartEndpoints): void {
  endpoints.query('PATCH', '/subscriptions/:id/upcoming_period', ({ context, query, body: sent, target }) => {
    const subscription = target('subscription');
    const update = readUpdate(context, optionalAttributesIn(sent, 'subscription'));
    const after = { ...subscription, ...update };
    const price = priceOf(context, after);
    const startAt = subscription.current_period_end_at ?? nowOf(context);
    const { endAt } = nextPeriodEnd(after, price, startAt);
    const period = draftPeriod(context, after, startAt, endAt, true);
    const payload = render(context, period, { ofRoot: new Set(), ofType: new Set() });
    const isMoneyAsked = query.getAll('expand[]').some((entry) => entry === 'checkout' || entry === 'period.checkout');
    if (!isMoneyAsked) return payload;
    const total = recurringAmount(after, price);
    const checkout = { object: 'checkout', status: 'draft', currency: price.currency, subtotal_amount: total };
    return { ...payload, checkout: { id: null, ...checkout, total_amount: total, amount_due: total } };
  });
}

function readUpdate(context: SureCartContext, body: Input): PendingUpdate {
  const price = body.optionalText('price');
  const variant = body.optionalText('variant');
  const quantity = body.optionalInteger('quantity');
  const amount = body.optionalInteger('ad_hoc_amount');
  if (price !== null && find(context, 'price', price).recurring_interval === null) {
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
  context: SureCartContext,
  subscription: SubscriptionRecord,
  update: PendingUpdate,
  isProrationSkipped: boolean,
): void {
  const after = { ...subscription, ...update };
  const amount = recurringAmount(after, priceOf(context, after));
  const difference = (amount - subscription.subtotal_amount) * shareLeft(context, subscription);
  const due = isProrationSkipped ? 0 : Math.max(Math.round(difference), 0);
  if (!take(context, subscription, due, 'proration')) {
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

function shareLeft(context: SureCartContext, subscription: SubscriptionRecord): number {
  const { current_period_start_at: startAt, current_period_end_at: endAt } = subscription;
  if (startAt === null || endAt === null || endAt <= startAt) return 0;
  return Math.min(Math.max((endAt - nowOf(context)) / (endAt - startAt), 0), 1);
}
