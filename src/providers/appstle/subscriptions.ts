import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { localDate } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import { problemOf } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { listOwner, readContract, readQueue } from './contract-reads.js';
import { identity, toProductRef } from './identity.js';
import { isNumericId } from './keys.js';
import { toMoney } from './money.js';
import type { Session } from './session.js';
import { toFrequency, toSubscriptionStatus } from './statuses.js';
import type { WireContract } from './wire-contract.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { shopper, reads } = session;
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (key): Promise<Lookup<Subscription>> => {
          const contract = await readContract(session, key, shopper.customerId);
          if (contract.state !== 'found') return contract;
          return found(toSubscription(contract.value, shopper.customerId, session));
        }),
      ),

    async listFor(customerId) {
      if (!isNumericId(customerId)) return { items: [], problem: null };
      const { records, problem } = await reads.contractsOfCustomer.get(customerId);
      const broken = records.flatMap(({ lines }) => lines.problem ?? [])[0];
      return {
        items: records.map((contract) => toSubscription(contract, customerId, session)),
        problem: problem ?? broken ?? null,
      };
    },

    nextOrders: (subscriptions) => Promise.all(subscriptions.map((each) => nextOrderOf(session, each))),
  };
}

/** The queued attempt with the earliest instant. */
async function nextOrderOf(session: Session, { customerId, providerId }: Subscription): Promise<Lookup<Order>> {
  try {
    const owner = listOwner(session, customerId);
    const queue = await readQueue(session, providerId, owner);
    const [next] = queue.records;
    if (!next) return queue.problem ? failed(queue.problem) : missing;
    const key = { contractId: providerId, attemptId: next.id };
    const view = await session.views.get({ key, customerId: owner });
    return view.state === 'found' ? found(view.value.order) : view;
  } catch (error) {
    return failed(problemOf(error));
  }
}

function toSubscription(wire: WireContract, customerId: string | null, { account, clock }: Session): Subscription {
  return {
    status: toSubscriptionStatus(wire.status),
    providerStatus: wire.status,
    customerId: wire.customerId ?? customerId,
    lines: wire.lines.records
      .filter(({ oneTime }) => !oneTime)
      .map(({ variantId, quantity, price }) => ({
        product: toProductRef(variantId, account),
        quantity,
        unitPrice: toMoney(price),
      })),
    frequency: toFrequency(wire.billing),
    startDate: wire.createdAt === null ? null : localDate(wire.createdAt, account.timeZone ?? 'UTC'),
    observedAt: clock(),
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}
