import {
  blockingFirst,
  type EligibilityBasis,
  type EligibilityQuestion,
  type EligibilityReason,
  isUnknown,
  reason,
  type UpsellEligibility,
  verdictOf,
} from '../../domain/eligibility.js';
import type { ProviderProblem } from '../../domain/problem.js';
import type { ProductRef, PurchaseMode } from '../../domain/product.js';

/** Whether one of the reasons forbids the write. */
export function isForbidden(reasons: readonly EligibilityReason[]): boolean {
  return reasons.some(({ blocking }) => blocking);
}

/** What a provider found out about a question. */
export interface Ruling {
  readonly product: ProductRef | null;
  readonly reasons: readonly EligibilityReason[];
  readonly possibleModes: readonly PurchaseMode[];
  /** Absent: by rules. */
  readonly basis?: EligibilityBasis;
  readonly checkedAt: Date;
}

/** Builds the answer to a question. */
export function toEligibility(
  { order, quantity, subscribe }: EligibilityQuestion,
  { product, reasons, possibleModes, basis = 'RULES', checkedAt }: Ruling,
): UpsellEligibility {
  return {
    order,
    product,
    quantity,
    purchaseMode: subscribe ? 'SUBSCRIPTION' : 'ONE_TIME',
    verdict: verdictOf(reasons),
    reasons: blockingFirst(reasons),
    possibleModes: reasons.some(isUnknown) ? [] : possibleModes,
    window: order.window,
    basis,
    checkedAt,
  };
}

export function reasonsOfQuantity(quantity: number): readonly EligibilityReason[] {
  if (Number.isInteger(quantity) && quantity >= 1) return [];
  return [reason('QUANTITY_NOT_SUPPORTED', 'The quantity must be a whole number of at least 1.')];
}

/** Forbids everything for an order that was there, and is no more. */
export const orderIsGone = reason('ORDER_NOT_OPEN', 'This order is not there any more.', {
  evidence: 'the order was not found',
  remedy: 'USE_NEXT_ORDER',
});

/** Keeps off a line of which it is not known whether it recurs: what is done to it may concern all orders to come. */
export function mayRecur(evidence: string): EligibilityReason {
  return reason('UNKNOWN', 'It is not known whether this item belongs to a subscription.', { evidence });
}

/** Makes the verdict unknown without forbidding: the provider decides when it is asked. */
export function notChecked(what: string, { detail }: ProviderProblem): EligibilityReason {
  const message = `It could not be checked just now: ${what}.`;
  return reason('PROVIDER_UNAVAILABLE', message, { blocking: false, evidence: detail, remedy: 'RETRY_LATER' });
}
