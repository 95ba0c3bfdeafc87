import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { problem, problemOf, ProviderFailure } from '../../domain/problem.js';
import type { Decoded } from '../kit/decode.js';
import { isNumericId } from './keys.js';
import type { Session } from './session.js';
import type { WireAttempt } from './wire.js';
import type { WireContract } from './wire-contract.js';

/** In whose lists to look for a record: the shopper's, or for staff its owner's when those were read anyway. */
export function listOwner({ shopper, reads }: Session, ownerId: string | null): string | null {
  if (shopper.customerId !== null || ownerId === null) return shopper.customerId;
  return reads.contractsOfCustomer.has(ownerId) ? ownerId : null;
}

/** Queued attempts of one contract, the soonest first; from the list of a customer when there is one. */
export async function readQueue(
  { reads }: Session,
  contractId: string,
  customerId: string | null,
): Promise<Decoded<WireAttempt>> {
  const list = customerId === null ? reads.queuedOfContract.get(contractId) : reads.queuedOfCustomer.get(customerId);
  const { records, problem: unread } = await list;
  return { records: records.filter((attempt) => attempt.contractId === contractId), problem: unread };
}

/** A contract that is not the customer's is missing. */
export async function readContract(
  { reads }: Session,
  contractId: string,
  customerId: string | null,
): Promise<Lookup<WireContract>> {
  try {
    if (customerId === null) {
      const contract = isNumericId(contractId) ? await reads.contract.get(contractId) : null;
      return contract ? found(asAsked(contract, contractId)) : missing;
    }
    const { records, problem: unread } = await reads.contractsOfCustomer.get(customerId);
    const contract = records.find(({ id }) => id === contractId);
    if (contract) return found(contract);
    return unread ? failed(unread) : missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}

function asAsked(contract: WireContract, contractId: string): WireContract {
  if (contract.id === contractId) return contract;
  throw new ProviderFailure(
    problem('CONTRACT_DRIFT', 'Appstle answered with another contract than the one asked for.'),
  );
}
