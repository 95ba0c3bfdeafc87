import type { Money } from './money.js';
import type { LocalDate } from './moment.js';
import type { ProductRef } from './product.js';
import type { EntityRef, GlobalId } from './reference.js';

export type SubscriptionStatus =
  'ACTIVE' | 'TRIALING' | 'PENDING' | 'PAUSED' | 'PAST_DUE' | 'CANCELLED' | 'EXPIRED' | 'UNKNOWN';

export type FrequencyUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

export interface Frequency {
  readonly every: number;
  readonly unit: FrequencyUnit;
}

/** Whether two frequencies come to the same: 7 days are a week, 12 months a year. */
export function isSameFrequency(left: Frequency, right: Frequency): boolean {
  const [one, other] = [inSmallestUnit(left), inSmallestUnit(right)];
  return one.every === other.every && one.unit === other.unit;
}

function inSmallestUnit({ every, unit }: Frequency): Frequency {
  switch (unit) {
    case 'WEEK':
      return { every: every * 7, unit: 'DAY' };
    case 'YEAR':
      return { every: every * 12, unit: 'MONTH' };
    case 'DAY':
    case 'MONTH':
      return { every, unit };
  }
}

/** Recurring purchase of a customer; `SubscriptionContract` in the graph. */
export interface Subscription {
  readonly id: GlobalId;
  readonly ref: EntityRef<'SubscriptionContract'>;
  readonly providerId: string;
  readonly status: SubscriptionStatus;
  readonly providerStatus: string;
  readonly customerId: string | null;
  /** Recurring lines. */
  readonly lines: readonly SubscriptionLine[];
  readonly frequency: Frequency | null;
  readonly startDate: LocalDate | null;
  readonly observedAt: Date;
}

export interface SubscriptionLine {
  readonly product: ProductRef;
  readonly quantity: number;
  /** Null when the provider sets the price at order time. */
  readonly unitPrice: Money | null;
}
