import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { problem, problemOf, ProviderFailure } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { toSubscription } from './mapping.js';
import { isEmail } from './record-id.js';
import type { Session } from './session.js';

/** A customer's contracts with their subscriptions are one call. */
export function createSubscriptionReader(session: Session): SubscriptionReader {
  return {
    async getMany(keys) {
      const { customerId, recognised } = session.shopper;
      if (customerId === null || recognised) return keys.map(() => missing);
      try {
        const { items, problem: partial } = await list(session, customerId);
        const byKey = new Map(items.map((item) => [item.ref.key, item]));
        return keys.map((key): Lookup<Subscription> => {
          const item = byKey.get(key);
          return item ? found(item) : partial ? failed(partial) : missing;
        });
      } catch (error) {
        const lookup = failed(problemOf(error));
        return keys.map(() => lookup);
      }
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
  if (!isEmail(customerId)) return { items: [], problem: null };
  const { records, problem: partial } = await reads.contracts.get(customerId);
  const items = records.flatMap(({ subscriptions }) =>
    subscriptions.map((each) => toSubscription(each, customerId, account, clock())),
  );
  return { items, problem: partial };
}

const needsLogin = problem('FORBIDDEN', 'Centra shows subscriptions only to a customer who is logged in.');
