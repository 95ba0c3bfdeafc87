/** Amounts are integer minor units of their currency throughout. */
export interface CurrencyRecord {
  readonly currency: string;
  readonly name: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly decimalPoint: string;
  /** Digits shown in texts; amounts may have more. */
  readonly decimalDigits: string;
  readonly thousandsSeparator: string;
  readonly denominator: number;
  readonly uri: string;
}

export interface MarketRecord {
  readonly id: string;
  readonly country: string;
  readonly countryName: string;
  readonly pricelist: string;
  readonly currency: string;
}

export interface SizeRecord {
  readonly sizeId: string;
  readonly name: string;
  readonly sku: string;
  stock: number;
}

export interface ProductRecord {
  /** The display item. */
  readonly product: string;
  readonly name: string;
  readonly sku: string;
  readonly sizes: readonly SizeRecord[];
  /** By pricelist; null: shown, but not for sale. */
  readonly prices: Readonly<Record<string, number | null>>;
  readonly taxPercent: number;
  readonly minimum: number;
  readonly multipleOf: number;
  readonly bundle: 'fixed' | 'flexible' | null;
  readonly plans: readonly string[];
  readonly media: readonly string[];
}

export type IntervalType = 'day' | 'week' | 'month' | 'year';

export interface PlanRecord {
  readonly id: string;
  readonly name: string;
  readonly intervalType: IntervalType;
  readonly intervalValue: number;
  readonly discountPercent: number;
}

export interface AddressRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly address1: string;
  readonly zipCode: string;
  readonly city: string;
  readonly country: string;
  readonly email: string;
}

export interface CustomerRecord {
  readonly email: string;
  password: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface LineRecord {
  readonly line: string;
  readonly item: string;
  quantity: number;
  /** Of one unit, as sold. */
  unitPrice: number;
  /** Of one unit, before reductions. */
  readonly fullPrice: number;
  readonly taxPercent: number;
  plan: PlanRecord | null;
}

export interface VoucherRecord {
  readonly code: string;
  readonly name: string;
  readonly amountOff: number;
}

/** A basket; it stays behind its order. */
export interface SelectionRecord {
  readonly id: string;
  market: string;
  lines: LineRecord[];
  vouchers: readonly VoucherRecord[];
  customer: string | null;
  /** Uri of the payment plugin chosen. */
  payment: string | null;
  address: AddressRecord | null;
  shippingPrice: number;
  order: string | null;
  /** The payment provider's order, made when the payment began. */
  paymentReference: string | null;
}

export interface SessionRecord {
  token: string;
  selection: string;
  customer: string | null;
  /** The order `GET /receipt` shows. */
  lastOrder: string | null;
}

export type TransactionEntry = 'Auth' | 'Auth-old' | 'Auth-update-failed' | 'Capture';

/** One row of the payment history an order shows in the admin. */
export interface TransactionRecord {
  entry: TransactionEntry;
  readonly amount: number;
  readonly reference: string;
  readonly at: string;
}

export interface HistoryRecord {
  readonly at: string;
  readonly text: string;
  readonly code?: string;
  readonly correlationId?: string;
}

export interface CrossSellTerms {
  readonly isAllowed: boolean;
  readonly timeLimit: number;
}

export interface OrderRecord {
  /** The number, which is what the APIs call `order`. */
  readonly order: string;
  readonly id: string;
  readonly selection: string;
  readonly market: string;
  readonly placedAt: string;
  /** Back office status, 1 to 6. */
  status: number;
  lines: LineRecord[];
  readonly vouchers: readonly VoucherRecord[];
  readonly payment: string;
  readonly address: AddressRecord;
  readonly shippingPrice: number;
  readonly paymentReference: string | null;
  /** Null: not offered. */
  readonly crossSell: CrossSellTerms | null;
  phase: 'AUTHORIZED_OPEN' | 'CLOSED';
  readonly openUntil: string | null;
  readonly transactions: TransactionRecord[];
  readonly history: HistoryRecord[];
}

export interface EmailRecord {
  readonly at: string;
  readonly order: string;
  readonly kind: 'order-confirmation';
}

export type ContractPaymentStatus = 'ACTIVE' | 'SUSPENDED' | 'REVOKED';

export interface ContractRecord {
  readonly id: number;
  readonly customer: string;
  readonly market: string;
  address: AddressRecord;
  readonly originatingOrder: string | null;
  readonly createdAt: string;
  payment: { readonly id: number; readonly paymentMethod: string; status: ContractPaymentStatus } | null;
}

export type SubscriptionStatus = 'active' | 'paused' | 'cancelled';

export interface SubscriptionRecord {
  readonly id: number;
  readonly contract: number;
  readonly item: string;
  quantity: number;
  status: SubscriptionStatus;
  /** As it was when it was chosen: later edits of the plan do not follow. */
  plan: PlanRecord;
  nextOrderDate: string | null;
}

export type KlarnaMethod =
  | 'INVOICE'
  | 'INVOICE_BUSINESS'
  | 'B2B_INVOICE'
  | 'ACCOUNT'
  | 'BASE_ACCOUNT'
  | 'DIRECT_DEBIT'
  | 'FIXED_AMOUNT'
  | 'DEFERRED_INTEREST'
  | 'CARD'
  | 'PAY_LATER_IN_PARTS';

/** An order at the payment provider. */
export interface PaymentOrderRecord {
  readonly order_id: string;
  readonly method: KlarnaMethod;
  readonly country: string;
  readonly currency: string;
  authorisedAmount: number;
  capturedAmount: number;
  status: 'AUTHORIZED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED';
  lines: number;
}

/** A payment plugin of the shop. */
export interface PaymentPluginRecord {
  readonly uri: string;
  readonly name: string;
  readonly kind: 'klarna-checkout' | 'klarna-payments' | 'external' | 'dummy';
}

export const WEBHOOK_DIALECTS = ['checkout', 'storefront', 'integration'] as const;
export type WebhookDialect = (typeof WEBHOOK_DIALECTS)[number];

export interface WebhookSettings {
  readonly secret: string;
  readonly dialect: WebhookDialect;
}

/** Checkout API speaks for one session; Shop API for any selection or customer its path names. */
export type Dialect = 'checkout' | 'shop';
