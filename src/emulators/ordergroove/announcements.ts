import { dateOf, toUnixSeconds } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import type { ItemRecord, OrderRecord, SubscriptionRecord } from './records.js';

/*
 * Events as webhooks carry them: timestamps are Unix seconds and `place` is a date, unlike REST.
 * https://developer.ordergroove.com/reference/events-and-payloads
 */

export function announceOrder(context: OrdergrooveContext, type: `order.${string}`, order: OrderRecord): void {
  context.events.add(type, {
    type: 'order',
    merchant: order.merchant,
    public_id: order.public_id,
    customer: order.customer,
    status: order.status,
    place: dateOf(order.place),
    payment: order.payment,
    shipping_address: order.shipping_address,
    sub_total: order.sub_total,
    total: order.total,
    order_merchant_id: order.order_merchant_id,
    created: toUnixSeconds(order.created),
    updated: toUnixSeconds(order.updated),
  });
}

export function announceItem(context: OrdergrooveContext, type: `item.${string}`, item: ItemRecord): void {
  context.events.add(type, {
    type: 'item',
    merchant: context.store.merchant.id,
    public_id: item.public_id,
    customer: context.store.orders.get(item.order)?.customer ?? null,
    order: item.order,
    offer: item.offer,
    subscription: item.subscription,
    product: item.product,
    quantity: item.quantity,
    one_time: item.one_time,
  });
}

export function announceSubscription(
  context: OrdergrooveContext,
  type: `subscription.${string}`,
  subscription: SubscriptionRecord,
): void {
  context.events.add(type, {
    type: 'subscription',
    merchant: subscription.merchant,
    public_id: subscription.public_id,
    customer: subscription.customer,
    product: subscription.product,
    quantity: subscription.quantity,
    every: subscription.every,
    every_period: subscription.every_period,
    live: subscription.live,
    created: toUnixSeconds(subscription.created),
    updated: toUnixSeconds(subscription.updated),
  });
}
