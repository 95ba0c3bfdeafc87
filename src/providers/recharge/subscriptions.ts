import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { attemptLookup, lookupIn, mapLookup, mapRecords } from '../kit/lookups.js';
import { isVisibleTo } from '../kit/ownership.js';
import { isQueued } from './charges.js';
import { isRecordId } from './keys.js';
import { toOrder, toSubscription } from './mapping.js';
import type { Session } from './session.js';
import { ONETIME } from './statuses.js';
import type { WireSubscription } from './wire.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, shopper, account, clock } = session;

  /** Takes records from a list that is being read anyway. */
  async function findAll(keys: readonly string[]): Promise<readonly Lookup<WireSubscription>[]> {
    for (const list of reads.lists.planned('subscriptions')) {
      const listed = await list.catch(() => null);
      for (const record of listed?.records ?? []) reads.subscriptions.note(record.id, found(record));
    }
    return reads.subscriptions.getMany(keys);
  }

  return {
    async getMany(keys) {
      const records = await findAll(keys);
      return records.map((record) => {
        const isOther =
          record.state === 'found' &&
          (record.value.status === ONETIME || !isVisibleTo(shopper, record.value.customerId));
        return isOther ? missing : mapLookup(record, (wire) => toSubscription(wire, account, clock()));
      });
    },

    async listFor(customerId) {
      requireCustomerId(isRecordId(customerId), 'Recharge', 'the digits of a customer');
      const { records, problem } = await reads.lists.plan(customerId, { subscriptions: true }).subscriptions;
      const wires = records.filter(({ status }) => status !== ONETIME);
      return mapRecords(
        { records: wires, problem },
        (wire) => toSubscription(wire, account, clock()),
        ({ id }) => id,
      );
    },

    nextOrders: (subscriptions) => Promise.all(subscriptions.map((each) => nextOrderOf(session, each))),
  };
}

/** Finds the queued charge that holds a subscription: a prepaid one, and one whose charge is in error, has none. */
function nextOrderOf({ reads, account, clock }: Session, subscription: Subscription): Promise<Lookup<Order>> {
  const { customerId, providerId } = subscription;
  return attemptLookup(async () => {
    if (customerId === null) return missing;
    const { records, problem } = await reads.lists.plan(customerId, { charges: true }).charges;
    const queued = records.filter(isQueued);
    const charge = queued.find(({ lines }) => lines.records.some(({ itemId }) => itemId === providerId));
    const unread = queued.map(({ lines }) => lines.problem).find((each) => each !== null) ?? null;
    if (charge === undefined && unread) return failed(unread);
    return mapLookup(lookupIn(charge, problem), (wire) => toOrder(wire, account, clock()));
  });
}
