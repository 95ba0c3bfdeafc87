import type { Lookup } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { attemptLookup, lookupIn, mapLookup, mapRecords } from '../kit/lookups.js';
import { listOwner, readContract, readQueue } from './contract-reads.js';
import { customerIdOf, identifiers } from './keys.js';
import { toSubscription } from './mapping.js';
import type { Session } from './session.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { shopper, reads, account, clock } = session;
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (key) =>
          mapLookup(await readContract(session, key, shopper.customerId), (contract) =>
            toSubscription(contract, shopper.customerId, account, clock()),
          ),
        ),
      ),

    async listFor(shopperId) {
      const customerId = customerIdOf(shopperId);
      requireCustomerId(identifiers, customerId);
      const { records, problem } = await reads.lists.plan(customerId, { contracts: true }).contracts;
      const broken = records.flatMap(({ lines }) => lines.problem ?? [])[0];
      return mapRecords({ records, problem: problem ?? broken ?? null }, (contract) =>
        toSubscription(contract, customerId, account, clock()),
      );
    },

    nextOrders: (subscriptions) => Promise.all(subscriptions.map((each) => nextOrderOf(session, each))),
  };
}

/** Reads the queued attempt with the earliest instant. */
function nextOrderOf(session: Session, { customerId, providerId }: Subscription): Promise<Lookup<Order>> {
  return attemptLookup(async () => {
    const owner = listOwner(session, customerId);
    const { records, problem: gap } = await readQueue(session, providerId, owner);
    const next = lookupIn(records[0], gap);
    if (next.state !== 'found') return next;
    const key = { contractId: providerId, attemptId: next.value.id };
    return mapLookup(await session.views.get({ key, customerId: owner }), ({ order }) => order);
  });
}
