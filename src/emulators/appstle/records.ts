/*
 * What the store keeps. Numeric ids are texts of digits, because they are 64 bits wide; amounts are exact decimal texts.
 * https://developers.appstle.com/api-reference
 */

export interface ShopRecord {
  /** `<name>.myshopify.com` */
  readonly domain: string;
  readonly apiKeys: readonly string[];
  readonly currency: string;
}

export interface CustomerRecord {
  readonly id: string;
  readonly shop: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface VariantRecord {
  readonly id: string;
  readonly shop: string;
  readonly productId: string;
  readonly handle: string;
  readonly productTitle: string;
  readonly variantTitle: string;
  readonly sku: string;
  readonly price: string;
  readonly image: string | null;
  inStock: boolean;
}

export const INTERVALS = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type IntervalUnit = (typeof INTERVALS)[number];

export interface Interval {
  readonly unit: IntervalUnit;
  readonly count: number;
}

export interface Attribute {
  readonly key: string;
  readonly value: string;
}

export interface LineRecord {
  /** `gid://shopify/SubscriptionLine/<UUID>`; a swap gives a new one. */
  readonly id: string;
  variantId: string;
  quantity: number;
  /** Of one unit. */
  price: string;
  sellingPlanId: string | null;
  sellingPlanName: string | null;
  attributes: readonly Attribute[];
}

export type ContractStatus = 'ACTIVE' | 'PAUSED' | 'CANCELLED' | 'EXPIRED' | 'FAILED';

export interface ContractRecord {
  readonly id: string;
  /** Appstle's own row, not to be mixed up with the contract. */
  readonly detailsId: string;
  readonly shop: string;
  readonly customerId: string;
  status: ContractStatus;
  readonly currency: string;
  billing: Interval;
  delivery: Interval;
  minCycles: number | null;
  maxCycles: number | null;
  /** ISO 8601 with the offset it was given with. */
  nextBillingDate: string | null;
  /** Never sent: the day of the month it is billed on, kept through shorter months; null before it was first used. */
  anchorDay: number | null;
  deliveryPrice: string;
  lines: LineRecord[];
  successfulOrders: number;
  lastPaymentFailed: boolean;
  readonly createdAt: string;
  updatedAt: string;
  activatedOn: string | null;
  pausedOn: string | null;
  cancelledOn: string | null;
}

/** https://developers.appstle.com/api-reference/billing-&-payments/reschedule-order lists all of them. */
export type AttemptStatus =
  | 'QUEUED'
  | 'REQUESTING'
  | 'PROGRESS'
  | 'SUCCESS'
  | 'FAILURE'
  | 'SKIPPED'
  | 'SKIPPED_INVENTORY_MGMT'
  | 'SECURITY_CHALLENGE'
  | 'IMMEDIATE_TRIGGERED'
  | 'CONTRACT_PAUSED'
  | 'CONTRACT_CANCELLED';

export interface AttemptRecord {
  readonly id: string;
  readonly shop: string;
  readonly contractId: string;
  status: AttemptStatus;
  /** ISO 8601 with the offset it was given with. */
  billingDate: string;
  attemptCount: number;
  /** The Shopify gid, only once it was processed. */
  billingAttemptId: string | null;
  orderId: string | null;
  orderName: string | null;
  orderAmount: string | null;
  orderNote: string | null;
  responseMessage: string | null;
  /** What was billed; null while queued, when it follows the contract. */
  variants: readonly { readonly variantId: string; readonly quantity: number }[] | null;
}

export interface OneOffRecord {
  readonly id: string;
  readonly shop: string;
  readonly contractId: string;
  attemptId: string;
  readonly variantId: string;
  readonly variantHandle: string;
  quantity: number;
  readonly price: string;
  readonly createdAt: string;
  updatedAt: string;
}

/** Money taken: what a test looks at to see that nobody paid twice. */
export interface ChargeRecord {
  readonly attemptId: string;
  readonly contractId: string;
  readonly amount: string;
  readonly currency: string;
  readonly at: string;
}

/** Line changes send the customer an e-mail each. */
export interface EmailRecord {
  readonly contractId: string;
  readonly subject: string;
  readonly at: string;
}

export interface WebhookSettings {
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** Signs as well while it is rotated. */
  readonly previousSecret?: string;
}
