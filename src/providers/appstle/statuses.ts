import type { OrderStatus } from '../../domain/order.js';
import { type Frequency, frequencyOf, type FrequencyUnit, type SubscriptionStatus } from '../../domain/subscription.js';
import type { WireInterval } from './wire-contract.js';
import { surprise } from '../kit/surprises.js';

/**
 * Maps the status of a billing attempt.
 * See https://developers.appstle.com/api-reference/billing-&-payments/reschedule-order; the list grows.
 */
export function toOrderStatus(status: string): OrderStatus {
  if (status === 'SKIPPED' || status.startsWith('SKIPPED_')) return 'SKIPPED';
  switch (status) {
    case 'QUEUED':
      return 'SCHEDULED';
    case 'REQUESTING':
    case 'PROGRESS':
    case 'IMMEDIATE_TRIGGERED':
    case 'PENDING_CONSOLIDATION':
      return 'PROCESSING';
    case 'SUCCESS':
    case 'REFUNDED':
      return 'PLACED';
    case 'FAILURE':
    case 'FAILED':
    case 'SECURITY_CHALLENGE':
    case 'SHOPIFY_EXCEPTION':
      return 'PAYMENT_FAILED';
    case 'CONTRACT_CANCELLED':
    case 'CONTRACT_ENDED':
    case 'CONTRACT_PAUSED':
    case 'CONTRACT_PAUSED_MAX_CYCLES':
      return 'CANCELLED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

/** Maps the status of a contract. FAILED is Shopify's word for one that ended because it could not be billed. */
export function toSubscriptionStatus(status: string): SubscriptionStatus {
  switch (status) {
    case 'ACTIVE':
    case 'PAUSED':
    case 'CANCELLED':
    case 'EXPIRED':
      return status;
    case 'FAILED':
      return 'CANCELLED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

const UNITS: Readonly<Record<string, FrequencyUnit>> = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH', YEAR: 'YEAR' };

export function toFrequency(interval: WireInterval | null): Frequency | null {
  return interval && frequencyOf(interval.count, UNITS[interval.unit]);
}
