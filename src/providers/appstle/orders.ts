import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { leavingOut, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { OrderReader, UpcomingOrderReader } from '../../domain/provider.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { type Decoded, inRecord } from '../kit/decode.js';
import { attempt, attemptLookup, lookupIn, mapLookup } from '../kit/lookups.js';
import { keepOwn } from '../kit/ownership.js';
import { customerIdOf, fromOrderKey, identifiers, isNumericId, toOrderKey } from './keys.js';
import type { Session } from './session.js';
import { gapIn } from './order-view.js';
import type { WireAttempt } from './wire.js';
import type { WireContract } from './wire-contract.js';

export function createOrderReader(session: Session): OrderReader {
  const { reads, shopper, views } = session;
  return {
    /**
     * Returns the key of an attempt, which does not name its contract, by the shopper's queued orders. A caller who
     * knows the contract names both, as staff and guests have to.
     */
    async keyOf(providerId) {
      if (fromOrderKey(providerId)) return found(providerId);
      const { customerId } = shopper;
      if (customerId === null || !isNumericId(customerId)) return missing;
      return attemptLookup(async () => {
        const { records, problem: gap } = await reads.lists.plan(customerId, { queued: true }).queued;
        const attempt = records.find(({ id }) => id === providerId);
        return mapLookup(lookupIn(attempt, gap), ({ contractId, id }) => toOrderKey({ contractId, attemptId: id }));
      });
    },

    getMany: (keys) =>
      Promise.all(
        keys.map(async (text): Promise<Lookup<Order>> => {
          const key = fromOrderKey(text);
          if (!key) return missing;
          return mapLookup(await views.get({ key, customerId: shopper.customerId }), ({ order }) => order);
        }),
      ),
  };
}

/**
 * Creates a reader that takes one call for the attempts, one for the contracts, and one a contract for the one-offs
 * that the totals need.
 */
export function createUpcomingOrderReader(session: Session): UpcomingOrderReader {
  const { reads, views } = session;
  return {
    async list(shopperId) {
      const customerId = customerIdOf(shopperId);
      requireCustomerId(identifiers, customerId);
      const { queued, contracts } = reads.lists.plan(customerId, { queued: true, contracts: true });
      const { records, problem: unread } = await keepOwnAttempts(await queued, customerId, contracts);
      const read = await Promise.all(
        records.map(({ contractId, id }) => views.get({ key: { contractId, attemptId: id }, customerId })),
      );
      const problem = read.reduce<ProviderProblem | null>((known, view, index) => {
        const gap = view.state === 'found' ? gapIn(view.value) : view.state === 'failed' ? view.problem : null;
        if (gap === null) return known;
        const why = inRecord(gap, records[index]?.id ?? null, index);
        return leavingOut(known, why, view.state === 'found' ? {} : { unreadable: 1 });
      }, unread);
      return { items: read.flatMap((view) => (view.state === 'found' ? view.value.order : [])), problem };
    },
  };
}

/** Leaves out attempts of contracts that are not this customer's: attempts name no customer. */
async function keepOwnAttempts(
  list: Decoded<WireAttempt>,
  customerId: string,
  own: Promise<Decoded<WireContract>>,
): Promise<Decoded<WireAttempt>> {
  const contracts = await ownContracts(own);
  if (contracts === null) return list;
  return keepOwn(list, customerId, ({ contractId }) => (contracts.has(contractId) ? customerId : ''));
}

/** Returns the customer's contracts; null when Appstle cannot be reached and its word for the attempts has to do. */
async function ownContracts(read: Promise<Decoded<WireContract>>): Promise<ReadonlySet<string> | null> {
  const contracts = await attempt(() => read);
  if (contracts.state !== 'found') {
    if (contracts.state === 'failed' && contracts.problem.kind === 'CONTRACT_DRIFT') {
      throw new ProviderFailure(contracts.problem);
    }
    return null;
  }
  const { records, problem: gap } = contracts.value;
  // Contracts of others were left out: those that remain are all of this customer's.
  const isWhole = gap === null || gap.leftOut?.unreadable === 0;
  return !isWhole ? null : new Set(records.map(({ id }) => id));
}
