import { type Exchange, maySee } from './endpoints.js';
import type {
  AddressRecord,
  ItemRecord,
  OrderRecord,
  PaymentRecord,
  ProductRecord,
  SubscriptionRecord,
} from './records.js';
import { badField, badRequest, notFound } from './refusals.js';
import { isOpen } from './schedule.js';

/** Rows by id; another customer's row answers like a missing one. */

export function orderById({ context, caller }: Exchange, id: string): OrderRecord {
  const order = context.store.orders.get(id);
  if (!order || !maySee(caller, order.customer)) throw notFound();
  return order;
}

export function itemById(exchange: Exchange, id: string): ItemRecord {
  const item = exchange.context.store.items.get(id);
  if (!item) throw notFound();
  orderById(exchange, item.order);
  return item;
}

export function subscriptionById({ context, caller }: Exchange, id: string): SubscriptionRecord {
  const subscription = context.store.subscriptions.get(id);
  if (!subscription || !maySee(caller, subscription.customer)) throw notFound();
  return subscription;
}

/** Returns the order to change, and refuses all but unsent, unlocked ones. */
export function openOrderById(exchange: Exchange, id: string): OrderRecord {
  const order = orderById(exchange, id);
  if (!isOpen(order))
    throw badField('order', 'The order is not editable.', exchange.context.switches.get('nonUnsentOrderStatusCode'));
  return order;
}

export function liveSubscriptionById(exchange: Exchange, id: string): SubscriptionRecord {
  const subscription = subscriptionById(exchange, id);
  if (!subscription.live) throw badRequest('The subscription is not live.');
  return subscription;
}

export function productNamed({ context }: Exchange, field: string, id: string): ProductRecord {
  const product = context.store.products.get(id);
  if (!product) throw badField(field, 'The product does not exist.');
  return product;
}

export function addressNamed({ context }: Exchange, field: string, id: string, customer: string): AddressRecord {
  const address = context.store.addresses.get(id);
  if (address?.customer !== customer) throw badField(field, 'The address does not exist.');
  return address;
}

export function paymentNamed({ context }: Exchange, field: string, id: string, customer: string): PaymentRecord {
  const payment = context.store.payments.get(id);
  if (payment?.customer !== customer) throw badField(field, 'The payment does not exist.');
  return payment;
}
