import type { LineItem } from '../domain/line-item.js';
import type { Order } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import type { EntityRef } from '../domain/reference.js';
import type { Subscription } from '../domain/subscription.js';
import type { GraphContext } from './context.js';

/**
 * A value that is present or still loading. Records that are present are returned without a promise, because resolvers load
 * them for every line of long lists.
 */
export type MaybePromise<T> = T | Promise<T>;

/* The loaders below return null for a record that is missing, foreign or of an unknown account, and without a reference. */

export function loadOrder({ sources }: GraphContext, ref: EntityRef<'Order'> | null): MaybePromise<Order | null> {
  return (ref && sources.get(ref.account)?.loaders.order.load(ref.key)) ?? null;
}

export function loadLineItem(
  { sources }: GraphContext,
  ref: EntityRef<'LineItem'> | null,
): MaybePromise<LineItem | null> {
  return (ref && sources.get(ref.account)?.loaders.lineItem.load(ref.key)) ?? null;
}

export function loadSubscription(
  { sources }: GraphContext,
  ref: EntityRef<'SubscriptionContract'> | null,
): MaybePromise<Subscription | null> {
  return (ref && sources.get(ref.account)?.loaders.subscription.load(ref.key)) ?? null;
}

export function loadProduct({ sources }: GraphContext, ref: EntityRef<'Product'>): MaybePromise<Product | null> {
  return sources.get(ref.account)?.loaders.product.load(ref.key) ?? null;
}
