import { announceItem, announceSubscription } from '../announcements.js';
import { dateOf, toCentral, toCentralDate } from '../central-time.js';
import type { OrdergrooveContext } from '../context.js';
import { type OrdergrooveEndpoints, type Exchange, requireApplication } from '../endpoints.js';
import { dateTimeIn, moneyIn, periodIn } from '../input.js';
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

type Change = (exchange: Exchange, subscription: SubscriptionRecord) => void;

/** Changes of a subscription and what each does to its upcoming order. */
export function subscriptionChanges(endpoints: OrdergrooveEndpoints): void {
  const change = (
    path: string,
    apply: Change,
    find = liveSubscriptionById,
    access: 'recognised' | 'storefront' = 'storefront',
  ) =>
    endpoints.write(
      'PATCH',
      { path: `/subscriptions/:id/${path}/`, access, locks: ordersOfSubscription },
      (exchange) => {
        const subscription = find(exchange, exchange.part('id'));
        apply(exchange, subscription);
        subscription.updated = toCentral(exchange.context.clock.now());
        return subscriptionPayload(exchange.context, subscription, { isRead: true });
      },
    );

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
  return upcomingDeliveries(exchange.context, subscription).map(({ order }) => order.public_id);
}

/** Changes the interval of a subscription. The upcoming order keeps its date. */
function changeFrequency({ context, body }: Exchange, subscription: SubscriptionRecord): void {
  body.require('every', 'every_period');
  subscription.every = body.integer('every', { least: 1 });
  subscription.every_period = periodIn(body, 'every_period');
  announceSubscription(context, 'subscription.change_frequency', subscription);
}

function changeQuantity({ context, body }: Exchange, subscription: SubscriptionRecord): void {
  requireNotPrepaid(subscription);
  subscription.quantity = body.integer('quantity', { least: 1 });
  const [next] = upcomingDeliveries(context, subscription);
  if (next) {
    next.item.quantity = subscription.quantity;
    refreshOrder(context, next.order);
    announceItem(context, 'item.change_quantity', next.item);
  }
  announceSubscription(context, 'subscription.change_quantity', subscription);
}

function changeProduct(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { context, body } = exchange;
  const product = productNamed(exchange, 'product', body.text('product'));
  const current = context.store.products.get(subscription.product);
  const remaining = subscription.prepaid_subscription_context?.prepaid_orders_remaining ?? 0;
  if (remaining > 0 && current && hundredths(current.price) !== hundredths(product.price)) {
    throw badField('product', 'A prepaid subscription can only change to a product of the same price.');
  }
  subscription.product = product.external_product_id;
  for (const { item, order } of upcomingDeliveries(context, subscription)) {
    item.product = subscription.product;
    refreshOrder(context, order);
  }
  announceSubscription(context, 'subscription.sku_swap', subscription);
}

/** Moves the next item to another date. Back on its former date the item joins the order that was left there. */
function changeNextOrderDate({ context, body }: Exchange, subscription: SubscriptionRecord): void {
  const date = dateOf(dateTimeIn(body, 'order_date'));
  if (date <= toCentralDate(context.clock.now())) throw badField('order_date', 'The date must be in the future.');
  const [next] = upcomingDeliveries(context, subscription);
  if (next) moveItem(context, next.item, findOrCreateOrder(context, keyFor(subscription, date)));
  else scheduleDelivery(context, subscription, date);
}

function changeShipping(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { context, body } = exchange;
  const id = body.text('shipping_address');
  subscription.shipping_address = addressNamed(exchange, 'shipping_address', id, subscription.customer).public_id;
  followSubscription(context, subscription);
  announceSubscription(context, 'subscription.change_shipping_address', subscription);
}

function changePayment(exchange: Exchange, subscription: SubscriptionRecord): void {
  const { context, body } = exchange;
  subscription.payment = paymentNamed(exchange, 'payment', body.text('payment'), subscription.customer).public_id;
  followSubscription(context, subscription);
  announceSubscription(context, 'subscription.change_payment', subscription);
}

/**
 * Gives upcoming orders the new address and payment of a subscription. An order with this subscription alone takes
 * them; from a shared one the item moves out.
 */
function followSubscription(context: OrdergrooveContext, subscription: SubscriptionRecord): void {
  for (const { item, order } of upcomingDeliveries(context, subscription)) {
    const others = context.store
      .itemsOf(order.public_id)
      .filter((each) => each.subscription !== subscription.public_id);
    if (others.some((each) => each.subscription !== null)) {
      moveItem(context, item, findOrCreateOrder(context, keyFor(subscription, order.place)));
    } else {
      order.shipping_address = subscription.shipping_address;
      order.payment = subscription.payment;
      refreshOrder(context, order);
    }
  }
}

function cancel({ context, body }: Exchange, subscription: SubscriptionRecord): void {
  requireNotPrepaid(subscription);
  subscription.live = false;
  subscription.cancelled = toCentral(context.clock.now());
  subscription.cancel_reason = body.optionalText('cancel_reason');
  subscription.cancel_reason_code = /^(\d+)\|/u.exec(subscription.cancel_reason ?? '')?.[1] ?? null;
  for (const { item, order } of upcomingDeliveries(context, subscription)) {
    removeItem(context, item);
    refreshOrder(context, order);
    deleteIfEmpty(context, order);
  }
  announceSubscription(context, 'subscription.cancel', subscription);
}

function reactivate({ context, body }: Exchange, subscription: SubscriptionRecord): void {
  if (subscription.live) throw badRequest('The subscription is live.');
  body.require('start_date', 'every', 'every_period');
  const start = dateOf(dateTimeIn(body, 'start_date'));
  const next = body.has('next_order_date') ? dateOf(dateTimeIn(body, 'next_order_date')) : start;
  if (next <= toCentralDate(context.clock.now())) throw badField('next_order_date', 'The date must be in the future.');
  Object.assign(subscription, {
    every: body.integer('every', { least: 1 }),
    every_period: periodIn(body, 'every_period'),
    start_date: start,
    live: true,
    cancelled: null,
    cancel_reason: null,
    cancel_reason_code: null,
  });
  scheduleDelivery(context, subscription, next);
  announceSubscription(context, 'subscription.reactivate', subscription);
}

/** Changes fields: `price` and `components` need the application scope, `extra_data` is overwritten whole. */
function update({ context, body, caller }: Exchange, subscription: SubscriptionRecord): void {
  if (body.has('price') || body.has('components')) requireApplication(caller);
  if (body.has('price')) subscription.price = moneyIn(body, 'price');
  if (body.has('components')) subscription.components = body.list('components');
  if (body.has('extra_data')) subscription.extra_data = body.json('extra_data');
  if (body.has('offer')) subscription.offer = body.text('offer');
  if (body.has('cancel_reason')) subscription.cancel_reason = body.text('cancel_reason');
  for (const { order } of upcomingDeliveries(context, subscription)) refreshOrder(context, order);
}
