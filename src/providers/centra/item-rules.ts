import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Lookup } from '../../domain/lookup.js';
import type { ProductChoice } from '../../domain/product.js';
import { notChecked, orderIsGone } from '../kit/eligibility.js';
import type { CentraSettings } from './settings.js';
import type { WireOrder } from './wire.js';
import type { WireItem, WireProduct } from './wire-product.js';
import { lossIn, type ProviderProblem } from '../../domain/problem.js';

export interface ItemFacts {
  /** In the order's context; null when no product was named. */
  readonly product: Lookup<WireProduct> | null;
  /** As it is now; null when no product was named. */
  readonly order: Lookup<WireOrder> | null;
}

/**
 * Lists what the rules of adding to a basket and those of cross-sell forbid.
 * See https://docs.centra.com/fe-development/cross-sell
 */
export function reasonsOfItem(
  question: EligibilityQuestion,
  { product, order }: ItemFacts,
  settings: CentraSettings,
): readonly EligibilityReason[] {
  const { item, subscribe } = question;
  const reasons: EligibilityReason[] = [];
  if (item !== null && item.offerKey !== null) {
    reasons.push(reason('NO_OFFER', 'Centra has no offers: name the product to add.', { evidence: 'no offers' }));
  }
  if (subscribe) {
    const message = 'An item added after the checkout can only be bought once; subscribe to it afterwards.';
    reasons.push(reason('CAPABILITY_MISSING', message));
  }
  reasons.push(...reasonsOfQuantity(question, settings));
  if (item?.product && product && order) reasons.push(...reasonsOfProduct(question, item.product, product, order));
  return [...reasons, riskCheck];
}

/** Klarna looks at the whole new amount and may refuse for good. https://docs.klarna.com/order-management */
const riskCheck = reason('RISK_CHECK_NEEDED', 'The payment provider checks the new amount when the item is added.', {
  blocking: false,
  evidence: 'the authorisation is raised to the new total',
});

/** Each unit raises the authorisation by a call of its own, within the time of one request. */
const MOST_UNITS = 10;

function reasonsOfQuantity(
  { quantity }: EligibilityQuestion,
  { multiSend }: CentraSettings,
): readonly EligibilityReason[] {
  if (quantity === 1 || (multiSend && quantity <= MOST_UNITS)) return [];
  const evidence = `quantity = ${quantity}`;
  const message = multiSend
    ? `No more than ${MOST_UNITS} units can be added at a time.`
    : 'Only one unit can be added at a time.';
  return [reason('QUANTITY_NOT_SUPPORTED', message, { evidence, remedy: 'REDUCE_QUANTITY' })];
}

function reasonsOfProduct(
  question: EligibilityQuestion,
  choice: ProductChoice,
  product: Lookup<WireProduct>,
  order: Lookup<WireOrder>,
): readonly EligibilityReason[] {
  const remedy = 'CHOOSE_OTHER_PRODUCT';
  if (product.state === 'failed') return [notChecked('this product', product.problem)];
  if (product.state === 'missing') {
    const evidence = 'failedToFetch';
    return [reason('PRODUCT_UNAVAILABLE', 'This product is not sold for this order.', { evidence, remedy })];
  }
  const { bundle, price, minimum, multipleOf, isAvailable } = product.value;
  const reasons: EligibilityReason[] = [];
  if (bundle === 'flexible') {
    const evidence = 'bundleInfo.type = flexible';
    reasons.push(
      reason('PRODUCT_NOT_ELIGIBLE', 'A set of your own choice cannot be added to an order.', { evidence, remedy }),
    );
  }
  if (price === null) {
    reasons.push(reason('PRICE_GONE', 'This product is not for sale yet.', { evidence: 'price = null', remedy }));
  }
  if (minimum > 1 || multipleOf > 1) {
    const evidence = `itemQuantityMinimum = ${minimum}, itemQuantityMultipleOf = ${multipleOf}`;
    const message = 'This product is sold in larger quantities, and only one unit can be added at a time.';
    reasons.push(reason('PURCHASE_LIMIT', message, { evidence, remedy }));
  }
  const size = chooseItem(product.value, choice);
  if ('code' in size) reasons.push(size);
  else if (isAvailable === false || (size.stock !== null && size.stock < question.quantity)) {
    reasons.push(
      reason('OUT_OF_STOCK', 'This product is out of stock.', { evidence: `stock of ${size.item}`, remedy }),
    );
  } else reasons.push(...reasonsOfPresence(size, order));
  return reasons;
}

function reasonsOfPresence({ item }: WireItem, order: Lookup<WireOrder>): readonly EligibilityReason[] {
  if (order.state === 'missing') return [orderIsGone];
  const gap = order.state === 'failed' ? order.problem : lossIn(order.value.lines.problem);
  const isThere = order.state === 'found' && order.value.lines.records.some((line) => line.item === item);
  if (!isThere) return gap ? [notChecked('the items of this order', gap)] : [];
  const evidence = `item = ${item}`;
  return [reason('ALREADY_ON_ORDER', 'This order already has this item.', { blocking: false, evidence })];
}

/** Chooses the size to add, which is what Centra sells of a product. The only one needs no naming. */
export function chooseItem({ items }: WireProduct, { variantId }: ProductChoice): WireItem | EligibilityReason {
  const { records, problem } = items;
  const [only, ...others] = records;
  const named = variantId === null ? null : records.find(({ item }) => item === variantId);
  if (named) return named;
  // A size that could not be read may be the one that is meant.
  if (problem && named === undefined) return unread(problem);
  if (named === undefined) {
    const evidence = `variant = ${variantId}`;
    return reason('VARIANT_GONE', 'This size is not sold.', { evidence, remedy: 'CHOOSE_OTHER_PRODUCT' });
  }
  if (only === undefined) {
    return problem ? unread(problem) : reason('PRODUCT_UNAVAILABLE', 'This product has no size to be sold in.');
  }
  if (others.length === 0 && problem === null) return only;
  return reason('VARIANT_REQUIRED', 'Choose a size of this product.', {
    evidence: records.map(({ item }) => item).join(', '),
  });
}

function unread({ detail }: ProviderProblem): EligibilityReason {
  return reason('UNKNOWN', 'It is not known in which sizes this product is sold.', {
    evidence: detail,
    remedy: 'RETRY_LATER',
  });
}
