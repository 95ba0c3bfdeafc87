import type { FunnelStep } from '../../domain/offer.js';
import type { OrderStatus } from '../../domain/order.js';
import { type Frequency, frequencyOf, type FrequencyUnit, type SubscriptionStatus } from '../../domain/subscription.js';
import { surprise } from '../kit/surprises.js';

export const PAID = 'paid';

/** Order type of a purchase. */
export const CHECKOUT = 'checkout';

/** Order type of a renewal that has happened. */
export const RENEWAL = 'subscription';

/**
 * Maps the status of an order. A paid one may be open for more.
 * See https://developer.surecart.com/api-reference/orders/filter-schema
 */
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
      surprise('status');
      return 'UNKNOWN';
  }
}

/** Maps the status of a subscription. See https://developer.surecart.com/api-reference/subscriptions/filter-schema */
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
      surprise('status');
      return 'UNKNOWN';
  }
}

const units: Readonly<Record<string, FrequencyUnit>> = { day: 'DAY', week: 'WEEK', month: 'MONTH', year: 'YEAR' };

/** Returns how often a price recurs; null for one that does not, and for a rhythm that cannot be read. */
export function toFrequency(price: { interval: string | null; intervalCount: number | null }): Frequency | null {
  return frequencyOf(price.intervalCount, price.interval === null ? null : toFrequencyUnit(price.interval));
}

function toFrequencyUnit(interval: string): FrequencyUnit | null {
  return Object.hasOwn(units, interval) ? (units[interval] ?? null) : null;
}

const steps: Readonly<Record<string, FunnelStep>> = {
  initial: 'INITIAL',
  accepted: 'AFTER_ACCEPT',
  declined: 'AFTER_DECLINE',
};

/** Maps the step of an upsell. Each is a step of a funnel, also one nobody documents. */
export function toFunnelStep(step: string | null): FunnelStep {
  const known = step !== null && Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (known === undefined) surprise('step');
  return known ?? 'UNKNOWN';
}
