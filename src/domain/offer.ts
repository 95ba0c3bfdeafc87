import type { Money } from './money.js';
import type { ProductRef, PurchaseMode } from './product.js';
import type { EntityRef, GlobalId } from './reference.js';
import type { SubscriptionTerms } from './subscription.js';

export type FunnelStep = 'INITIAL' | 'AFTER_ACCEPT' | 'AFTER_DECLINE' | 'UNKNOWN';

/** An item offered to the shopper of an order. */
export interface UpsellOffer {
  readonly id: GlobalId;
  readonly ref: EntityRef<'UpsellOffer'>;
  readonly providerId: string;
  /** Null when the offer covers any product. */
  readonly product: ProductRef | null;
  readonly title: string | null;
  /** Of one unit, with the offer. */
  readonly price: Money | null;
  /** Of one unit without the offer; null when that is no more. */
  readonly compareAtPrice: Money | null;
  readonly amountOff: Money | null;
  /** Exact decimal text. */
  readonly percentOff: string | null;
  readonly purchaseModes: readonly PurchaseMode[];
  /** Null when it does not recur, or the provider does not say how. */
  readonly terms: SubscriptionTerms | null;
  /** Null outside funnels. */
  readonly funnelStep: FunnelStep | null;
}
