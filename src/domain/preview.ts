import type { UpsellEligibility } from './eligibility.js';
import type { Money } from './money.js';
import type { ScheduledMoment } from './moment.js';
import type { Order } from './order.js';
import type { ProductRef } from './product.js';
import type { SubscriptionTerms } from './subscription.js';

export type ChargeTiming = 'IMMEDIATELY' | 'AUTHORISED_NOW' | 'WITH_UPCOMING_ORDER' | 'UNKNOWN';

export type PreviewFidelity = 'PROVIDER_COMPUTED' | 'ESTIMATED' | 'UNAVAILABLE';

export interface ChargePlan {
  /** Additional amount the shopper pays; null when unknown. */
  readonly increase: Money | null;
  readonly timing: ChargeTiming;
  readonly at: ScheduledMoment | null;
  /** All that are known, soonest first. */
  readonly payments: readonly PlannedPayment[];
}

export interface PlannedPayment {
  readonly amount: Money | null;
  readonly timing: ChargeTiming;
  readonly at: ScheduledMoment | null;
}

/** Expected effect of adding an item; nothing is saved or charged. */
export interface UpsellPreview {
  readonly order: Order;
  readonly product: ProductRef;
  readonly quantity: number;
  readonly lineTotal: Money | null;
  readonly lineDiscount: Money | null;
  /** Surcharges of the line, positive: reductions are in `lineDiscount`. */
  readonly lineFees: Money | null;
  readonly orderTotalAfter: Money | null;
  readonly charge: ChargePlan;
  /** Null for a one-time item. */
  readonly terms: SubscriptionTerms | null;
  readonly fidelity: PreviewFidelity;
  readonly eligibility: UpsellEligibility;
  /** Changes with anything the provider computed it from; absent: not known. */
  readonly basis?: string;
}

/** What the shopper was shown, of a write that is bound to it. */
export interface BoundPreview {
  readonly orderKey: string;
  readonly productId: string;
  readonly quantity: number;
  readonly subscribe: boolean;
  /** Null when the preview could not tell. */
  readonly increase: Money | null;
  readonly basis: string | null;
  readonly expiresAt: Date;
}
