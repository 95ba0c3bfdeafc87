import { missing } from '../../domain/lookup.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { attempt, lookupIn, mapRecords } from '../kit/lookups.js';
import { identifiers } from './keys.js';
import { toSubscription } from './mapping.js';
import type { Session } from './session.js';

/** Creates a reader that takes a customer's contracts with their subscriptions in one call. */
export function createSubscriptionReader(session: Session): SubscriptionReader {
  return {
    async getMany(keys) {
      const { customerId, recognised } = session.shopper;
      if (customerId === null || recognised) return keys.map(() => missing);
      const listed = await attempt(() => list(session, customerId));
      if (listed.state !== 'found') return keys.map(() => listed);
      const { items, problem: gap } = listed.value;
      const byKey = new Map(items.map((item) => [item.ref.key, item]));
      return keys.map((key) => lookupIn(byKey.get(key), gap));
    },

    async listFor(customerId) {
      if (session.shopper.recognised) throw new ProviderFailure(needsLogin);
      return list(session, customerId);
    },

    // A next date is stated; the order itself is not there before it is placed.
    nextOrders: async (subscriptions) => subscriptions.map(() => missing),
  };
}

async function list({ reads, account, clock }: Session, customerId: string) {
  requireCustomerId(identifiers, customerId);
  const { records, problem: gap } = await reads.contracts.get(customerId);
  const subscriptions = { records: records.flatMap((contract) => contract.subscriptions.records), problem: gap };
  return mapRecords(
    subscriptions,
    (each) => toSubscription(each, customerId, account, clock()),
    ({ subscription }) => subscription,
  );
}

const needsLogin = problem('FORBIDDEN', 'Centra shows subscriptions only to a customer who is logged in.');
