import { toCentral } from '../central-time.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { liveSubscriptionById } from '../lookups.js';
import { subscriptionPayload } from '../payloads.js';
import type { PrepaidContext, SubscriptionRecord } from '../records.js';
import { badField, badRequest } from '../refusals.js';

const BEHAVIORS = ['autorenew', 'cancel', 'downgrade'] as const;

/** Management of prepaid subscriptions. */
export function prepaidChanges(endpoints: Endpoints): void {
  const change = (path: string, apply: (exchange: Exchange, subscription: SubscriptionRecord) => void) =>
    endpoints.write(
      'PATCH',
      `/subscriptions/:id/${path}/`,
      'storefront',
      () => [],
      (exchange) => {
        const subscription = liveSubscriptionById(exchange, exchange.part('id'));
        apply(exchange, subscription);
        subscription.updated = toCentral(exchange.world.clock.now());
        return subscriptionPayload(exchange.world, subscription, { isRead: true });
      },
    );

  change('change_renewal_behavior', ({ body }, subscription) => {
    const behavior = BEHAVIORS.find((each) => each === body.text('renewal_behavior'));
    if (!behavior) throw badField('renewal_behavior', 'Not a valid choice.');
    contextOf(subscription).renewal_behavior = behavior;
  });
  change('upgrade_to_prepaid', ({ body }, subscription) => {
    if (subscription.prepaid_subscription_context) throw badRequest('The subscription is prepaid.');
    const orders = body.positiveInteger('prepaid_orders_per_billing');
    subscription.prepaid_subscription_context = {
      prepaid_orders_remaining: orders,
      prepaid_orders_per_billing: orders,
      renewal_behavior: 'autorenew',
      last_renewal_revenue: null,
      prepaid_origin_merchant_order_id: null,
    };
  });
  change('update_prepaid_context', ({ body }, subscription) => {
    const context = contextOf(subscription);
    if (body.has('prepaid_orders_remaining'))
      context.prepaid_orders_remaining = body.positiveInteger('prepaid_orders_remaining');
    if (body.has('prepaid_orders_per_billing'))
      context.prepaid_orders_per_billing = body.positiveInteger('prepaid_orders_per_billing');
  });
}

function contextOf(subscription: SubscriptionRecord): PrepaidContext {
  const context = subscription.prepaid_subscription_context;
  if (!context) throw badRequest('The subscription is not prepaid.');
  return context;
}
