import { type Endpoints, type Exchange, find } from '../exchange.js';
import { Body, readTime } from '../input.js';
import { addPurchase } from '../purchases.js';
import type { SubscriptionRecord } from '../records/subscriptions.js';
import { restore } from '../renewals.js';
import { refuse } from '../refusals.js';
import { addSubscription } from '../subscriptions.js';
import { nowOf } from '../world.js';
import { updateSubscription } from './subscription-updates.js';

/** https://developer.surecart.com/api-reference/subscriptions/create and its neighbours */
export function subscriptionRoutes(endpoints: Endpoints): void {
  endpoints.sensitive('POST', '/subscriptions', (exchange) => exchange.show(create(exchange)));
  endpoints.on('PATCH', '/subscriptions/:id', (exchange) =>
    exchange.show(updateSubscription(exchange, exchange.target('subscription'))),
  );
  endpoints.on('PATCH', '/subscriptions/:id/cancel', (exchange) => exchange.show(cancel(exchange)));
  endpoints.on('PATCH', '/subscriptions/:id/restore', (exchange) => {
    const subscription = exchange.target('subscription');
    const isRestored = restore(exchange.world, subscription, nowOf(exchange.world));
    if (!isRestored) throw refuse('payment_method.invalid', 'The payment for it was declined.');
    return exchange.show(subscription);
  });
  endpoints.on('PATCH', '/subscriptions/:id/complete', (exchange) => {
    const { world } = exchange;
    const subscription = exchange.target('subscription');
    const now = nowOf(world);
    Object.assign(subscription, { status: 'completed', ended_at: now, updated_at: now });
    world.events.add('subscription.completed', { ...subscription });
    return exchange.show(subscription);
  });
}

function create({ world, body: sent }: Exchange): SubscriptionRecord {
  const body = Body.of(sent, 'subscription');
  const customer = find(world, 'customer', body.text('customer'));
  const price = find(world, 'price', body.text('price'));
  const methodId = body.optionalText('payment_method');
  const method = methodId === null ? null : find(world, 'payment_method', methodId);
  if (price.recurring_interval === null) throw refuse('subscription.product.one_time', 'The price does not recur.');
  if (method && !method.reusable) {
    throw refuse('subscription.payment_method.not_reusable', 'The payment method cannot be used again.');
  }
  const variant = body.optionalText('variant');
  const subscription = addSubscription(world, {
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
    world,
    { customer: customer.id, live_mode: customer.live_mode },
    { price: price.id, variant, quantity: 1, initialOrder: null },
  );
  purchase.subscription = subscription.id;
  subscription.purchase = purchase.id;
  subscription.metadata = body.texts('metadata');
  subscription.hidden.activateAt = nowOf(world) + world.switches.get('subscriptionActivationSeconds');
  subscription.hidden.imported = body.flag('imported');
  subscription.hidden.firstPeriodStartAt = body.optionalInteger('first_sc_period_start_at');
  return subscription;
}

function cancel({ world, query, body: sent, target }: Exchange): SubscriptionRecord {
  const subscription = target('subscription');
  const body = Body.optional(sent, 'subscription');
  const behavior = query.get('cancel_behavior') ?? world.switches.get('defaultCancelBehavior');
  subscription.restore_at = readTime(body.value('restore_at'));
  subscription.updated_at = nowOf(world);
  if (behavior === 'pending' && (subscription.status === 'active' || subscription.status === 'trialing')) {
    subscription.cancel_at_period_end = true;
    world.events.add('subscription.set_to_cancel', { ...subscription });
  } else {
    Object.assign(subscription, { status: 'canceled', ended_at: nowOf(world) });
    world.events.add('subscription.canceled', { ...subscription });
  }
  return subscription;
}
