import { type ActionAvailability, blockingFirst, type EligibilityReason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { EntityRef } from '../../domain/reference.js';
import { invalid, notEligible, type Refusal, type RefusalOf } from '../../domain/refusal.js';
import type { Preparation, WriteTarget } from '../../domain/write.js';
import { isForbidden } from './eligibility.js';

export function ready<Context>(target: WriteTarget<Context>): Preparation<Context> {
  return { outcome: 'ready', target };
}

export function refused(refusal: Refusal): Preparation<never> {
  return { outcome: 'refused', refusal };
}

/** Tells a refusal from what was to be read. */
export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'retry' in value;
}

/** The refusal of what may not be done to a line; null when nothing forbids it. */
export function forbidden(
  { reasons }: Pick<ActionAvailability, 'reasons'>,
  more: readonly EligibilityReason[] = [],
): Refusal | null {
  const all = blockingFirst([...more, ...reasons]);
  return isForbidden(all) ? notEligible(all) : null;
}

export function duplicateItem(existing: LineItem): RefusalOf<'DUPLICATE_ITEM'> {
  const message = 'This order already has this item.';
  return { code: 'DUPLICATE_ITEM', message, path: ['item'], retry: 'NEW_REQUEST', existing };
}

/** `order`: the one the provider would use, or used, instead; null when that is not known. */
export function targetMoved(
  order: EntityRef<'Order'> | null,
  message: string,
  undone = false,
): RefusalOf<'TARGET_MOVED'> {
  return { code: 'TARGET_MOVED', message, path: ['orderId'], retry: 'NEW_REQUEST', actualOrderRef: order, undone };
}

/** The refusal of an add that names no product. `why`: the sentence before the colon. */
export function nothingToAdd(why: string): RefusalOf<'VALIDATION'> {
  return invalid(['item'], 'PRODUCT_NAMED', `${why}: name the product to add.`);
}
