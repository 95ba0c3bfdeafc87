import type { Money } from './money.js';
import type { ScheduledMoment } from './moment.js';
import type { EntityRef, GlobalId } from './reference.js';
import type { UpsellWindow } from './window.js';

export type OrderKind = 'UPCOMING' | 'POST_PURCHASE';

export type OrderStatus =
  'SCHEDULED' | 'OPEN_FOR_UPSELL' | 'PROCESSING' | 'PLACED' | 'PAYMENT_FAILED' | 'SKIPPED' | 'CANCELLED' | 'UNKNOWN';

/** An order items are, or were, added to. */
export interface Order {
  readonly id: GlobalId;
  readonly ref: EntityRef<'Order'>;
  /** The provider's identifier, verbatim. */
  readonly providerId: string;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  /** The provider's own word or number. */
  readonly providerStatus: string;
  /** The provider's identifier of the shopper; null when it names none. */
  readonly customerId: string | null;
  /** When it will be, or was, placed or billed. */
  readonly scheduled: ScheduledMoment;
  readonly window: UpsellWindow;
  readonly totals: OrderTotals | null;
  /** When the provider last confirmed this record. */
  readonly observedAt: Date;
}

/** As the provider states them; never recomputed. */
export interface OrderTotals {
  readonly subtotal: Money | null;
  /** Positive. */
  readonly discount: Money | null;
  readonly tax: Money | null;
  readonly shipping: Money | null;
  /** Negative when it is a reduction. */
  readonly fees: Money | null;
  readonly total: Money | null;
  /** `total` is a sum made by this layer because the provider states none yet. */
  readonly estimated: boolean;
}
