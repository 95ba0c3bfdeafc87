import type { Shopper } from '../../domain/actor.js';
import { leavingOut, problem } from '../../domain/problem.js';
import { sameText } from '../../domain/same-customer.js';
import type { Decoded } from './decode.js';

/**
 * Whether a shopper may be shown a record of this customer. The guard decides for every actor; a provider asks here so
 * that a foreign record costs no more calls than a missing one.
 */
export function isVisibleTo({ customerId }: Shopper, owner: string | null, sameCustomer = sameText): boolean {
  return customerId === null || owner === null || sameCustomer(owner, customerId);
}

/** Whether an order may be shown, by its own identifier or its checkout's, where only some orders may: see `onlyOrdersAt`. */
export function isAmong(onlyOrders: readonly string[] | null, ...ids: readonly string[]): boolean {
  return onlyOrders === null || ids.some((id) => onlyOrders.includes(id));
}

/** Leaves out the records of other customers; the problem counts them. A record that names nobody is believed. */
export function keepOwn<T>(
  list: Decoded<T>,
  customerId: string,
  ownerOf: (record: T) => string | null,
  sameCustomer = sameText,
): Decoded<T> {
  const own = list.records.filter((record) => sameCustomer(ownerOf(record) ?? customerId, customerId));
  const foreign = list.records.length - own.length;
  return foreign === 0 ? list : { records: own, problem: leavingOut(list.problem, foreignRecords, { foreign }) };
}

const foreignRecords = problem('CONTRACT_DRIFT', "The provider listed another customer's records; they were left out.");
