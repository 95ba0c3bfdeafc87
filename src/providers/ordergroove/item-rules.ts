import { type EligibilityQuestion, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Lookup } from '../../domain/lookup.js';
import type { PurchaseMode } from '../../domain/product.js';
import { notChecked, reasonsOfQuantity } from '../kit/eligibility.js';
import type { OfferLookup } from './offer-lookup.js';
import type { OrdergrooveSettings } from './settings.js';
import type { WireProduct } from './wire.js';

/** What must be known to judge an item for an order that is open. */
export interface ItemFacts {
  readonly offerId: Lookup<string>;
  /** Null: no product was asked about. */
  readonly product: Lookup<WireProduct> | null;
  /** What the offers host says; null: no product was asked about. */
  readonly lookup: Lookup<OfferLookup> | null;
  /** Null when the shopper may not see them. */
  readonly lines: Lookup<readonly LineItem[]> | null;
  readonly holdsPrepaidItem: Lookup<boolean>;
  readonly recognised: boolean;
}

/**
 * Lists what the documented rules and the official client's conditions forbid.
 * See https://developer.ordergroove.com/lifecycle/order/instant-upsell-api
 */
export function reasonsOfItem(
  question: EligibilityQuestion,
  facts: ItemFacts,
  settings: OrdergrooveSettings,
): readonly EligibilityReason[] {
  return [
    ...reasonsOfQuantity(question.quantity),
    ...reasonsOfOffer(question, facts),
    ...reasonsOfLines(question, facts),
    ...reasonsOfMode(question, facts),
    ...(facts.product ? reasonsOfProduct(facts.product, facts.lookup, settings) : []),
  ];
}

/** Returns the modes that the reasons leave. A product that cannot be subscribed to can still be bought once. */
export function possibleModes(reasons: readonly EligibilityReason[], facts: ItemFacts): readonly PurchaseMode[] {
  const isForbidden = reasons.some(({ blocking, code }) => blocking && !MODE_REASONS.has(code));
  if (isForbidden) return [];
  const product = facts.product?.state === 'found' ? facts.product.value : null;
  const maySubscribe = !facts.recognised && product?.autoshipEnabled !== false;
  return maySubscribe ? ['ONE_TIME', 'SUBSCRIPTION'] : ['ONE_TIME'];
}

const MODE_REASONS: ReadonlySet<string> = new Set(['NO_SUBSCRIPTION_PLAN', 'NOT_PERMITTED']);

function reasonsOfOffer({ item }: EligibilityQuestion, { offerId }: ItemFacts): readonly EligibilityReason[] {
  if (offerId.state === 'failed') return [notChecked('the offer of this shop', offerId.problem)];
  if (offerId.state === 'missing') return [reason('NO_OFFER', 'This shop has no offer for extra items.')];
  const isOther = item !== null && item.offerKey !== null && item.offerKey !== offerId.value;
  return isOther ? [reason('NOT_OFFERED', 'This offer is not open for this order.')] : [];
}

function reasonsOfLines({ item }: EligibilityQuestion, facts: ItemFacts): readonly EligibilityReason[] {
  const { lines, holdsPrepaidItem } = facts;
  const reasons: EligibilityReason[] = [];
  if (holdsPrepaidItem.state === 'found' && holdsPrepaidItem.value) {
    const evidence = 'prepaid_subscription_context is set';
    reasons.push(
      reason('SUBSCRIPTION_PREPAID', 'This order is paid in advance and takes no other items.', {
        evidence,
        remedy: 'USE_NEXT_ORDER',
      }),
    );
  }
  if (lines?.state === 'failed') reasons.push(notChecked('the items of this order', lines.problem));
  else if (holdsPrepaidItem.state === 'failed') {
    reasons.push(notChecked('whether this order is paid in advance', holdsPrepaidItem.problem));
  }
  if (lines?.state === 'found' && item?.product && findOneTimeLine(lines.value, item.product.id)) {
    const evidence = 'one_time = true';
    reasons.push(reason('ALREADY_ON_ORDER', 'This order already has this item.', { blocking: false, evidence }));
  }
  return reasons;
}

/** Finds a line that does not recur, or of which that is not known. */
export function findOneTimeLine(lines: readonly LineItem[], productId: string): LineItem | null {
  return (
    lines.find(({ purchaseMode, product }) => purchaseMode !== 'SUBSCRIPTION' && product.providerId === productId) ??
    null
  );
}

function reasonsOfMode({ item, subscribe }: EligibilityQuestion, facts: ItemFacts): readonly EligibilityReason[] {
  if (!subscribe) return [];
  if (facts.recognised) return [loginNeeded('Log in to subscribe to this item.')];
  const product = facts.product?.state === 'found' ? facts.product.value : null;
  const productId = item?.product?.id ?? null;
  const recurs =
    facts.lines?.state === 'found' &&
    facts.lines.value.some((line) => line.purchaseMode !== 'ONE_TIME' && line.product.providerId === productId);
  return [
    ...(product ? reasonsOfSubscribing(product) : []),
    ...(recurs
      ? [
          reason('ALREADY_ON_ORDER', 'This item already comes with this order by a subscription.', {
            blocking: false,
            evidence: 'subscription is set',
          }),
        ]
      : []),
  ];
}

/** Lists why a product cannot be subscribed to, added as such or converted. */
export function reasonsOfSubscribing({ autoshipEnabled }: WireProduct): readonly EligibilityReason[] {
  if (autoshipEnabled !== false) return [];
  const evidence = 'autoship_enabled = false';
  return [reason('NO_SUBSCRIPTION_PLAN', 'This item can only be bought once, not subscribed to.', { evidence })];
}

export function loginNeeded(message: string): EligibilityReason {
  return reason('NOT_PERMITTED', message, { evidence: 'trust_level = recognized', remedy: 'LOG_IN' });
}

function reasonsOfProduct(
  product: Lookup<WireProduct>,
  looked: Lookup<OfferLookup> | null,
  settings: OrdergrooveSettings,
): readonly EligibilityReason[] {
  const remedy = 'CHOOSE_OTHER_PRODUCT';
  if (product.state === 'failed') return [notChecked('this product', product.problem)];
  if (product.state === 'missing') {
    return [reason('PRODUCT_UNAVAILABLE', 'This product is not sold here.', { evidence: 'no such product', remedy })];
  }
  const { externalProductId, discontinued, live } = product.value;
  if (discontinued === true) {
    const evidence = 'discontinued = true';
    return [reason('PRODUCT_UNAVAILABLE', 'This product is no longer sold.', { evidence, remedy })];
  }
  const reasons: EligibilityReason[] = [];
  const lookup = looked?.state === 'found' ? looked.value : null;
  if (looked?.state === 'failed') reasons.push(notChecked('whether this product is in stock', looked.problem));
  if (live === false || lookup?.isInStock(externalProductId) === false) {
    const evidence = live === false ? 'live = false' : 'in_stock = false';
    reasons.push(reason('OUT_OF_STOCK', 'This product is out of stock.', { evidence, remedy }));
  }
  const groups = lookup ? lookup.groupsOf(externalProductId) : statedGroups(product.value, settings);
  if (groups !== null && !groups.some((group) => UPSELL_GROUPS.has(group))) {
    const evidence = `eligibility_groups = [${groups.join(', ')}]`;
    reasons.push(reason('PRODUCT_NOT_ELIGIBLE', 'This product cannot be added to an order.', { evidence, remedy }));
  }
  return reasons;
}

/** The official client's: https://www.npmjs.com/package/@ordergroove/offers. No entry at all means eligible. */
const UPSELL_GROUPS: ReadonlySet<string> = new Set(['upsell', 'impulse_upsell']);

/** Returns the groups of a product; null for all. The list does not say whether "no groups" means all or none. */
function statedGroups({ eligibilityGroups }: WireProduct, settings: OrdergrooveSettings): readonly string[] | null {
  if (eligibilityGroups.length > 0) return eligibilityGroups;
  return settings.emptyEligibilityGroups === 'eligible' ? null : [];
}
