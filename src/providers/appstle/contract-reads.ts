import type { Shopper } from '../../domain/actor.js';
import { type Lookup, missing } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { Decoded } from '../kit/decode.js';
import { attempt, attemptLookup, lookupIn } from '../kit/lookups.js';
import { isNumericId } from './keys.js';
import type { Reads } from './reads.js';
import type { AppstleAccount } from './settings.js';
import type { WireAttempt } from './wire.js';
import type { WireContract } from './wire-contract.js';

/** Where the records of one open data source come from, and for whom. */
export interface RecordSources {
  readonly account: AppstleAccount;
  readonly shopper: Shopper;
  readonly onlyOrders: readonly string[] | null;
  readonly clock: Clock;
  readonly reads: Reads;
}

/** Returns in whose lists to look for a record: the shopper's, or for staff its owner's where those are being read. */
export function listOwner({ shopper, reads }: RecordSources, ownerId: string | null): string | null {
  if (shopper.customerId !== null || ownerId === null) return shopper.customerId;
  return reads.lists.plan(ownerId, {}).contracts ? ownerId : null;
}

/** Reads the queued attempts of one contract, the soonest first; from the list of a customer when there is one. */
export async function readQueue(
  { reads }: RecordSources,
  contractId: string,
  customerId: string | null,
): Promise<Decoded<WireAttempt>> {
  const list =
    customerId === null
      ? reads.queuedOfContract.get(contractId)
      : reads.lists.plan(customerId, { queued: true }).queued;
  const { records, problem: unread } = await list;
  return { records: records.filter((attempt) => attempt.contractId === contractId), problem: unread };
}

/** Reads a contract; one that is not the customer's is missing. */
export async function readContract(
  { reads }: RecordSources,
  contractId: string,
  customerId: string | null,
): Promise<Lookup<WireContract>> {
  if (!isNumericId(contractId)) return missing;
  if (customerId === null) {
    return attempt(async () => asRequested(await reads.contract.get(contractId), contractId));
  }
  return attemptLookup(async () => {
    const { records, problem: gap } = await reads.lists.plan(customerId, { contracts: true }).contracts;
    return lookupIn(
      records.find(({ id }) => id === contractId),
      gap,
    );
  });
}

function asRequested(contract: WireContract | null, contractId: string): WireContract | null {
  if (contract === null || contract.id === contractId) return contract;
  throw new ProviderFailure(
    problem('CONTRACT_DRIFT', 'Appstle answered with another contract than the one asked for.'),
  );
}
