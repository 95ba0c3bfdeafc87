import { addDays } from '../../kit/calendar.js';
import { announceOrder } from '../announcements.js';
import { atMidnight, dateOf, toCentral, toCentralDate } from '../central-time.js';
import type { OrdergrooveEndpoints, Exchange } from '../endpoints.js';
import { dateTimeIn } from '../input.js';
import { addressNamed, openOrderById, orderById, paymentNamed } from '../lookups.js';
import { orderPayload } from '../payloads.js';
import type { OrderRecord } from '../records.js';
import { badField, badRequest } from '../refusals.js';
import { CARD_RETRY, REJECTED, SEND_NOW } from '../renewals.js';
import { findOpenOrder, liveSubscriptionsOn, moveItem, refreshOrder, scheduleNext } from '../schedule.js';
import { cancelOrder, skipSubscription } from '../skips.js';

const MERGED = 17;
const AWAITING_INSTRUCTIONS = 19;

export function orderActions(endpoints: OrdergrooveEndpoints): void {
  const action = (
    path: string,
    access: 'recognised' | 'storefront' | 'application',
    apply: (exchange: Exchange) => OrderRecord,
  ) =>
    endpoints.write('PATCH', { path: `/orders/:id/${path}/`, access, locks: ({ part }) => [part('id')] }, (exchange) =>
      orderPayload(exchange.context, apply(exchange)),
    );

  action('change_place_date', 'recognised', changePlaceDate);
  action('skip_subscription', 'storefront', skip);
  action('cancel', 'storefront', (exchange) => cancelOrder(exchange.context, open(exchange)));
  action('send_now', 'storefront', sendNow);
  action('change_payment', 'storefront', changePayment);
  action('change_shipping', 'storefront', changeShipping);
  action('update', 'application', update);
  action('rescue', 'application', (exchange) => retryFrom(exchange, REJECTED));
  action('retry_instruction/retry', 'application', (exchange) => retryFrom(exchange, AWAITING_INSTRUCTIONS));
  action('retry_instruction/reject', 'application', reject);
}

function open(exchange: Exchange): OrderRecord {
  return openOrderById(exchange, exchange.part('id'));
}

/**
 * Moves an order to another date. On a date that has a matching order already, the moved order is merged into that one
 * (status 17).
 */
function changePlaceDate(exchange: Exchange): OrderRecord {
  const { context, body } = exchange;
  const order = open(exchange);
  const place = dateTimeIn(body, 'place');
  if (dateOf(place) < toCentralDate(context.clock.now())) throw badField('place', 'The date must not be in the past.');
  if (dateOf(place) === dateOf(order.place)) return order;
  const target = findOpenOrder(context, {
    customer: order.customer,
    date: place,
    shippingAddress: order.shipping_address,
    payment: order.payment,
    currencyCode: order.currency_code,
  });
  order.place = place;
  if (target) {
    order.status = MERGED;
    order.extra_data = { merged_order_id: target.public_id };
    for (const item of context.store.itemsOf(order.public_id)) moveItem(context, item, target);
  }
  refreshOrder(context, order);
  announceOrder(context, 'order.change_next_order_date', order);
  return order;
}

function skip(exchange: Exchange): OrderRecord {
  const order = open(exchange);
  const id = exchange.body.text('subscription');
  const subscription = liveSubscriptionsOn(exchange.context, order).find((each) => each.public_id === id);
  if (!subscription) throw badField('subscription', 'The subscription is not on this order.');
  skipSubscription(exchange.context, order, subscription);
  return order;
}

function sendNow(exchange: Exchange): OrderRecord {
  const { context } = exchange;
  const order = open(exchange);
  for (const subscription of liveSubscriptionsOn(context, order))
    scheduleNext(context, subscription, dateOf(order.place));
  order.status = SEND_NOW;
  order.place = toCentral(context.clock.now());
  refreshOrder(context, order);
  announceOrder(context, 'order.send_now', order);
  return order;
}

function changePayment(exchange: Exchange): OrderRecord {
  const { context, body } = exchange;
  const order = open(exchange);
  order.payment = paymentNamed(exchange, 'payment', body.text('payment'), order.customer).public_id;
  refreshOrder(context, order);
  announceOrder(context, 'order.change_payment', order);
  return order;
}

function changeShipping(exchange: Exchange): OrderRecord {
  const { context, body } = exchange;
  const order = open(exchange);
  order.shipping_address = addressNamed(
    exchange,
    'shipping_address',
    body.text('shipping_address'),
    order.customer,
  ).public_id;
  refreshOrder(context, order);
  announceOrder(context, 'order.change_shipping_address', order);
  return order;
}

/** Replaces the whole value. */
function update(exchange: Exchange): OrderRecord {
  const order = orderById(exchange, exchange.part('id'));
  exchange.body.require('extra_data');
  order.extra_data = exchange.body.json('extra_data');
  refreshOrder(exchange.context, order);
  return order;
}

function retryFrom(exchange: Exchange, status: number): OrderRecord {
  const { context, body } = exchange;
  const order = orderById(exchange, exchange.part('id'));
  if (order.status !== status) throw badRequest('The order is not in a status that allows this.');
  const tomorrow = addDays(toCentral(context.clock.now()), 1);
  if (status === AWAITING_INSTRUCTIONS) body.require('place');
  order.place = body.has('place') ? dateTimeIn(body, 'place') : atMidnight(tomorrow);
  order.status = CARD_RETRY;
  order.tries = 0;
  refreshOrder(context, order);
  return order;
}

function reject(exchange: Exchange): OrderRecord {
  const order = orderById(exchange, exchange.part('id'));
  if (order.status !== AWAITING_INSTRUCTIONS) throw badRequest('The order is not awaiting retry instructions.');
  order.status = REJECTED;
  refreshOrder(exchange.context, order);
  announceOrder(exchange.context, 'order.reject', order);
  return order;
}
