import type { Base } from './base.js';

export interface CustomerRecord extends Base<'customer'> {
  email: string;
  name: string | null;
  live_mode: boolean;
  default_payment_method: string | null;
}

export interface PaymentMethodRecord extends Base<'payment_method'> {
  customer: string;
  processor_type: string;
  reusable: boolean;
  live_mode: boolean;
  hidden: { outcome: 'succeed' | 'decline' };
}

export interface ManualPaymentMethodRecord extends Base<'manual_payment_method'> {
  name: string;
  reusable: boolean;
}

export type CheckoutStatus =
  | 'draft'
  | 'finalized'
  | 'processing'
  | 'paid'
  | 'payment_failed'
  | 'payment_intent_canceled'
  | 'requires_approval'
  | 'canceled';

/** https://developer.surecart.com/api-reference/checkouts/list */
export interface CheckoutRecord extends Base<'checkout'> {
  amount_due: number;
  checkout_fees_amount: number;
  currency: string;
  discount_amount: number;
  email: string;
  fees_amount?: number;
  full_amount: number;
  live_mode: boolean;
  manual_payment: boolean;
  metadata: Readonly<Record<string, string>>;
  name: string | null;
  net_paid_amount: number;
  paid_amount: number;
  paid_at: number | null;
  payment_method_required: boolean;
  refunded_amount: number;
  remaining_amount_due: number;
  shipping_amount: number;
  shipping_fees_amount: number;
  shipping_tax_amount: number;
  status: CheckoutStatus;
  subtotal_amount: number;
  tax_amount: number;
  tax_behavior: 'exclusive' | 'inclusive';
  tax_enabled: boolean;
  total_amount: number;
  total_savings_amount: number;
  trial_amount: number;
  upsells_expire_at: number | null;
  customer: string;
  current_upsell: string | null;
  discount: null;
  order: string | null;
  payment_method: string | null;
  manual_payment_method: string | null;
  upsell_funnel: string | null;
  hidden: {
    /** Share of 1. */
    taxRate: number;
    /** Taken off the lines that are no upsells. */
    couponPercent: number;
    /** Upsells shown, for statistics. */
    offered: string[];
    declined: string[];
  };
}

export type PurchasableStatus =
  | 'purchasable'
  | 'price_gone'
  | 'price_old_version'
  | 'variant_mising'
  | 'variant_missing'
  | 'variant_gone'
  | 'variant_old_version'
  | 'out_of_stock'
  | 'exceeds_purchase_limit';

/** https://developer.surecart.com/api-reference/line-items/upsell, in the order of its example. */
export interface LineItemRecord extends Base<'line_item'> {
  ad_hoc_amount: number | null;
  discount_amount: number;
  fees_amount: number;
  full_amount: number;
  fulfilled_quantity: number;
  locked: boolean;
  note: string | null;
  purchasable_status: PurchasableStatus;
  quantity: number;
  g_weight: number;
  unit_g_weight: number;
  scratch_amount: number;
  stock_held: boolean;
  subtotal_amount: number;
  tax_amount: number;
  tax_rate: number;
  total_amount: number;
  total_savings_amount: number;
  trial: boolean;
  trial_amount: number;
  variant_options: readonly string[] | null;
  variant_option_names: readonly string[] | null;
  bump: string | null;
  checkout: string;
  price: string;
  upsell: string | null;
  variant: string | null;
  swap: string | null;
  hidden: { priceVersion: number };
}

export interface FeeRecord extends Base<'fee'> {
  amount: number;
  description: string;
  fee_type: 'manual' | 'bump' | 'setup' | 'upsell';
  line_item: string;
}

/** https://developer.surecart.com/api-reference/orders/list */
export interface OrderRecord extends Base<'order'> {
  fulfillment_status: string;
  live_mode: boolean;
  number: string;
  order_type: 'checkout' | 'subscription';
  return_status: string;
  shipment_status: string;
  status: string;
  checkout: string;
}

/** https://developer.surecart.com/api-reference/purchases/list */
export interface PurchaseRecord extends Base<'purchase'> {
  live_mode: boolean;
  quantity: number;
  revoked: boolean;
  revoked_at: number | null;
  customer: string;
  initial_order: string | null;
  price: string;
  product: string;
  subscription: string | null;
  variant: string | null;
  hidden: { checkout: string | null };
}

/** One attempt to take money: the ledger that shows how often it moved. */
export interface ChargeRecord extends Base<'charge'> {
  amount: number;
  currency: string;
  status: 'succeeded' | 'failed';
  reason: 'checkout' | 'upsell' | 'subscription' | 'renewal' | 'proration';
  payment_method: string | null;
  checkout: string | null;
}

export interface RefundRecord extends Base<'refund'> {
  amount: number;
  currency: string;
  status: 'succeeded';
  charge: string;
  reason: string;
}
