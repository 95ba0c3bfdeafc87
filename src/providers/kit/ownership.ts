import type { Shopper } from '../../domain/actor.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { Decoded } from './decode.js';

/**
 * Whether a shopper may be shown a record of this customer. The guard decides for every actor; a provider asks here so
 * that a foreign record costs no more calls than a missing one.
 */
export function isVisibleTo({ customerId }: Shopper, owner: string | null): boolean {
  return customerId === null || owner === null || owner === customerId;
}

/** Returns the list of a customer's records, or throws CONTRACT_DRIFT: one that shows another's is not trusted in any part. */
export function requireOwn<T>(list: Decoded<T>, customerId: string, ownerOf: (record: T) => string | null): Decoded<T> {
  const isOwn = (record: T) => (ownerOf(record) ?? customerId) === customerId;
  if (list.records.every(isOwn)) return list;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', "The provider listed another customer's records."));
}
