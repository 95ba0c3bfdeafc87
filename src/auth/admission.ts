import type { Actor } from '../domain/actor.js';
import { failed, type Listing, type Lookup, missing } from '../domain/lookup.js';
import { problem, ProviderFailure } from '../domain/problem.js';
import type { AccountOwnership } from '../domain/provider.js';
import type { EntityRef } from '../domain/reference.js';
import { isSameCustomer, maySeeCustomerRecord, maySeeOrder, type OwnedOrder } from './access.js';

interface AccountRecord {
  readonly ref: EntityRef;
}

interface CustomerRecord extends AccountRecord {
  readonly customerId: string | null;
}

/**
 * What of an account's answers is let through to an actor. Another shopper's record is missing. An answer that is not
 * about what was asked is trusted in no part: it fails.
 */
export interface Admission {
  /** Whether there can be anything for the actor in a list of this customer's records. */
  mayList(customerId: string): boolean;
  /** The record asked for by this key, whoever it belongs to. */
  asAsked<T extends AccountRecord>(lookup: Lookup<T>, key: string): Lookup<T>;
  order<T extends AccountRecord & OwnedOrder>(lookup: Lookup<T>, key: string): Lookup<T>;
  customerRecord<T extends CustomerRecord>(lookup: Lookup<T>, key: string): Lookup<T>;
  /** Throws `ProviderFailure` when one of the rows is not this customer's. */
  listOf<T extends CustomerRecord>(listing: Listing<T>, customerId: string): Listing<T>;
}

export function createAdmission(actor: Actor, owned: AccountOwnership): Admission {
  const { key: account } = owned.account;
  function asAsked<T extends AccountRecord>(lookup: Lookup<T>, key: string): Lookup<T> {
    if (lookup.state !== 'found') return lookup;
    const { ref } = lookup.value;
    return ref.account === account && ref.key === key ? lookup : failed(notAskedFor);
  }

  return {
    mayList: (customerId) => maySeeCustomerRecord(actor, owned, customerId),
    asAsked,
    order: (lookup, key) => onlyIf(asAsked(lookup, key), (order) => maySeeOrder(actor, owned, order)),
    customerRecord: (lookup, key) =>
      onlyIf(asAsked(lookup, key), ({ customerId }) => maySeeCustomerRecord(actor, owned, customerId)),
    listOf(listing, customerId) {
      const isOwn = ({ ref, customerId: owner }: CustomerRecord) =>
        ref.account === account && isSameCustomer(owned, owner, customerId);
      if (listing.items.every(isOwn)) return listing;
      throw new ProviderFailure(foreignRows);
    },
  };
}

export const notAskedFor = problem('CONTRACT_DRIFT', 'The provider answered with records nobody asked for.');
const foreignRows = problem('CONTRACT_DRIFT', "The provider answered with another customer's records.");

function onlyIf<T>(lookup: Lookup<T>, isVisible: (value: T) => boolean): Lookup<T> {
  return lookup.state === 'found' && !isVisible(lookup.value) ? missing : lookup;
}
