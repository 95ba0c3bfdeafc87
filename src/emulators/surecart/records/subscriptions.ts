import type { Base } from './base.js';

export type SubscriptionStatus = 'incomplete' | 'trialing' | 'active' | 'past_due' | 'canceled' | 'completed';

export interface PendingUpdate {
  price?: string;
  quantity?: number;
  variant?: string;
  ad_hoc_amount?: number;
}

/** https://developer.surecart.com/api-reference/subscriptions/create */
export interface SubscriptionRecord extends Base<'subscription'> {
  ad_hoc_amount: number | null;
  cancel_at_period_end: boolean;
  currency: string;
  current_period_end_at: number | null;
  current_period_start_at: number | null;
  ended_at: number | null;
  finite: boolean;
  live_mode: boolean;
  manual_payment: boolean;
  metadata: Readonly<Record<string, string>>;
  pending_update: PendingUpdate;
  price_readonly: boolean;
  quantity: number;
  remaining_period_count: number | null;
  restore_at: number | null;
  status: SubscriptionStatus;
  subtotal_amount: number;
  tax_enabled: boolean;
  trial_end_at: number | null;
  trial_start_at: number | null;
  end_behavior: 'cancel' | 'complete';
  current_period: string | null;
  customer: string;
  manual_payment_method: string | null;
  payment_method: string | null;
  price: string;
  purchase: string | null;
  variant: string | null;
  hidden: {
    checkout: string | null;
    /** When its first payment goes through; null once it has. */
    activateAt: number | null;
    /** When lists begin to show it. */
    visibleAt: number;
    /** The day of the month its periods end on, kept through shorter months; null before the first one. */
    anchorDay: number | null;
    imported: boolean;
    firstPeriodStartAt: number | null;
  };
}

/** https://developer.surecart.com/api-reference/periods/list */
export interface PeriodRecord extends Base<'period'> {
  end_at: number | null;
  /** Set while the payment of the next period fails. */
  next_payment_retry_at: number | null;
  payment_retry_count: number;
  quantity: number;
  renewal: boolean;
  restoral: boolean;
  start_at: number;
  status: 'draft' | 'paid' | 'payment_failed';
  checkout: string | null;
  price: string;
  subscription: string;
  variant: string | null;
}

export interface WebhookEndpointRecord extends Base<'webhook_endpoint'> {
  description: string | null;
  enabled: boolean;
  signing_secret: string;
  url: string;
  webhook_events: readonly string[];
  hidden: { duplicate: boolean; shuffle: boolean; lose: boolean; failingSince: number | null };
}
