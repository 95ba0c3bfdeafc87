import type { Money } from './money.js';
import type { ProductRef, PurchaseMode } from './product.js';
import type { EntityRef, GlobalId } from './reference.js';

export type FunnelStep = 'INITIAL' | 'AFTER_ACCEPT' | 'AFTER_DECLINE';

/** An item offered to the shopper of an order. */
export interface UpsellOffer {
  readonly id: GlobalId;
  readonly ref: EntityRef<'UpsellOffer'>;
  readonly providerId: string;
  /** Null when the offer covers any product. */
  readonly product: ProductRef | null;
  readonly title: string | null;
  readonly amountOff: Money | null;
  /** Exact decimal text. */
  readonly percentOff: string | null;
  readonly purchaseModes: readonly PurchaseMode[];
  /** Null outside funnels. */
  readonly funnelStep: FunnelStep | null;
}
