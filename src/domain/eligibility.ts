import type { Order } from './order.js';
import type { ProductChoice, ProductRef, PurchaseMode } from './product.js';
import type { UpsellWindow } from './window.js';

export type EligibilityVerdict = 'ELIGIBLE' | 'CONDITIONAL' | 'INELIGIBLE' | 'UNKNOWN';

export type EligibilityBasis = 'PROVIDER_STATED' | 'PROVIDER_DRY_RUN' | 'RULES' | 'NONE';

export const eligibilityReasonCodes = [
  'WINDOW_CLOSED',
  'WINDOW_CLOSING',
  'ORDER_LOCKED',
  'ORDER_PROCESSING',
  'ORDER_NOT_OPEN',
  'NO_UPCOMING_ORDER',
  'NO_SUBSCRIPTION',
  'SUBSCRIPTION_NOT_ACTIVE',
  'SUBSCRIPTION_FROZEN',
  'SUBSCRIPTION_PREPAID',
  'NOT_OFFERED',
  'NO_OFFER',
  'ALREADY_TAKEN',
  'PAYMENT_METHOD_NOT_SUPPORTED',
  'PAYMENT_METHOD_NOT_USABLE',
  'RISK_CHECK_NEEDED',
  'OUT_OF_STOCK',
  'PURCHASE_LIMIT',
  'PRICE_GONE',
  'PRICE_CHANGED',
  'VARIANT_REQUIRED',
  'VARIANT_GONE',
  'VARIANT_CHANGED',
  'PRODUCT_NOT_ELIGIBLE',
  'PRODUCT_UNAVAILABLE',
  'ALREADY_ON_ORDER',
  'QUANTITY_NOT_SUPPORTED',
  'NO_SUBSCRIPTION_PLAN',
  'PRICE_AMBIGUOUS',
  'ALREADY_SUBSCRIBED',
  'NOT_ONE_TIME',
  'LOCKED_LINE',
  'CAPABILITY_MISSING',
  'NOT_PERMITTED',
  'PROVIDER_UNAVAILABLE',
  'UNKNOWN',
] as const;

export type EligibilityReasonCode = (typeof eligibilityReasonCodes)[number];

export type Remedy =
  | 'PLACE_NEW_ORDER'
  | 'CHOOSE_OTHER_PRODUCT'
  | 'REDUCE_QUANTITY'
  | 'CHANGE_PAYMENT_METHOD'
  | 'LOG_IN'
  | 'USE_NEXT_ORDER'
  | 'RETRY_LATER';

export interface EligibilityReason {
  readonly code: EligibilityReasonCode;
  /** For the shopper. */
  readonly message: string;
  /** Whether the reason forbids the write; any other reason makes the verdict conditional. */
  readonly blocking: boolean;
  /** Provider data behind the reason, for example `locked = true`. */
  readonly evidence: string | null;
  readonly remedy: Remedy | null;
  /** What to name instead, for PRICE_AMBIGUOUS; absent: nothing. */
  readonly candidates?: readonly ProductRef[];
}

/** Whether an action on a line is possible. */
export interface ActionAvailability {
  readonly verdict: EligibilityVerdict;
  readonly reasons: readonly EligibilityReason[];
}

/** The requested item: an offer, a product, or neither (the order as a whole). */
export interface ItemChoice {
  readonly offerKey: string | null;
  readonly product: ProductChoice | null;
}

export interface EligibilityQuestion {
  readonly order: Order;
  /** Null for the order as a whole. */
  readonly item: ItemChoice | null;
  readonly quantity: number;
  readonly subscribe: boolean;
}

export interface UpsellEligibility {
  readonly order: Order;
  readonly product: ProductRef | null;
  readonly quantity: number;
  readonly purchaseMode: PurchaseMode;
  readonly verdict: EligibilityVerdict;
  /** Blocking reasons first; empty only for ELIGIBLE. */
  readonly reasons: readonly EligibilityReason[];
  /** Purchase modes that are possible instead; none while something is not known. */
  readonly possibleModes: readonly PurchaseMode[];
  readonly window: UpsellWindow;
  readonly basis: EligibilityBasis;
  readonly checkedAt: Date;
}

export function reason(
  code: EligibilityReasonCode,
  message: string,
  more: { blocking?: boolean; evidence?: string; remedy?: Remedy; candidates?: readonly ProductRef[] } = {},
): EligibilityReason {
  return {
    code,
    message,
    blocking: more.blocking ?? true,
    evidence: more.evidence ?? null,
    remedy: more.remedy ?? null,
    ...(more.candidates && { candidates: more.candidates }),
  };
}

/** Reasons that leave the verdict unknown. */
const unknowns: ReadonlySet<EligibilityReasonCode> = new Set(['UNKNOWN', 'PROVIDER_UNAVAILABLE']);

/** Whether a reason stands for something that is not known. */
export function isUnknown({ code }: EligibilityReason): boolean {
  return unknowns.has(code);
}

export function verdictOf(reasons: readonly EligibilityReason[]): EligibilityVerdict {
  if (reasons.some((each) => each.blocking && !isUnknown(each))) return 'INELIGIBLE';
  if (reasons.some(isUnknown)) return 'UNKNOWN';
  return reasons.length > 0 ? 'CONDITIONAL' : 'ELIGIBLE';
}

export function availability(reasons: readonly EligibilityReason[]): ActionAvailability {
  return { verdict: verdictOf(reasons), reasons: blockingFirst(reasons) };
}

export function blockingFirst(reasons: readonly EligibilityReason[]): readonly EligibilityReason[] {
  return [...reasons].sort((left, right) => Number(right.blocking) - Number(left.blocking));
}
