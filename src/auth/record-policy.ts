import type { Actor } from '../domain/actor.js';
import { failed, type Listing, type Lookup, missing } from '../domain/lookup.js';
import { leavingOut, problem } from '../domain/problem.js';
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
 * Filters the records of an account for an actor. Reports another shopper's record as missing, and leaves it out of lists.
 * Fails a result that does not match the request.
 */
export interface RecordPolicy {
  /** Returns whether the actor may list this customer's records. */
  mayList(customerId: string): boolean;
  /** Passes the requested record, whoever owns it. */
  record<T extends AccountRecord>(lookup: Lookup<T>, key: string): Lookup<T>;
  order<T extends AccountRecord & OwnedOrder>(lookup: Lookup<T>, key: string): Lookup<T>;
  customerRecord<T extends CustomerRecord>(lookup: Lookup<T>, key: string): Lookup<T>;
  /** Passes a customer's list, each record once. The problem counts the records of others, which are left out. */
  listOf<T extends CustomerRecord>(listing: Listing<T>, customerId: string): Listing<T>;
}

export function createRecordPolicy(actor: Actor, owned: AccountOwnership): RecordPolicy {
  const { key: account } = owned.account;
  function record<T extends AccountRecord>(lookup: Lookup<T>, key: string): Lookup<T> {
    if (lookup.state !== 'found') return lookup;
    const { ref } = lookup.value;
    return ref.account === account && ref.key === key ? lookup : failed(notRequested);
  }

  return {
    mayList: (customerId) => maySeeCustomerRecord(actor, owned, customerId),
    record: record,
    order: (lookup, key) => onlyIf(record(lookup, key), (order) => maySeeOrder(actor, owned, order)),
    customerRecord: (lookup, key) =>
      onlyIf(record(lookup, key), ({ customerId }) => maySeeCustomerRecord(actor, owned, customerId)),
    listOf(listing, customerId) {
      const isOwn = ({ ref, customerId: owner }: CustomerRecord) =>
        ref.account === account && isSameCustomer(owned, owner, customerId);
      const own = listing.items.filter(isOwn);
      const items = [...new Map(own.map((item) => [item.ref.key, item])).values()];
      if (items.length === listing.items.length) return listing;
      const foreign = listing.items.length - own.length;
      return { items, problem: foreign > 0 ? leavingOut(listing.problem, foreignRows, { foreign }) : listing.problem };
    },
  };
}

export const notRequested = problem('CONTRACT_DRIFT', 'The provider returned records that were not requested.');
const foreignRows = problem('CONTRACT_DRIFT', "The provider listed another customer's records; they were left out.");

function onlyIf<T>(lookup: Lookup<T>, isVisible: (value: T) => boolean): Lookup<T> {
  return lookup.state === 'found' && !isVisible(lookup.value) ? missing : lookup;
}
