import type { EntityRef, GlobalId } from './reference.js';

/** A product by what a line or subscription says of it, before anything is looked up. */
export interface ProductRef {
  readonly id: GlobalId;
  readonly ref: EntityRef<'Product'>;
  /** The provider's identifier, verbatim. */
  readonly providerId: string;
}

/** What is bought. */
export interface Product extends ProductRef {
  readonly title: string | null;
  readonly handle: string | null;
  readonly imageUrl: string | null;
}

/** The product a shopper asks for, by the provider's own identifiers. */
export interface ProductChoice {
  readonly id: string;
  /** Needed where the provider knows products by a handle as well. */
  readonly handle: string | null;
  /** Needed where the identifier alone leaves a choice of variants. */
  readonly variantId: string | null;
}

/** Whether something is bought once or recurs. */
export type PurchaseMode = 'ONE_TIME' | 'SUBSCRIPTION';
