import type { Account } from '../../domain/account.js';
import { memoizeBounded } from '../../domain/memoize-bounded.js';
import type { ProductRef } from '../../domain/product.js';
import { type EntityRef, type EntityType, type GlobalId, toGlobalId } from '../../domain/reference.js';

type AccountKey = Pick<Account, 'key'>;

export function refTo<T extends EntityType>(account: AccountKey, type: T, key: string): EntityRef<T> {
  return { type, account: account.key, key };
}

/** What identifies a record, as the last part of its literal. */
export interface Identity<T extends EntityType> {
  readonly id: GlobalId;
  readonly ref: EntityRef<T>;
  readonly providerId: string;
}

/** Identifies a record. `providerId` is the key unless the key joins several identifiers. */
export function identity<T extends EntityType>(
  account: AccountKey,
  type: T,
  key: string,
  providerId = key,
): Identity<T> {
  const ref = refTo(account, type, key);
  return { id: toGlobalId(ref), ref, providerId };
}

/** Lines name the same products over and over. */
const REMEMBERED_PRODUCTS = 10_000;
const productRefs = new WeakMap<AccountKey, (productId: string) => ProductRef>();

export function toProductRef(productId: string, account: AccountKey): ProductRef {
  const known = productRefs.get(account);
  if (known) return known(productId);
  const refOf = memoizeBounded(REMEMBERED_PRODUCTS, (key: string): ProductRef => identity(account, 'Product', key));
  productRefs.set(account, refOf);
  return refOf(productId);
}
