import { nextOccurrence } from '../kit/calendar.js';
import { announceItem, announceOrder } from './announcements.js';
import { atMidnight, dateOf, toCentral } from './central-time.js';
import type { OrdergrooveContext } from './context.js';
import { intervalOf } from './interval.js';
import { priceItem, totalOrder } from './pricing.js';
import type { ItemRecord, OrderRecord, SubscriptionRecord } from './records.js';

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

export function findOpenOrder(context: OrdergrooveContext, key: OrderKey): OrderRecord | undefined {
  return context.store.orders
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

export function findOrCreateOrder(context: OrdergrooveContext, key: OrderKey): OrderRecord {
  return findOpenOrder(context, key) ?? createOrder(context, key);
}

export function createOrder(context: OrdergrooveContext, key: OrderKey): OrderRecord {
  const { store, clock } = context;
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
  announceOrder(context, 'order.create', order);
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

export function addItem(
  context: OrdergrooveContext,
  { purpose, order, components = [], ...fields }: NewItem,
): ItemRecord {
  const { store } = context;
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
  refreshOrder(context, order);
  announceItem(context, 'item.create', item);
  return item;
}

/** Raises the one-time item of this product that is there, or adds one. */
export function mergeItem(context: OrdergrooveContext, wanted: NewItem): ItemRecord {
  const { order, product, quantity } = wanted;
  const present = context.store.itemsOf(order.public_id).find((item) => item.one_time && item.product === product);
  if (!present) return addItem(context, wanted);
  present.quantity += quantity;
  refreshOrder(context, order);
  announceItem(context, 'item.change_quantity', present);
  return present;
}

/** Reprices what is on the order and stamps it as changed. */
export function refreshOrder({ store, switches, clock }: OrdergrooveContext, order: OrderRecord): void {
  for (const item of store.itemsOf(order.public_id)) priceItem(store, switches, item);
  totalOrder(store, switches, order);
  order.updated = toCentral(clock.now());
}

export function moveItem(context: OrdergrooveContext, item: ItemRecord, target: OrderRecord): void {
  const source = context.store.orders.get(item.order);
  if (source === target) return;
  item.order = target.public_id;
  refreshOrder(context, target);
  announceItem(context, 'item.change_order', item);
  if (source) leaveOrder(context, source);
}

/** Deletes for good: the row answers 404 from now on. */
export function removeItem(context: OrdergrooveContext, item: ItemRecord): void {
  announceItem(context, 'item.remove', item);
  context.store.items.delete(item.public_id);
}

/** Updates an order after items left. An emptied order normally stays listed with status 1. */
export function leaveOrder(context: OrdergrooveContext, order: OrderRecord): void {
  refreshOrder(context, order);
  if (context.switches.get('deleteEmptiedOrders')) deleteIfEmpty(context, order);
}

export function deleteIfEmpty(context: OrdergrooveContext, order: OrderRecord): void {
  if (order.status !== UNSENT || context.store.itemsOf(order.public_id).length > 0) return;
  announceOrder(context, 'order.delete', order);
  context.store.orders.delete(order.public_id);
}

/** Puts the subscription's product on its order of that date. */
export function scheduleDelivery(
  context: OrdergrooveContext,
  subscription: SubscriptionRecord,
  date: string,
  order: OrderRecord = findOrCreateOrder(context, keyFor(subscription, date)),
): ItemRecord {
  return addItem(context, {
    purpose: 'item',
    order,
    product: subscription.product,
    quantity: subscription.quantity,
    offer: null,
    subscription: subscription.public_id,
    components: subscription.components,
  });
}

/** Schedules the delivery after the one on `date`. */
export function scheduleNext(context: OrdergrooveContext, subscription: SubscriptionRecord, date: string): void {
  scheduleDelivery(context, subscription, nextDate(subscription, date));
}

/** Returns the date a calendar interval later; the subscription keeps its day of the month through shorter months. */
export function nextDate(subscription: SubscriptionRecord, date: string): string {
  const interval = intervalOf(subscription.every, subscription.every_period);
  const next = nextOccurrence(dateOf(date), interval, subscription.anchor_day);
  subscription.anchor_day = next.anchorDay;
  return next.date;
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

/** Returns the items of this subscription on unsent orders, the earliest first. */
export function upcomingDeliveries(
  { store }: OrdergrooveContext,
  subscription: SubscriptionRecord,
): UpcomingDelivery[] {
  return store.items
    .filter((item) => item.subscription === subscription.public_id)
    .flatMap((item) => {
      const order = store.orders.get(item.order);
      return order?.status === UNSENT ? [{ item, order }] : [];
    })
    .sort((left, right) => left.order.place.localeCompare(right.order.place));
}

export function liveSubscriptionsOn({ store }: OrdergrooveContext, order: OrderRecord): SubscriptionRecord[] {
  const ids = new Set(store.itemsOf(order.public_id).map((item) => item.subscription));
  return [...ids].flatMap((id) => {
    const subscription = id === null ? undefined : store.subscriptions.get(id);
    return subscription?.live ? [subscription] : [];
  });
}

/** Whether an order holds what was paid for with an earlier one. Many changes are refused on prepaid orders. */
export function holdsPrepaid({ store }: OrdergrooveContext, order: OrderRecord): boolean {
  return store.itemsOf(order.public_id).some((item) => {
    const subscription = item.subscription === null ? undefined : store.subscriptions.get(item.subscription);
    return subscription !== undefined && subscription.prepaid_subscription_context !== null;
  });
}
