import { type ActionAvailability, blockingFirst, type EligibilityReason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import type { EntityRef } from '../../domain/reference.js';
import { invalid, notEligible, type Refusal, type RefusalOf } from '../../domain/refusal.js';
import type { Preparation, WriteTarget } from '../../domain/write.js';
import { isForbidden } from './eligibility.js';

export function ready<Context>(target: WriteTarget<Context>): Preparation<Context> {
  return { outcome: 'ready', target };
}

/** Makes a refusal of the preparation. `order`: the one it was to be done to, where it was read. */
export function refused(refusal: Refusal, order?: Order): Preparation<never> {
  return { outcome: 'refused', refusal, ...(order && { order }) };
}

/** Tells a refusal from what was to be read. */
export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'retry' in value;
}

/** Returns the refusal of what may not be done to a line; null when nothing forbids it. */
export function forbidden(
  { reasons }: Pick<ActionAvailability, 'reasons'>,
  more: readonly EligibilityReason[] = [],
): Refusal | null {
  const all = blockingFirst([...more, ...reasons]);
  if (!isForbidden(all)) return null;
  // What was only possible under a condition says nothing beside the reason that the condition is not met.
  const forbids = new Set(all.flatMap(({ blocking, code }) => (blocking ? code : [])));
  return notEligible(all.filter(({ blocking, code }) => blocking || !forbids.has(code)));
}

export function duplicateItem(existing: LineItem): RefusalOf<'DUPLICATE_ITEM'> {
  const message = 'This order already has this item.';
  return { code: 'DUPLICATE_ITEM', message, path: ['item'], retry: 'NEW_REQUEST', existing };
}

/**
 * Makes the refusal of a write whose order would be, or was, another. `order`: the one the provider would use, or used,
 * instead; null when that is not known.
 */
export function targetMoved(order: EntityRef<'Order'> | null, message: string): RefusalOf<'TARGET_MOVED'> {
  return { code: 'TARGET_MOVED', message, path: ['orderId'], retry: 'NEW_REQUEST', actualOrderRef: order };
}

/** Makes the refusal of an add that names no product. `why`: the sentence before the colon. */
export function nothingToAdd(why: string): RefusalOf<'VALIDATION'> {
  return invalid(['item'], 'PRODUCT_NAMED', `${why}: name the product to add.`);
}
