import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Lookup } from '../../domain/lookup.js';
import type { PurchaseMode } from '../../domain/product.js';
import { notChecked, orderIsGone, reasonsOfQuantity } from '../kit/eligibility.js';
import { type ItemFacts, subscriptionsOf } from './item-facts.js';
import { isVariantId } from './keys.js';
import { errorChargeBlocks } from './order-reasons.js';
import { hasNoPlan, plansOf } from './plans.js';
import type { RechargeSettings } from './settings.js';
import type { WireSubscription } from './wire.js';
import type { CatalogueItem } from './wire-catalogue.js';

const MAX_QUANTITY = 999;

/** Lists what forbids an item, or may, on an order that is open. */
export function reasonsOfItem(
  { item, quantity, subscribe }: EligibilityQuestion,
  facts: ItemFacts,
  settings: RechargeSettings,
): readonly EligibilityReason[] {
  const variantId = item?.product?.id ?? null;
  return [
    ...reasonsOfCount(quantity),
    ...(item !== null && item.offerKey !== null ? [noOffers] : []),
    ...reasonsOfCharge(facts),
    ...(variantId === null ? [] : reasonsOfVariant(variantId, facts)),
    ...(facts.item?.state === 'found' ? reasonsOfStock(facts.item.value, quantity) : []),
    ...(subscribe && variantId !== null ? reasonsOfSubscribing(variantId, facts, settings) : []),
    ...(variantId === null ? [] : reasonsOfPresence(variantId, facts.lines, subscribe)),
  ];
}

export function reasonsOfCount(quantity: number): readonly EligibilityReason[] {
  if (quantity <= MAX_QUANTITY) return reasonsOfQuantity(quantity);
  const message = `The quantity must be a whole number from 1 to ${MAX_QUANTITY}.`;
  return [reason('QUANTITY_NOT_SUPPORTED', message, { remedy: 'REDUCE_QUANTITY' })];
}

/** Lists the modes in which the item can be bought. A product without a plan can still be bought once. */
export function possibleModes(reasons: readonly EligibilityReason[], { item }: ItemFacts): readonly PurchaseMode[] {
  if (reasons.some(({ blocking, code }) => blocking && !MODE_REASONS.has(code))) return [];
  const isOnceOnly =
    reasons.some(({ blocking }) => blocking) || (item?.state === 'found' && plansOf(item.value).length === 0);
  return isOnceOnly ? ['ONE_TIME'] : ['ONE_TIME', 'SUBSCRIPTION'];
}

const MODE_REASONS: ReadonlySet<string> = new Set(['NO_SUBSCRIPTION_PLAN', 'ALREADY_ON_ORDER']);

function reasonsOfCharge({ charge, isBlocked }: ItemFacts): readonly EligibilityReason[] {
  const reasons: EligibilityReason[] = [];
  if (isBlocked.state === 'failed') reasons.push(notChecked('whether an earlier order is paid', isBlocked.problem));
  if (isBlocked.state === 'found' && isBlocked.value) reasons.push(errorChargeBlocks);
  if (charge.state === 'failed') reasons.push(notChecked('this order', charge.problem));
  if (charge.state === 'missing') reasons.push(orderIsGone);
  if (charge.state === 'found' && charge.value.hasDiscounts) reasons.push(mayDropDiscount);
  return reasons;
}

/** A rebuild drops a discount that is the charge's own, and keeps one of its address. */
const mayDropDiscount = reason('PRICE_CHANGED', 'A discount of this order may be gone once it changes.', {
  blocking: false,
  evidence: 'discounts is not empty',
});

function reasonsOfVariant(variantId: string, { item }: ItemFacts): readonly EligibilityReason[] {
  const remedy = 'CHOOSE_OTHER_PRODUCT';
  if (!isVariantId(variantId) || item?.state === 'missing') {
    return [reason('PRODUCT_UNAVAILABLE', 'This product is not sold here.', { evidence: 'no such variant', remedy })];
  }
  if (item === null || item.state === 'found') return [];
  return [notChecked('this product', item.problem)];
}

function reasonsOfStock(item: CatalogueItem, quantity: number): readonly EligibilityReason[] {
  const remedy = 'CHOOSE_OTHER_PRODUCT';
  if (item.isDeleted) {
    return [reason('VARIANT_GONE', 'This product is no longer sold.', { evidence: 'is_deleted = true', remedy })];
  }
  const reasons: EligibilityReason[] = [];
  if (item.isPublished === false) {
    const evidence = 'is_published = false';
    reasons.push(reason('PRODUCT_UNAVAILABLE', 'This product is not sold here.', { evidence, remedy }));
  }
  if (item.policy === 'deny' && item.level !== null && item.level < quantity) {
    // Stock is judged when the order is processed.
    const evidence = `inventory.level = ${item.level}`;
    reasons.push(
      reason('OUT_OF_STOCK', 'There may not be enough of this product.', { blocking: false, evidence, remedy }),
    );
  }
  return reasons;
}

/** Explains why a product cannot be subscribed to on this address, added as such or converted. */
export function reasonsOfSubscribing(
  variantId: string,
  { item, subscriptions }: Pick<ItemFacts, 'item' | 'subscriptions'>,
  settings: RechargeSettings,
): readonly EligibilityReason[] {
  const known = item?.state === 'found' ? item.value : null;
  const reasons: EligibilityReason[] = [];
  if (known?.plans.problem) reasons.push(notChecked('the plans of this product', known.plans.problem));
  if (known && hasNoPlan(known)) {
    const evidence = 'no plan of the type subscription';
    const message = 'This item can only be bought once, not subscribed to.';
    reasons.push(reason('NO_SUBSCRIPTION_PLAN', message, { evidence }));
  }
  if (subscriptions === null || settings.secondSubscription === 'allow') return reasons;
  const same = subscriptionsOf(subscriptions, { variantId, productId: known?.productId ?? null });
  return [...reasons, ...reasonsOfSame(same)];
}

function reasonsOfSame(same: Lookup<readonly WireSubscription[]>): readonly EligibilityReason[] {
  if (same.state === 'failed') return [notChecked('the subscriptions of this address', same.problem)];
  if (same.state === 'missing' || same.value.length === 0) return [];
  return [
    reason('ALREADY_ON_ORDER', 'A subscription already delivers this item to this address.', {
      evidence: 'an active subscription of the same product',
    }),
  ];
}

function reasonsOfPresence(
  variantId: string,
  lines: Lookup<readonly LineItem[]>,
  subscribe: boolean,
): readonly EligibilityReason[] {
  if (lines.state === 'failed') return [notChecked('the items of this order', lines.problem)];
  if (subscribe || lines.state === 'missing' || !findOneTime(lines.value, variantId)) return [];
  const evidence = 'a one-time item of the same variant';
  return [reason('ALREADY_ON_ORDER', 'This order already has this item.', { blocking: false, evidence })];
}

/** Finds an item that was added, or that may have been: whether it recurs is not known. */
export function findOneTime(lines: readonly LineItem[], variantId: string): LineItem | null {
  const mayBeOne = ({ origin, purchaseMode }: LineItem) => origin === 'UPSELL' || purchaseMode === 'UNKNOWN';
  return lines.find((line) => mayBeOne(line) && line.product.providerId === variantId) ?? null;
}

export const noOffers = reason('NOT_OFFERED', 'This shop has no offers; name the product.', {
  evidence: 'Recharge has no offers',
});
