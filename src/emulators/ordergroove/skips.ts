import { announceOrder } from './announcements.js';
import { dateOf, toCentral } from './central-time.js';
import type { OrderRecord, SubscriptionRecord } from './records.js';
import {
  findOrCreateOrder,
  keyFor,
  leaveOrder,
  liveSubscriptionsOn,
  moveItem,
  refreshOrder,
  removeItem,
  scheduleNext,
} from './schedule.js';
import { addInterval } from './interval.js';
import type { OrdergrooveWorld } from './world.js';

const CANCELLED = 4;

/** Takes the subscription off this order and puts it on the one a calendar interval later. */
export function skipSubscription(world: OrdergrooveWorld, order: OrderRecord, subscription: SubscriptionRecord): void {
  const skipped = world.store.itemsOf(order.public_id).filter((item) => item.subscription === subscription.public_id);
  for (const item of skipped) removeItem(world, item);
  leaveOrder(world, order);
  scheduleNext(world, subscription, dateOf(order.place));
  // A shopper's skip or cancel is announced so; `order.cancel` belongs to the merchant's placement answer.
  announceOrder(world, 'order.skip_order', order);
}

/** The order ends in status 4, and each subscription on it gets its next order. */
export function cancelOrder(world: OrdergrooveWorld, order: OrderRecord): OrderRecord {
  const subscriptions = liveSubscriptionsOn(world, order);
  order.status = CANCELLED;
  order.cancelled = toCentral(world.clock.now());
  for (const subscription of subscriptions) scheduleNext(world, subscription, dateOf(order.place));
  const [first] = subscriptions;
  if (first && world.switches.get('oneTimeItemsOnCancelledOrder') === 'move') {
    const target = findOrCreateOrder(world, keyFor(first, addInterval(order.place, first.every, first.every_period)));
    const oneTime = world.store.itemsOf(order.public_id).filter((item) => item.subscription === null);
    for (const item of oneTime) moveItem(world, item, target);
  }
  refreshOrder(world, order);
  announceOrder(world, 'order.skip_order', order);
  return order;
}
