import type { Product, ProductRef } from '../../domain/product.js';
import { type EntityRef, toGlobalId } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { ProviderReadError } from '../errors/provider-error.js';
import { loadProduct } from '../load-record.js';

/** Fields of a product that its ID determines. Every other one needs a read. */
const TOLD_BY_ID: ReadonlySet<string> = new Set(['__typename', 'id', 'providerId', 'account', 'accountKey']);

/**
 * Returns a product by reference; null when its account is unknown, and when a read that the selected fields need finds none.
 * Products belong to no shopper, so an ID tells nobody more than they sent (decision 0018). When the read fails, the fields
 * that need it report so.
 */
export async function productByRef(
  context: GraphContext,
  ref: EntityRef<'Product'>,
  selected: ReadonlySet<string>,
): Promise<Product | ProductRef | null> {
  if (!context.accounts.has(ref.account)) return null;
  const told: ProductRef = { id: toGlobalId(ref), ref, providerId: ref.key };
  if ([...selected].every((field) => TOLD_BY_ID.has(field))) return told;
  try {
    return await loadProduct(context, ref);
  } catch (error) {
    if (error instanceof ProviderReadError) return told;
    throw error;
  }
}
