import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { ProductChoice, PurchaseMode } from '../../domain/product.js';
import { isSameFrequency } from '../../domain/subscription.js';
import { type RequestedFrequency, statedFrequency } from '../../domain/write.js';
import { notChecked, orderIsGone } from '../kit/eligibility.js';
import { reasonsOfContract, reasonsOfPrepayment } from './contract-reasons.js';
import { fromLineKey, isNumericId } from './keys.js';
import type { OrderView } from './order-view.js';
import { toFrequency } from './statuses.js';

/** One-offs take 1 to 999: https://developers.appstle.com/api-reference/subscription-one-time-products */
export const MAX_QUANTITY = 999;

const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Lists what forbids an item, or may, on an order that is open. */
export function reasonsOfItem(question: EligibilityQuestion, view: OrderView): readonly EligibilityReason[] {
  const { item, quantity, subscribe } = question;
  const product = item?.product ?? null;
  return [
    ...reasonsOfState(view, subscribe),
    ...reasonsOfQuantity(quantity),
    ...(item !== null && item.offerKey !== null ? [noOffers] : []),
    ...(product ? reasonsOfProduct(product, view, subscribe) : []),
  ];
}

export function reasonsOfState({ contract, queue }: OrderView, subscribe: boolean): readonly EligibilityReason[] {
  if (contract.state === 'missing') return [orderIsGone];
  if (contract.state === 'failed') return [notChecked('the subscription of this order', contract.problem)];
  const reasons = reasonsOfContract(contract.value, { hasQueuedOrder: queue.length > 0 });
  return subscribe ? [...reasons, ...reasonsOfPrepayment(contract.value)] : reasons;
}

export function reasonsOfQuantity(quantity: number): readonly EligibilityReason[] {
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= MAX_QUANTITY) return [];
  const message = `The quantity must be a whole number from 1 to ${MAX_QUANTITY}.`;
  return [reason('QUANTITY_NOT_SUPPORTED', message, { remedy: 'REDUCE_QUANTITY' })];
}

function reasonsOfProduct(product: ProductChoice, view: OrderView, subscribe: boolean): readonly EligibilityReason[] {
  if (!isNumericId(product.id)) {
    const evidence = 'variantId must be a number';
    return [
      reason('PRODUCT_UNAVAILABLE', 'This product is not sold here.', { evidence, remedy: 'CHOOSE_OTHER_PRODUCT' }),
    ];
  }
  const unread = reasonsOfLines(view);
  if (unread.length > 0) return subscribe ? unread : [...reasonsOfHandle(product, view), ...unread];
  if (subscribe) return reasonsOfRecurrence(product, view);
  return [...reasonsOfHandle(product, view), ...reasonsOfPresence(product, view)];
}

function reasonsOfHandle(product: ProductChoice, view: OrderView): readonly EligibilityReason[] {
  const handle = handleOf(product, view);
  // The one-offs that could not be read may state it.
  if (handle === null && view.oneOffs.state === 'failed') return [];
  if (handle === null) {
    const evidence = 'variantHandle is required';
    return [reason('VARIANT_REQUIRED', 'This product can only be added by its handle.', { evidence })];
  }
  if (HANDLE.test(handle)) return [];
  const evidence = `variantHandle must match ${HANDLE.source}`;
  return [reason('VARIANT_GONE', 'This is not the handle of a product.', { evidence })];
}

/**
 * Says that the items of a queued order were not checked, where they could not be read. An order that is not queued
 * takes nothing, whatever is on it.
 */
function reasonsOfLines({ lines, oneOffs }: OrderView): readonly EligibilityReason[] {
  if (oneOffs.state === 'missing' || lines.state !== 'failed') return [];
  return [notChecked('the items of this order', lines.problem)];
}

/** Refuses a product that the order has as a one-off: a second add of it is a success that adds nothing. */
function reasonsOfPresence({ id }: ProductChoice, { lines }: OrderView): readonly EligibilityReason[] {
  if (lines.state !== 'found' || !findOneOff(lines.value, id)) return [];
  const message = 'This order already has this item; its quantity can be changed.';
  return [reason('ALREADY_ON_ORDER', message, { evidence: 'a one-time product of the same variant' })];
}

/** Warns of a product that recurs already: a second line of it is one more, and a duplicate unless it is wanted. */
function reasonsOfRecurrence({ id }: ProductChoice, { lines }: OrderView): readonly EligibilityReason[] {
  if (lines.state !== 'found' || !findRecurring(lines.value, id)) return [];
  const message = 'This item already comes with this order by its subscription.';
  const evidence = 'a recurring line of the same variant';
  return [reason('ALREADY_ON_ORDER', message, { blocking: false, evidence })];
}

/** Returns the requested handle, or the one that a one-off of the same variant on this contract states. */
export function handleOf({ id, handle }: ProductChoice, { oneOffs }: OrderView): string | null {
  if (handle !== null) return handle;
  const rows = oneOffs.state === 'found' ? oneOffs.value : [];
  return rows.find(({ variantId }) => variantId === id)?.variantHandle ?? null;
}

export function findOneOff(lines: readonly LineItem[], variantId: string): LineItem | null {
  const isOneOff = ({ ref }: LineItem) => fromLineKey(ref.key)?.kind === 'one-off';
  return lines.find((line) => isOneOff(line) && line.product.providerId === variantId) ?? null;
}

export function findRecurring(lines: readonly LineItem[], variantId: string): LineItem | null {
  return (
    lines.find(({ purchaseMode, product }) => purchaseMode === 'SUBSCRIPTION' && product.providerId === variantId) ??
    null
  );
}

/** Returns the modes that are left. A recurring line needs no handle, and may stand beside a one-off. */
export function possibleModes(reasons: readonly EligibilityReason[]): readonly PurchaseMode[] {
  const blocking = reasons.filter((each) => each.blocking);
  if (blocking.length === 0) return ['ONE_TIME', 'SUBSCRIPTION'];
  return blocking.every(({ code }) => ONE_TIME_ONLY.has(code)) ? ['SUBSCRIPTION'] : [];
}

const ONE_TIME_ONLY: ReadonlySet<string> = new Set(['ALREADY_ON_ORDER', 'VARIANT_REQUIRED', 'VARIANT_GONE']);

const noOffers = reason('NOT_OFFERED', 'This shop has no offers; name the product.', {
  evidence: 'Appstle has no offers',
});

/** Refuses a frequency other than the contract's: it has one billing policy, and all its items come in that. */
export function reasonsOfFrequency(
  wanted: RequestedFrequency | null,
  { contract }: OrderView,
): readonly EligibilityReason[] {
  const frequency = contract.state === 'found' ? toFrequency(contract.value.billing) : null;
  const stated = statedFrequency(wanted);
  if (frequency === null || stated === null || isSameFrequency(frequency, stated)) return [];
  const text = `${frequency.every} ${frequency.unit}`;
  const message = `Items of this subscription come every ${text.toLowerCase()}${frequency.every > 1 ? 's' : ''}.`;
  return [reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `billingPolicy = ${text}` })];
}
