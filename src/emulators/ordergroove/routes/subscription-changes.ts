import { announceItem, announceSubscription } from '../announcements.js';
import { dateOf, toCentral, toCentralDate } from '../central-time.js';
import { type Endpoints, type Exchange, requireApplication } from '../exchange.js';
import { addressNamed, liveSubscriptionById, paymentNamed, productNamed, subscriptionById } from '../lookups.js';
import { subscriptionPayload } from '../payloads.js';
import { requireNotPrepaid } from '../prepaid.js';
import { hundredths } from '../pricing.js';
import type { SubscriptionRecord } from '../records.js';
import { badField, badRequest } from '../refusals.js';
import {
  deleteIfEmpty,
  findOrCreateOrder,
  keyFor,
  moveItem,
  refreshOrder,
  removeItem,
  scheduleDelivery,
  upcomingDeliveries,
} from '../schedule.js';
import type { OrdergrooveWorld } from '../world.js';

type Change = (exchange: Exchange, subscription: SubscriptionRecord) => void;

/** Changes of a subscription and what each does to its upcoming order. */
export function subscriptionChanges(endpoints: Endpoints): void {
  const change = (
    path: string,
    apply: Change,
    find = liveSubscriptionById,
    access: 'recognised' | 'storefront' = 'storefront',
  ) =>
    endpoints.write('PATCH', `/subscriptions/:id/${path}/`, access, ordersOfSubscription, (exchange) => {
      const subscription = find(exchange, exchange.part('id'));
      apply(exchange, subscription);
      subscription.updated = toCentral(exchange.world.clock.now());
      return subscriptionPayload(exchange.world, subscription, { isRead: true });
    });

  change('change_frequency', changeFrequency);
  change('change_quantity', changeQuantity);
  change('change_product', changeProduct);
  change('change_next_order_date', changeNextOrderDate);
  change('change_shipping', changeShipping);
  change('change_payment', changePayment);
  change('cancel', cancel, liveSubscriptionById, 'recognised');
  change('reactivate', reactivate, subscriptionById);
  change('update', update, subscriptionById);
}

function ordersOfSubscription(exchange: Exchange): readonly string[] {
  const subscription = subscriptionById(exchange, exchange.part('id'));
  return upcomingDeliveries(exchange.world, subscription).map(({ order }) => order.public_id);
}

/** The upcoming order keeps its date. */
function changeFrequency({ world, body }: Exchange, subscription: SubscriptionRecord): void {
  body.require('every', 'every_period');
  subscription.every = body.positiveInteger('every');
  subscription.every_period = body.period('every_period');
  announceSubscription(world, 'subscription.change_frequency', subscription);
}

function changeQuantity({ world, body }: Exchange, subscription: SubscriptionRecord): void {
  requireNotPrepaid(subscription);
  subscription.quantity = body.positiveInteger('quantity');
  const [next] = upcomingDeliveries(world, subscription);
  if (next) {
    next.item.quantity = subscription.quantity;
    refreshOrder(world, next.order);
    announceItem(world, 'item.change_quantity', next.item);
  }
  announceSubscription(world, 'subscription.change_quantity', subscription);
}

function changeProduct(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { world, body } = exchange;
  const product = productNamed(exchange, 'product', body.text('product'));
  const current = world.store.products.get(subscription.product);
  const remaining = subscription.prepaid_subscription_context?.prepaid_orders_remaining ?? 0;
  if (remaining > 0 && current && hundredths(current.price) !== hundredths(product.price)) {
    throw badField('product', 'A prepaid subscription can only change to a product of the same price.');
  }
  subscription.product = product.external_product_id;
  for (const { item, order } of upcomingDeliveries(world, subscription)) {
    item.product = subscription.product;
    refreshOrder(world, order);
  }
  announceSubscription(world, 'subscription.sku_swap', subscription);
}

/** Back on its former date the item joins the order that was left there. */
function changeNextOrderDate({ world, body }: Exchange, subscription: SubscriptionRecord): void {
  const date = dateOf(body.dateTime('order_date'));
  if (date <= toCentralDate(world.clock.now())) throw badField('order_date', 'The date must be in the future.');
  const [next] = upcomingDeliveries(world, subscription);
  if (next) moveItem(world, next.item, findOrCreateOrder(world, keyFor(subscription, date)));
  else scheduleDelivery(world, subscription, date);
}

function changeShipping(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { world, body } = exchange;
  const id = body.text('shipping_address');
  subscription.shipping_address = addressNamed(exchange, 'shipping_address', id, subscription.customer).public_id;
  followSubscription(world, subscription);
  announceSubscription(world, 'subscription.change_shipping_address', subscription);
}

function changePayment(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { world, body } = exchange;
  subscription.payment = paymentNamed(exchange, 'payment', body.text('payment'), subscription.customer).public_id;
  followSubscription(world, subscription);
  announceSubscription(world, 'subscription.change_payment', subscription);
}

/** An order with this subscription alone takes the new address and payment; from a shared one the item moves out. */
function followSubscription(world: OrdergrooveWorld, subscription: SubscriptionRecord): void {
  for (const { item, order } of upcomingDeliveries(world, subscription)) {
    const others = world.store.itemsOf(order.public_id).filter((each) => each.subscription !== subscription.public_id);
    if (others.some((each) => each.subscription !== null)) {
      moveItem(world, item, findOrCreateOrder(world, keyFor(subscription, order.place)));
    } else {
      order.shipping_address = subscription.shipping_address;
      order.payment = subscription.payment;
      refreshOrder(world, order);
    }
  }
}

function cancel({ world, body }: Exchange, subscription: SubscriptionRecord): void {
  requireNotPrepaid(subscription);
  subscription.live = false;
  subscription.cancelled = toCentral(world.clock.now());
  subscription.cancel_reason = body.optionalText('cancel_reason');
  subscription.cancel_reason_code = /^(\d+)\|/u.exec(subscription.cancel_reason ?? '')?.[1] ?? null;
  for (const { item, order } of upcomingDeliveries(world, subscription)) {
    removeItem(world, item);
    refreshOrder(world, order);
    deleteIfEmpty(world, order);
  }
  announceSubscription(world, 'subscription.cancel', subscription);
}

function reactivate({ world, body }: Exchange, subscription: SubscriptionRecord): void {
  if (subscription.live) throw badRequest('The subscription is live.');
  body.require('start_date', 'every', 'every_period');
  const start = dateOf(body.dateTime('start_date'));
  const next = body.has('next_order_date') ? dateOf(body.dateTime('next_order_date')) : start;
  if (next <= toCentralDate(world.clock.now())) throw badField('next_order_date', 'The date must be in the future.');
  Object.assign(subscription, {
    every: body.positiveInteger('every'),
    every_period: body.period('every_period'),
    start_date: start,
    live: true,
    cancelled: null,
    cancel_reason: null,
    cancel_reason_code: null,
  });
  scheduleDelivery(world, subscription, next);
  announceSubscription(world, 'subscription.reactivate', subscription);
}

/** `price` and `components` need the application scope; `extra_data` is overwritten whole. */
function update({ world, body, caller }: Exchange, subscription: SubscriptionRecord): void {
  if (body.has('price') || body.has('components')) requireApplication(caller);
  if (body.has('price')) subscription.price = body.money('price');
  if (body.has('components')) subscription.components = body.list('components');
  if (body.has('extra_data')) subscription.extra_data = body.json('extra_data');
  if (body.has('offer')) subscription.offer = body.text('offer');
  if (body.has('cancel_reason')) subscription.cancel_reason = body.text('cancel_reason');
  for (const { order } of upcomingDeliveries(world, subscription)) refreshOrder(world, order);
}
