import type { Money } from './money.js';
import type { ScheduledMoment } from './moment.js';
import type { EntityRef, GlobalId } from './reference.js';
import type { UpsellWindow } from './window.js';

export type OrderKind = 'UPCOMING' | 'POST_PURCHASE';

export type OrderStatus =
  'SCHEDULED' | 'OPEN_FOR_UPSELL' | 'PROCESSING' | 'PLACED' | 'PAYMENT_FAILED' | 'SKIPPED' | 'CANCELLED' | 'UNKNOWN';

/** An order that takes, or took, upsell items. */
export interface Order {
  readonly id: GlobalId;
  readonly ref: EntityRef<'Order'>;
  /** The provider's identifier, verbatim. */
  readonly providerId: string;
  /** What the shop prints on its mails. */
  readonly displayNumber: string | null;
  readonly kind: OrderKind;
  readonly status: OrderStatus;
  /** Status as the provider states it: a word or a number. */
  readonly providerStatus: string;
  /** The provider's identifier of the customer; null when it names none. */
  readonly customerId: string | null;
  /** The checkout it came from, where a token may list that instead of the order. */
  readonly checkoutId?: string;
  /** When the order is, or was, placed or billed. */
  readonly scheduled: ScheduledMoment;
  readonly window: UpsellWindow;
  readonly totals: OrderTotals | null;
  /** When the provider last confirmed this record. */
  readonly observedAt: Date;
}

/** Totals as the provider states them; never recomputed. */
export interface OrderTotals {
  readonly subtotal: Money | null;
  /** Positive amount. */
  readonly discount: Money | null;
  readonly tax: Money | null;
  /** Whether `subtotal` contains `tax`; null when the provider does not say. */
  readonly taxIncluded: boolean | null;
  readonly shipping: Money | null;
  /** Surcharges, positive: reductions are in `discount`. */
  readonly fees: Money | null;
  readonly total: Money | null;
  /** Whether `total` is not final: computed here because the provider states none yet, or being calculated there. */
  readonly estimated: boolean;
}
