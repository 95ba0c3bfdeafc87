import { announceOrder } from './announcements.js';
import { dateOf, toCentral } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import type { OrderRecord, SubscriptionRecord } from './records.js';
import {
  findOrCreateOrder,
  keyFor,
  leaveOrder,
  liveSubscriptionsOn,
  moveItem,
  nextDate,
  refreshOrder,
  removeItem,
  scheduleNext,
} from './schedule.js';

const CANCELLED = 4;

/** Takes the subscription off this order and puts it on the one a calendar interval later. */
export function skipSubscription(
  context: OrdergrooveContext,
  order: OrderRecord,
  subscription: SubscriptionRecord,
): void {
  const skipped = context.store.itemsOf(order.public_id).filter((item) => item.subscription === subscription.public_id);
  for (const item of skipped) removeItem(context, item);
  leaveOrder(context, order);
  scheduleNext(context, subscription, dateOf(order.place));
  // A shopper's skip or cancel is announced so; `order.cancel` belongs to the merchant's placement answer.
  announceOrder(context, 'order.skip_order', order);
}

/** Ends the order in status 4, and gives each subscription on it its next order. */
export function cancelOrder(context: OrdergrooveContext, order: OrderRecord): OrderRecord {
  const subscriptions = liveSubscriptionsOn(context, order);
  order.status = CANCELLED;
  order.cancelled = toCentral(context.clock.now());
  for (const subscription of subscriptions) scheduleNext(context, subscription, dateOf(order.place));
  const [first] = subscriptions;
  if (first && context.switches.get('oneTimeItemsOnCancelledOrder') === 'move') {
    const target = findOrCreateOrder(context, keyFor(first, nextDate(first, order.place)));
    const oneTime = context.store.itemsOf(order.public_id).filter((item) => item.subscription === null);
    for (const item of oneTime) moveItem(context, item, target);
  }
  refreshOrder(context, order);
  announceOrder(context, 'order.skip_order', order);
  return order;
}
