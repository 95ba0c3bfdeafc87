/*
 * What the store keeps. Ids of Recharge are whole numbers, those of the shop are text; amounts are hundredths of the
 * currency's unit, whatever its fraction digits are; dates are days of US Eastern clocks.
 */

export interface TokenRecord {
  readonly token: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

export interface CustomerRecord {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly external_customer_id: string;
}

export interface Discount {
  readonly id: number;
  readonly code: string;
  readonly percent: number;
}

export interface AddressRecord {
  readonly id: number;
  readonly customer_id: number;
  readonly presentment_currency: string;
  /** These survive a rebuild of a charge. */
  readonly discounts: readonly Discount[];
  readonly tax_percent: number;
  readonly shipping: number;
}

export interface VariantPrice {
  readonly currency: string;
  readonly unit_price: number;
}

export interface VariantRecord {
  readonly external_variant_id: string;
  readonly external_product_id: string;
  readonly product_title: string;
  readonly title: string;
  readonly handle: string;
  readonly sku: string | null;
  readonly image: string | null;
  /** The store's own currency first. */
  readonly prices: readonly VariantPrice[];
  readonly level: number | null;
  readonly policy: 'deny' | 'continue';
  readonly is_published: boolean;
  readonly is_deleted: boolean;
}

export const UNITS = ['day', 'week', 'month'] as const;
export type Unit = (typeof UNITS)[number];

export interface PlanRecord {
  readonly id: number;
  readonly external_product_id: string;
  readonly type: 'subscription' | 'prepaid' | 'onetime';
  readonly title: string;
  readonly interval_unit: Unit;
  readonly order_interval_frequency: number;
  readonly charge_interval_frequency: number;
  readonly percent_off: number;
  readonly deleted_at: string | null;
}

export interface Property {
  readonly name: string;
  readonly value: string | null;
}

interface PurchaseItem {
  readonly id: number;
  readonly customer_id: number;
  readonly address_id: number;
  external_variant_id: string;
  quantity: number;
  /** Of one unit. */
  price: number;
  properties: readonly Property[];
  next_charge_scheduled_at: string | null;
  readonly created_at: string;
  updated_at: string;
}

export interface OnetimeRecord extends PurchaseItem {
  is_cancelled: boolean;
}

export interface SubscriptionRecord extends PurchaseItem {
  status: 'active' | 'cancelled' | 'expired';
  order_interval_unit: Unit;
  order_interval_frequency: number;
  charge_interval_frequency: number;
  /** Never sent: the day of the month it was begun on, kept through shorter months. */
  anchor_day: number | null;
  cancelled_at: string | null;
  cancellation_reason: string | null;
  expire_after_specific_number_of_charges: number | null;
  max_retries_reached: boolean;
}

export type ChargeStatus = 'queued' | 'skipped' | 'pending' | 'success' | 'refunded' | 'error';

export interface ChargeLine {
  /** Null for a gift. */
  readonly purchase_item_id: number | null;
  readonly purchase_item_type: 'subscription' | 'prepaid' | 'onetime' | null;
  readonly external_variant_id: string;
  readonly quantity: number;
  readonly unit_price: number;
  readonly properties: readonly Property[];
  readonly is_gift: boolean;
}

export interface ShippingLine {
  readonly title: string;
  readonly price: number;
  readonly status: 'active' | 'pending';
}

export interface ChargeRecord {
  readonly id: number;
  readonly address_id: number;
  readonly customer_id: number;
  status: ChargeStatus;
  type: 'checkout' | 'recurring';
  scheduled_at: string;
  original_scheduled_at: string | null;
  merged_at: string | null;
  processed_at: string | null;
  has_uncommitted_changes: boolean;
  currency: string;
  lines: readonly ChargeLine[];
  shipping: readonly ShippingLine[];
  /** Of this charge alone: a rebuild drops them. */
  discounts: readonly Discount[];
  orders_count: number;
  external_order_id: string | null;
  error: string | null;
  error_type: string | null;
  retry_date: string | null;
  charge_attempts: number;
  readonly created_at: string;
  updated_at: string;
}

/** What is in a bundle. Ids of the shop are text here. */
export interface BundleRecord {
  readonly id: number;
  readonly purchase_item_id: number;
  readonly external_product_id: string;
  readonly external_variant_id: string;
  readonly items: readonly {
    readonly external_product_id: string;
    readonly external_variant_id: string;
    readonly quantity: number;
  }[];
}

/** A registration by the API. */
export interface WebhookRecord {
  readonly id: number;
  readonly address: string;
  readonly topic: string;
}

/** A shipment. Those of a prepaid subscription have no charge of their own. */
export interface OrderRecord {
  readonly id: number;
  readonly charge_id: number;
  readonly customer_id: number;
  readonly address_id: number;
  readonly scheduled_at: string;
  readonly status: 'queued' | 'success';
}

/** Money taken: what a test looks at to see that nobody paid twice. */
export interface PaymentRecord {
  readonly charge_id: number;
  readonly customer_id: number;
  readonly amount: string;
  readonly currency: string;
  readonly at: string;
}

export interface WebhookSettings {
  /** The client secret of the token, which is not the token. */
  readonly secret: string;
}
