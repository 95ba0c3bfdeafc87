import type { UpsellEligibility } from './eligibility.js';
import type { Money } from './money.js';
import type { ScheduledMoment } from './moment.js';
import type { Order } from './order.js';
import type { ProductRef } from './product.js';

export type ChargeTiming = 'IMMEDIATELY' | 'AUTHORISED_NOW' | 'WITH_UPCOMING_ORDER' | 'UNKNOWN';

export type PreviewFidelity = 'PROVIDER_COMPUTED' | 'ESTIMATED' | 'UNAVAILABLE';

export interface ChargePlan {
  /** Additional amount the shopper pays; null when unknown. */
  readonly increase: Money | null;
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
  readonly orderTotalAfter: Money | null;
  readonly charge: ChargePlan;
  readonly fidelity: PreviewFidelity;
  readonly eligibility: UpsellEligibility;
}
