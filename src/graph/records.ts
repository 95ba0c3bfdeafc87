import type { LineItem } from '../domain/line-item.js';
import type { Order } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import type { EntityRef } from '../domain/reference.js';
import type { Subscription } from '../domain/subscription.js';
import type { GraphContext } from './context.js';

/**
 * A record by reference: null when missing, foreign, of an unknown account, or when there is no reference. What the
 * loader gives is handed on as it is, because these are asked for every line of long lists.
 */
export type Loading<T> = T | Promise<T | null> | null;

export function loadOrder({ sources }: GraphContext, ref: EntityRef<'Order'> | null): Loading<Order> {
  return (ref && sources.at(ref.account)?.loaders.order.load(ref.key)) ?? null;
}

export function loadLineItem({ sources }: GraphContext, ref: EntityRef<'LineItem'> | null): Loading<LineItem> {
  return (ref && sources.at(ref.account)?.loaders.lineItem.load(ref.key)) ?? null;
}

export function loadSubscription(
  { sources }: GraphContext,
  ref: EntityRef<'SubscriptionContract'> | null,
): Loading<Subscription> {
  return (ref && sources.at(ref.account)?.loaders.subscription.load(ref.key)) ?? null;
}

export function loadProduct({ sources }: GraphContext, ref: EntityRef<'Product'>): Loading<Product> {
  return sources.at(ref.account)?.loaders.product.load(ref.key) ?? null;
}
