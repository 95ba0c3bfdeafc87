import { announceItem, announceOrder } from './announcements.js';
import { atMidnight, dateOf, toCentral } from './central-time.js';
import { addInterval } from './interval.js';
import { priceItem, totalOrder } from './pricing.js';
import type { ItemRecord, OrderRecord, SubscriptionRecord } from './records.js';
import type { OrdergrooveWorld } from './world.js';

export const UNSENT = 1;

/** Upcoming orders are one per customer, date, address and payment. */
export interface OrderKey {
  readonly customer: string;
  readonly date: string;
  readonly shippingAddress: string | null;
  readonly payment: string | null;
  readonly currencyCode: string | null;
}

export function isOpen(order: OrderRecord): boolean {
  return order.status === UNSENT && !order.locked;
}

export function findOpenOrder(world: OrdergrooveWorld, key: OrderKey): OrderRecord | undefined {
  return world.store.orders
    .list()
    .find(
      (order) =>
        isOpen(order) &&
        order.customer === key.customer &&
        dateOf(order.place) === dateOf(key.date) &&
        order.shipping_address === key.shippingAddress &&
        order.payment === key.payment &&
        order.currency_code === key.currencyCode,
    );
}

export function findOrCreateOrder(world: OrdergrooveWorld, key: OrderKey): OrderRecord {
  return findOpenOrder(world, key) ?? createOrder(world, key);
}

export function createOrder(world: OrdergrooveWorld, key: OrderKey): OrderRecord {
  const { store, clock } = world;
  const now = toCentral(clock.now());
  const order = store.orders.add<OrderRecord>({
    public_id: store.identifiers.next('order'),
    merchant: store.merchant.id,
    customer: key.customer,
    payment: key.payment,
    shipping_address: key.shippingAddress,
    sub_total: '0.00',
    tax_total: '0.00',
    shipping_total: '0.00',
    discount_total: '0.00',
    total: '0.00',
    currency_code: key.currencyCode,
    created: now,
    updated: now,
    place: atMidnight(key.date),
    cancelled: null,
    tries: 0,
    generic_error_count: 0,
    status: UNSENT,
    type: 1,
    order_merchant_id: null,
    rejected_message: null,
    extra_data: null,
    locked: false,
    oos_free_shipping: false,
  });
  announceOrder(world, 'order.create', order);
  return order;
}

export interface NewItem {
  /** What the id is made for, so that scenarios can reserve it. */
  readonly purpose: string;
  readonly order: OrderRecord;
  readonly product: string;
  readonly quantity: number;
  readonly offer: string | null;
  readonly subscription: string | null;
  readonly components?: readonly unknown[];
}

export function addItem(world: OrdergrooveWorld, { purpose, order, components = [], ...fields }: NewItem): ItemRecord {
  const { store } = world;
  const item = store.items.add<ItemRecord>({
    ...fields,
    public_id: store.identifiers.next(purpose),
    order: order.public_id,
    subscription_component: null,
    components,
    price: '0.00',
    total_price: '0.00',
    one_time: fields.subscription === null,
    frozen: false,
    first_placed: null,
  });
  refreshOrder(world, order);
  announceItem(world, 'item.create', item);
  return item;
}

/** Reprices what is on the order and stamps it as changed. */
export function refreshOrder({ store, switches, clock }: OrdergrooveWorld, order: OrderRecord): void {
  for (const item of store.itemsOf(order.public_id)) priceItem(store, switches, item);
  totalOrder(store, switches, order);
  order.updated = toCentral(clock.now());
}

export function moveItem(world: OrdergrooveWorld, item: ItemRecord, target: OrderRecord): void {
  const source = world.store.orders.get(item.order);
  if (source === target) return;
  item.order = target.public_id;
  refreshOrder(world, target);
  announceItem(world, 'item.change_order', item);
  if (source) leaveOrder(world, source);
}

/** Deletes for good: the row answers 404 from now on. */
export function removeItem(world: OrdergrooveWorld, item: ItemRecord): void {
  announceItem(world, 'item.remove', item);
  world.store.items.delete(item.public_id);
}

/** After items left: an emptied order normally stays listed with status 1. */
export function leaveOrder(world: OrdergrooveWorld, order: OrderRecord): void {
  refreshOrder(world, order);
  if (world.switches.get('deleteEmptiedOrders')) deleteIfEmpty(world, order);
}

export function deleteIfEmpty(world: OrdergrooveWorld, order: OrderRecord): void {
  if (order.status !== UNSENT || world.store.itemsOf(order.public_id).length > 0) return;
  announceOrder(world, 'order.delete', order);
  world.store.orders.delete(order.public_id);
}

/** Puts the subscription's product on its order of that date. */
export function scheduleDelivery(
  world: OrdergrooveWorld,
  subscription: SubscriptionRecord,
  date: string,
  order: OrderRecord = findOrCreateOrder(world, keyFor(subscription, date)),
): ItemRecord {
  return addItem(world, {
    purpose: 'item',
    order,
    product: subscription.product,
    quantity: subscription.quantity,
    offer: null,
    subscription: subscription.public_id,
    components: subscription.components,
  });
}

/** The delivery after the one on `date`, a calendar interval later. */
export function scheduleNext(world: OrdergrooveWorld, subscription: SubscriptionRecord, date: string): void {
  scheduleDelivery(world, subscription, addInterval(date, subscription.every, subscription.every_period));
}

export function keyFor(subscription: SubscriptionRecord, date: string): OrderKey {
  return {
    customer: subscription.customer,
    date,
    shippingAddress: subscription.shipping_address,
    payment: subscription.payment,
    currencyCode: subscription.currency_code,
  };
}

export interface UpcomingDelivery {
  readonly item: ItemRecord;
  readonly order: OrderRecord;
}

/** Items of this subscription on unsent orders, the earliest first. */
export function upcomingDeliveries({ store }: OrdergrooveWorld, subscription: SubscriptionRecord): UpcomingDelivery[] {
  return store.items
    .filter((item) => item.subscription === subscription.public_id)
    .flatMap((item) => {
      const order = store.orders.get(item.order);
      return order?.status === UNSENT ? [{ item, order }] : [];
    })
    .sort((left, right) => left.order.place.localeCompare(right.order.place));
}

export function liveSubscriptionsOn({ store }: OrdergrooveWorld, order: OrderRecord): SubscriptionRecord[] {
  const ids = new Set(store.itemsOf(order.public_id).map((item) => item.subscription));
  return [...ids].flatMap((id) => {
    const subscription = id === null ? undefined : store.subscriptions.get(id);
    return subscription?.live ? [subscription] : [];
  });
}

/** Prepaid orders were paid for with an earlier one; many changes are refused on them. */
export function holdsPrepaid({ store }: OrdergrooveWorld, order: OrderRecord): boolean {
  return store.itemsOf(order.public_id).some((item) => {
    const subscription = item.subscription === null ? undefined : store.subscriptions.get(item.subscription);
    return subscription !== undefined && subscription.prepaid_subscription_context !== null;
  });
}
