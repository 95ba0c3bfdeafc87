import { nowOf } from '../context.js';
import { type SureCartEndpoints, type Exchange, find } from '../endpoints.js';
import { attributesIn, optionalAttributesIn, timeIn } from '../input.js';
import { addPurchase } from '../purchases.js';
import type { SubscriptionRecord } from '../records/subscriptions.js';
import { refuse } from '../refusals.js';
import { restore } from '../renewals.js';
import { addSubscription } from '../subscriptions.js';
import { updateSubscription } from './subscription-updates.js';

/**
 * Serves the creation and the changes of subscriptions.
 * See https://developer.surecart.com/api-reference/subscriptions/create and its neighbours
 */
export function subscriptionRoutes(endpoints: SureCartEndpoints): void {
  endpoints.write('POST', { path: '/subscriptions', access: 'sensitive' }, (exchange) =>
    exchange.show(create(exchange)),
  );
  endpoints.write('PATCH', '/subscriptions/:id', (exchange) =>
    exchange.show(updateSubscription(exchange, exchange.target('subscription'))),
  );
  endpoints.write('PATCH', '/subscriptions/:id/cancel', (exchange) => exchange.show(cancel(exchange)));
  endpoints.write('PATCH', '/subscriptions/:id/restore', (exchange) => {
    const subscription = exchange.target('subscription');
    const isRestored = restore(exchange.context, subscription, nowOf(exchange.context));
    if (!isRestored) throw refuse('payment_method.invalid', 'The payment for it was declined.');
    return exchange.show(subscription);
  });
  endpoints.write('PATCH', '/subscriptions/:id/complete', (exchange) => {
    const { context } = exchange;
    const subscription = exchange.target('subscription');
    const now = nowOf(context);
    Object.assign(subscription, { status: 'completed', ended_at: now, updated_at: now });
    context.events.add('subscription.completed', { ...subscription });
    return exchange.show(subscription);
  });
}

function create({ context, body: sent }: Exchange): SubscriptionRecord {
  const body = attributesIn(sent, 'subscription');
  const customer = find(context, 'customer', body.text('customer'));
  const price = find(context, 'price', body.text('price'));
  const methodId = body.optionalText('payment_method');
  const method = methodId === null ? null : find(context, 'payment_method', methodId);
  if (price.recurring_interval === null) throw refuse('subscription.product.one_time', 'The price does not recur.');
  if (method && !method.reusable) {
    throw refuse('subscription.payment_method.not_reusable', 'The payment method cannot be used again.');
  }
  const variant = body.optionalText('variant');
  const subscription = addSubscription(context, {
    checkout: null,
    customer: customer.id,
    price,
    variant,
    quantity: 1,
    purchase: null,
    paymentMethod: methodId,
    manualPaymentMethod: body.optionalText('manual_payment_method'),
    liveMode: customer.live_mode,
  });
  const purchase = addPurchase(
    context,
    { customer: customer.id, live_mode: customer.live_mode },
    { price: price.id, variant, quantity: 1, initialOrder: null },
  );
  purchase.subscription = subscription.id;
  subscription.purchase = purchase.id;
  subscription.metadata = body.textFields('metadata');
  subscription.hidden.activateAt = nowOf(context) + context.switches.get('subscriptionActivationSeconds');
  subscription.hidden.imported = body.flag('imported');
  subscription.hidden.firstPeriodStartAt = body.optionalInteger('first_sc_period_start_at');
  return subscription;
}

function cancel({ context, query, body: sent, target }: Exchange): SubscriptionRecord {
  const subscription = target('subscription');
  const body = optionalAttributesIn(sent, 'subscription');
  const behavior = query.get('cancel_behavior') ?? context.switches.get('defaultCancelBehavior');
  subscription.restore_at = timeIn(body, 'restore_at');
  subscription.updated_at = nowOf(context);
  if (behavior === 'pending' && (subscription.status === 'active' || subscription.status === 'trialing')) {
    subscription.cancel_at_period_end = true;
    context.events.add('subscription.set_to_cancel', { ...subscription });
  } else {
    Object.assign(subscription, { status: 'canceled', ended_at: nowOf(context) });
    context.events.add('subscription.canceled', { ...subscription });
  }
  return subscription;
}
