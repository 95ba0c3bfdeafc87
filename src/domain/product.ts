import type { EntityRef, GlobalId } from './reference.js';

/** A product as referenced by a line or a subscription, before it is read. */
export interface ProductRef {
  readonly id: GlobalId;
  readonly ref: EntityRef<'Product'>;
  /** The provider's identifier, verbatim. */
  readonly providerId: string;
}

/** A product or variant for sale. */
export interface Product extends ProductRef {
  readonly title: string | null;
  readonly handle: string | null;
  readonly imageUrl: string | null;
}

/** The requested product, by the provider's own identifiers. */
export interface ProductChoice {
  readonly id: string;
  /** Required where the provider also identifies products by a handle. */
  readonly handle: string | null;
  /** Required where the product has several variants. */
  readonly variantId: string | null;
}

/** Whether something is bought once or recurs. */
export type PurchaseMode = 'ONE_TIME' | 'SUBSCRIPTION' | 'UNKNOWN';
