/*
 * What the store keeps, in the field names of the REST payloads.
 * Dates are the naive Central texts Ordergroove itself sends: `YYYY-MM-DD HH:mm:ss` or `YYYY-MM-DD`.
 * https://developer.ordergroove.com/reference/orders-list, /items-list, /subscriptions-list, /products-list
 */

export type CentralDateTime = string;
export type CentralDate = string;

export interface OrderRecord {
  readonly public_id: string;
  readonly merchant: string;
  readonly customer: string;
  payment: string | null;
  shipping_address: string | null;
  sub_total: string;
  tax_total: string;
  shipping_total: string;
  discount_total: string;
  total: string;
  /** Null where the merchant's payloads do not carry it at all. */
  readonly currency_code: string | null;
  readonly created: CentralDateTime;
  updated: CentralDateTime;
  place: CentralDateTime;
  cancelled: CentralDateTime | null;
  tries: number;
  generic_error_count: number;
  status: number;
  readonly type: number;
  order_merchant_id: string | null;
  rejected_message: string | null;
  extra_data: unknown;
  locked: boolean;
  readonly oos_free_shipping: boolean;
}

export interface ItemRecord {
  readonly public_id: string;
  order: string;
  readonly offer: string | null;
  subscription: string | null;
  readonly subscription_component: string | null;
  readonly components: readonly unknown[];
  product: string;
  quantity: number;
  /** One unit before discount. */
  price: string;
  /** The line after discount and quantity. */
  total_price: string;
  one_time: boolean;
  frozen: boolean;
  first_placed: CentralDateTime | null;
}

/** Statuses a placement can end with. */
export const PLACEMENT_OUTCOMES = [5, 3, 13, 15, 18, 19] as const;
export type PlacementOutcome = (typeof PLACEMENT_OUTCOMES)[number];

export interface PrepaidContext {
  prepaid_orders_remaining: number;
  prepaid_orders_per_billing: number;
  renewal_behavior: 'autorenew' | 'cancel' | 'downgrade';
  last_renewal_revenue: number | null;
  prepaid_origin_merchant_order_id: string | null;
}

export interface SubscriptionRecord {
  readonly public_id: string;
  readonly merchant: string;
  readonly customer: string;
  product: string;
  payment: string | null;
  shipping_address: string | null;
  offer: string | null;
  readonly subscription_type: string | null;
  readonly raw_subscription_type: string | null;
  components: readonly unknown[];
  extra_data: unknown;
  quantity: number;
  /** A price lock; null follows the product's price. */
  price: string | null;
  readonly reminder_days: number;
  every: number;
  every_period: number;
  start_date: CentralDate;
  /** Never sent: the day of the month its deliveries are scheduled on; null before the first one was scheduled. */
  anchor_day: number | null;
  cancelled: CentralDateTime | null;
  cancel_reason: string | null;
  cancel_reason_code: string | null;
  readonly session_id: string | null;
  readonly merchant_order_id: string | null;
  readonly created: CentralDateTime;
  updated: CentralDateTime;
  live: boolean;
  readonly external_id: string | null;
  prepaid_subscription_context: PrepaidContext | null;
  readonly currency_code: string | null;
}

export interface ProductGroup {
  readonly group_type: string;
  readonly name: string;
}

export interface ProductRecord {
  readonly external_product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly price: string;
  readonly image_url: string | null;
  readonly detail_url: string | null;
  readonly merchant: string;
  /** Group rows other than eligibility. */
  readonly groups: readonly ProductGroup[];
  /** Null: the offers host has no entry, which leaves every use open. An empty list closes all of them. */
  readonly eligibility: readonly string[] | null;
  readonly autoship_enabled: boolean;
  readonly prepaid_eligible: boolean;
  /** In stock. */
  readonly live: boolean;
  readonly discontinued: boolean;
  readonly product_type: string;
  readonly autoship_by_default: boolean;
  readonly every: number | null;
  readonly every_period: number | null;
  readonly incentive_group: string | null;
  /** Percent taken off recurring lines; null follows the program. */
  readonly recurringDiscount: number | null;
  readonly created: CentralDateTime;
  readonly last_update: CentralDateTime;
}

export interface CustomerRecord {
  readonly merchant_user_id: string;
  readonly merchant: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly live: boolean;
  readonly created: CentralDateTime;
  readonly last_updated: CentralDateTime;
}

export interface AddressRecord {
  readonly public_id: string;
  readonly customer: string;
  readonly label: string | null;
  readonly first_name: string;
  readonly last_name: string;
  readonly address: string;
  readonly city: string;
  readonly state_province_code: string;
  readonly zip_postal_code: string;
  readonly country_code: string;
  readonly live: boolean;
  readonly created: CentralDateTime;
}

export interface PaymentRecord {
  readonly public_id: string;
  readonly customer: string;
  readonly billing_address: string | null;
  readonly cc_number_ending: string;
  readonly cc_holder: string;
  readonly cc_type: number;
  readonly cc_exp_date: string;
  readonly payment_method: string;
  readonly token_id: string;
  readonly live: boolean;
  readonly label: string | null;
  readonly created: CentralDateTime;
  readonly last_updated: CentralDateTime;
}

export interface ApiKey {
  readonly key: string;
  readonly bulk: boolean;
}

export interface MerchantRecord {
  readonly id: string;
  readonly storefrontKey: string;
  readonly apiKeys: readonly ApiKey[];
  /** The offer of Instant Upsell, as the offers host states it. */
  readonly offerId: string;
  /** Percent off every recurring and upsold line. */
  readonly recurringDiscount: number;
}

export interface WebhookSettings {
  readonly key: string;
  /** The key before a rotation; deliveries carry a signature for it as well. */
  readonly previousKey?: string;
}
