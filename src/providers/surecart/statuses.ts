import type { FunnelStep } from '../../domain/offer.js';
import type { OrderStatus } from '../../domain/order.js';
import type { FrequencyUnit, SubscriptionStatus } from '../../domain/subscription.js';

export const PAID = 'paid';

/** Order type of a renewal that has happened. */
export const RENEWAL = 'subscription';

/** https://developer.surecart.com/api-reference/orders/filter-schema; a paid order may be open for more. */
export function toOrderStatus(status: string, isOpen: boolean): OrderStatus {
  switch (status) {
    case PAID:
      return isOpen ? 'OPEN_FOR_UPSELL' : 'PLACED';
    case 'processing':
    case 'requires_approval':
      return 'PROCESSING';
    case 'payment_failed':
      return 'PAYMENT_FAILED';
    case 'void':
    case 'canceled':
      return 'CANCELLED';
    default:
      return 'UNKNOWN';
  }
}

/** https://developer.surecart.com/api-reference/subscriptions/filter-schema */
export function toSubscriptionStatus(status: string, restoresAt: Date | null, now: Date): SubscriptionStatus {
  switch (status) {
    case 'active':
      return 'ACTIVE';
    case 'trialing':
      return 'TRIALING';
    case 'incomplete':
      return 'PENDING';
    case 'past_due':
    case 'unpaid':
      return 'PAST_DUE';
    case 'canceled':
      // There is no paused: https://developer.surecart.com/api-reference/subscriptions/cancelpause
      return restoresAt !== null && restoresAt > now ? 'PAUSED' : 'CANCELLED';
    case 'completed':
      return 'EXPIRED';
    default:
      return 'UNKNOWN';
  }
}

const units: Readonly<Record<string, FrequencyUnit>> = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' };

export function toFrequencyUnit(interval: string): FrequencyUnit | null {
  return Object.hasOwn(units, interval) ? (units[interval] ?? null) : null;
}

const steps: Readonly<Record<string, FunnelStep>> = {
  initial: 'INITIAL',
  accepted: 'AFTER_ACCEPT',
  declined: 'AFTER_DECLINE',
};

export function toFunnelStep(step: string | null): FunnelStep | null {
  return step !== null && Object.hasOwn(steps, step) ? (steps[step] ?? null) : null;
}
