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
  /** Appstle: the product handle. */
  readonly handle: string | null;
  /** SureCart: the variant of the price's product. */
  readonly variantId: string | null;
}
