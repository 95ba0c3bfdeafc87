import type { Interval } from '../../kit/calendar.js';
import type { Base } from './base.js';

export interface ProductRecord extends Base<'product'> {
  name: string;
  image_url: string | null;
  archived: boolean;
  stock_enabled: boolean;
  stock: number;
  /** Most units in one order. */
  purchase_limit: number | null;
}

export interface VariantRecord extends Base<'variant'> {
  product: string;
  option_1: string;
  /** Null: the price's own. */
  amount: number | null;
  stock: number;
  archived: boolean;
}

/** https://developer.surecart.com/api-reference/prices/create */
export interface PriceRecord extends Base<'price'> {
  name: string | null;
  product: string;
  amount: number;
  currency: string;
  scratch_amount: number | null;
  full_amount: number;
  ad_hoc: boolean;
  ad_hoc_min_amount: number | null;
  ad_hoc_max_amount: number | null;
  archived: boolean;
  current_version: number;
  recurring_interval: Interval['unit'] | null;
  recurring_interval_count: number | null;
  /** Installments: charged this often, then completed. */
  recurring_period_count: number | null;
  recurring_end_behavior: 'cancel' | 'complete';
  trial_duration_days: number | null;
  setup_fee_enabled: boolean;
  setup_fee_amount: number | null;
  setup_fee_name: string | null;
  setup_fee_trial_enabled: boolean;
  renewal_price: string | null;
  current_swap: string | null;
  metadata: Readonly<Record<string, string>>;
}

export type FunnelStep = 'initial' | 'accepted' | 'declined';

/** https://developer.surecart.com/api-reference/upsells/create */
export interface UpsellRecord extends Base<'upsell'> {
  amount_off: number | null;
  duplicate_purchase_behavior: 'allow' | 'block_within_checkout' | 'block';
  fee_description: string;
  metadata: Readonly<Record<string, string>>;
  percent_off: number | null;
  replacement_behavior: 'none' | 'all';
  step: FunnelStep;
  price: string;
  upsell_funnel: string;
  discarded_at: number | null;
}

/** https://developer.surecart.com/api-reference/upsell-funnels/create */
export interface FunnelRecord extends Base<'upsell_funnel'> {
  name: string | null;
  enabled: boolean;
  archived: boolean;
  filter_match_type: 'all' | 'any' | 'none' | null;
  filter_price_ids: readonly string[];
  filter_product_ids: readonly string[];
  priority: number;
  metadata: Readonly<Record<string, string>>;
  discarded_at: number | null;
}

/** https://developer.surecart.com/api-reference/swaps/create */
export interface SwapRecord extends Base<'swap'> {
  price: string;
  swap_price: string;
  description: string | null;
  archived: boolean;
  discarded_at: number | null;
}
