import { type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { leavingOut, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { OrderReader, UpcomingOrderReader } from '../../domain/provider.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { type Decoded, inRecord } from '../kit/decode.js';
import { attempt, attemptLookup, lookupIn, mapLookup } from '../kit/lookups.js';
import { keepOwn } from '../kit/ownership.js';
import { fromOrderKey, isNumericId, toOrderKey } from './keys.js';
import type { Session } from './session.js';
import type { WireAttempt } from './wire.js';
import type { WireContract } from './wire-contract.js';

export function createOrderReader(session: Session): OrderReader {
  const { reads, shopper, views } = session;
  return {
    /** An attempt does not tell its contract: it is looked for among the shopper's queued orders. */
    async keyOf(providerId) {
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

/** Attempts and contracts come in one call each; one-offs, which the totals need, in one call a contract. */
export function createUpcomingOrderReader(session: Session): UpcomingOrderReader {
  const { reads, views } = session;
  return {
    async list(customerId) {
      requireCustomerId(isNumericId(customerId), 'Shopify', 'the digits of a customer');
      const { queued, contracts } = reads.lists.plan(customerId, { queued: true, contracts: true });
      const { records, problem: unread } = await keepOwnAttempts(await queued, customerId, contracts);
      const orders = await Promise.all(
        records.map(async ({ contractId, id }) =>
          mapLookup(await views.get({ key: { contractId, attemptId: id }, customerId }), ({ order }) => order),
        ),
      );
      const lost = orders.flatMap((order, index) =>
        order.state === 'failed' ? inRecord(order.problem, records[index]?.id ?? null, index) : [],
      );
      return {
        items: orders.flatMap((order) => (order.state === 'found' ? order.value : [])),
        problem: lost.reduce<ProviderProblem | null>((known, why) => leavingOut(known, why, { unreadable: 1 }), unread),
      };
    },
  };
}

/** Attempts name no customer: those of a contract that is not this customer's are another's, and left out. */
async function keepOwnAttempts(
  list: Decoded<WireAttempt>,
  customerId: string,
  own: Promise<Decoded<WireContract>>,
): Promise<Decoded<WireAttempt>> {
  const contracts = await ownContracts(own);
  if (contracts === null) return list;
  return keepOwn(list, customerId, ({ contractId }) => (contracts.has(contractId) ? customerId : ''));
}

/** Null when they cannot be told because Appstle cannot be reached; its word for whose attempts these are has to do. */
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
