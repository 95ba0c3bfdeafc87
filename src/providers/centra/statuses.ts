import type { OrderStatus } from '../../domain/order.js';
import type { FrequencyUnit, SubscriptionStatus } from '../../domain/subscription.js';
import { surprise } from '../kit/surprises.js';

/**
 * Maps the status of an order by its description first: `progress` is two states, and hidden ones exist.
 * See https://docs.centra.com/overview/orderflow
 */
export function toOrderStatus(status: string | null, description: string | null): OrderStatus {
  switch ((description ?? '').toLowerCase()) {
    case 'pending':
    case 'confirmed':
    case 'processing':
    case 'completed':
    case 'archived':
      return 'PLACED';
    case 'cancelled':
      return 'CANCELLED';
    default:
      return fromStatus(status);
  }
}

function fromStatus(status: string | null): OrderStatus {
  switch ((status ?? '').toLowerCase()) {
    case 'untouched':
    case 'progress':
    case 'ok':
    case 'archived':
      return 'PLACED';
    case 'failed':
      return 'CANCELLED';
    default:
      if (status !== null) surprise('status');
      return 'UNKNOWN';
  }
}

/** Maps the status of a subscription, which is in lower case in the REST APIs and in upper case elsewhere. */
export function toSubscriptionStatus(status: string): SubscriptionStatus {
  switch (status.toLowerCase()) {
    case 'active':
      return 'ACTIVE';
    case 'paused':
      return 'PAUSED';
    case 'cancelled':
      return 'CANCELLED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

const units: readonly FrequencyUnit[] = ['DAY', 'WEEK', 'MONTH', 'YEAR'];

export function toFrequencyUnit(intervalType: string): FrequencyUnit | null {
  return units.find((unit) => unit === intervalType.toUpperCase()) ?? null;
}
