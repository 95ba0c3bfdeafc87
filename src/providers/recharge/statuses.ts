import type { OrderStatus } from '../../domain/order.js';
import { type Frequency, frequencyOf, type FrequencyUnit, type SubscriptionStatus } from '../../domain/subscription.js';
import { surprise } from '../kit/surprises.js';

/**
 * Maps the status of a charge, written in capitals by the version before.
 * See https://docs.getrecharge.com/docs/charges
 */
export function toOrderStatus(status: string): OrderStatus {
  switch (status.toLowerCase()) {
    case 'queued':
      return 'SCHEDULED';
    case 'skipped':
      return 'SKIPPED';
    case 'pending':
    case 'pending_manual_payment':
      return 'PROCESSING';
    case 'success':
    case 'refunded':
    case 'partially_refunded':
      return 'PLACED';
    case 'error':
      return 'PAYMENT_FAILED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

/** Maps the status of a subscription. No word stands for a pause, which is a later date. */
export function toSubscriptionStatus(status: string): SubscriptionStatus {
  switch (status.toLowerCase()) {
    case 'active':
      return 'ACTIVE';
    case 'cancelled':
      return 'CANCELLED';
    case 'expired':
      return 'EXPIRED';
    default:
      surprise('status');
      return 'UNKNOWN';
  }
}

/** What a read of a subscription answers with for a one-time item. */
export const ONETIME = 'onetime';

/** Old rows say `months` and `Months`. There are no years: twelve months. */
const UNITS: Readonly<Record<string, FrequencyUnit>> = { day: 'DAY', week: 'WEEK', month: 'MONTH' };

export function toFrequency(every: number | null, unit: string | null): Frequency | null {
  const known = unit === null ? undefined : UNITS[unit.toLowerCase().replace(/s$/, '')];
  if (unit !== null && known === undefined) surprise('order_interval_unit');
  return frequencyOf(every, known);
}

export interface Interval {
  readonly order_interval_unit: 'day' | 'week' | 'month';
  readonly order_interval_frequency: number;
  readonly charge_interval_frequency: number;
}

/** Converts a frequency to an interval at which each order is paid by itself. */
export function toInterval({ every, unit }: Frequency): Interval {
  const count = unit === 'YEAR' ? every * 12 : every;
  return {
    order_interval_unit: unit === 'DAY' ? 'day' : unit === 'WEEK' ? 'week' : 'month',
    order_interval_frequency: count,
    charge_interval_frequency: count,
  };
}
