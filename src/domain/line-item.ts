import type { ActionAvailability } from './eligibility.js';
import type { Money } from './money.js';
import type { ProductRef, PurchaseMode } from './product.js';
import type { EntityRef, GlobalId } from './reference.js';
import type { SubscriptionTerms } from './subscription.js';

export type LineItemOrigin = 'ORIGINAL' | 'RECURRING' | 'UPSELL' | 'UNKNOWN';

/** One line of an order. */
export interface LineItem {
  readonly id: GlobalId;
  readonly ref: EntityRef<'LineItem'>;
  readonly orderRef: EntityRef<'Order'>;
  readonly providerId: string;
  readonly product: ProductRef;
  /** As the order states it, which outlasts the product. */
  readonly title: string | null;
  /** Size or colour, as text. */
  readonly variantTitle: string | null;
  readonly imageUrl: string | null;
  readonly quantity: number;
  readonly purchaseMode: PurchaseMode;
  readonly origin: LineItemOrigin;
  readonly unitPrice: Money | null;
  /** What the whole line would cost without reductions, when the provider says so. */
  readonly compareAtTotal: Money | null;
  /** Total reduction of the line, as a positive amount. */
  readonly discount: Money | null;
  /** Surcharges of the line, positive: reductions are in `discount`. */
  readonly fees: Money | null;
  readonly tax: Money | null;
  /** Whether `unitPrice` contains `tax`; null when the provider does not say. */
  readonly taxIncluded: boolean | null;
  readonly total: Money | null;
  /** Whether the provider refuses edits; null when it has no such flag. */
  readonly locked: boolean | null;
  /** Whether stock is reserved; null when the provider does not reserve stock. */
  readonly stockHeld: boolean | null;
  readonly subscriptionRef: EntityRef<'SubscriptionContract'> | null;
  /** Null where the line recurs too: its subscription states them. */
  readonly terms: SubscriptionTerms | null;
  readonly removal: ActionAvailability;
  readonly conversion: ActionAvailability;
}
