import type { Money } from './money.js';
import type { LocalDate, ScheduledMoment } from './moment.js';
import type { PaymentFailureReason } from './payment-failure.js';
import type { ProviderProblem } from './problem.js';
import type { ProductRef } from './product.js';
import type { EntityRef, GlobalId } from './reference.js';

export type SubscriptionStatus =
  'ACTIVE' | 'TRIALING' | 'PENDING' | 'PAUSED' | 'PAST_DUE' | 'CANCELLED' | 'EXPIRED' | 'UNKNOWN';

export type FrequencyUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

export interface Frequency {
  readonly every: number;
  readonly unit: FrequencyUnit;
}

/** Makes a frequency of a count and a unit. Null when either is not known, and for a count that is no rhythm. */
export function frequencyOf(every: number | null, unit: FrequencyUnit | null | undefined): Frequency | null {
  return every === null || every < 1 || !unit ? null : { every, unit };
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

/** What a shopper agrees to with something that recurs. Null and empty: not stated. */
export interface SubscriptionTerms {
  readonly deliveryFrequency: Frequency | null;
  /** Differs from `deliveryFrequency` where it is prepaid: three deliveries, one payment. */
  readonly billingFrequency: Frequency | null;
  /** The first payment or delivery after the one agreed to now. */
  readonly startsAt: ScheduledMoment | null;
  /** Days without a charge at the beginning. */
  readonly trialDays: number | null;
  /** How it can be ended, in the provider's words. */
  readonly cancellation: string | null;
  /** In the order they apply, the last goes on; empty: priced at order time. */
  readonly prices: readonly SubscriptionPrice[];
  /** Payments bound to; 0: can be cancelled at any time. */
  readonly minimumPayments: number | null;
  /** Null also: until cancelled. */
  readonly maximumPayments: number | null;
  readonly minimumCommitment: Money | null;
}

/** What payments come to from one of them on. */
export interface SubscriptionPrice {
  /** 1: the first payment. */
  readonly fromPayment: number;
  readonly unitPrice: Money | null;
  readonly total: Money | null;
}

/** The terms of which nothing is stated. */
export const unstatedTerms: SubscriptionTerms = {
  deliveryFrequency: null,
  billingFrequency: null,
  startsAt: null,
  trialDays: null,
  cancellation: null,
  prices: [],
  minimumPayments: null,
  maximumPayments: null,
  minimumCommitment: null,
};

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
  readonly terms: SubscriptionTerms;
  readonly startDate: LocalDate | null;
  /** Null when none is scheduled or the provider does not say. AS_NEXT_ORDER: only that order states it. */
  readonly nextDelivery: ScheduledMoment | 'AS_NEXT_ORDER' | null;
  /** When it stopped or stops, by itself or by a cancellation on record. */
  readonly endsAt: ScheduledMoment | null;
  readonly pendingChanges: readonly PendingChange[];
  /** Null when all is well, or the provider does not say. A problem: what would say it could not be read. */
  readonly dunning: Dunning | ProviderProblem | null;
  readonly observedAt: Date;
}

/** A change on record and not in force yet. */
export interface PendingChange {
  readonly kind: PendingChangeKind;
  readonly effectiveAt: ScheduledMoment | null;
}

export type PendingChangeKind = 'CANCELLATION' | 'PAUSE' | 'PLAN' | 'UNKNOWN';

/** A payment, or something else the next order needs, failed and is tried again. */
export interface Dunning {
  readonly reason: PaymentFailureReason;
  readonly nextAttemptAt: Date | null;
  /** When it is given up. */
  readonly endsAt: Date | null;
}

export interface SubscriptionLine {
  /** The provider's identifier, verbatim. */
  readonly providerId: string;
  readonly product: ProductRef;
  readonly quantity: number;
  /** Null when the provider sets the price at order time. */
  readonly unitPrice: Money | null;
}
