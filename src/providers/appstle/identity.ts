import type { Account } from '../../domain/account.js';
import type { ProductRef } from '../../domain/product.js';
import { type EntityRef, type EntityType, toGlobalId } from '../../domain/reference.js';

type AccountKey = Pick<Account, 'key'>;

export function refTo<T extends EntityType>(account: AccountKey, type: T, key: string): EntityRef<T> {
  return { type, account: account.key, key };
}

/** `providerId` is the key unless the key joins several identifiers. */
export function identity<T extends EntityType>(account: AccountKey, type: T, key: string, providerId = key) {
  const ref = refTo(account, type, key);
  return { id: toGlobalId(ref), ref, providerId };
}

/** Products are addressed by their variant. */
export function toProductRef(variantId: string, account: AccountKey): ProductRef {
  return identity(account, 'Product', variantId);
}
