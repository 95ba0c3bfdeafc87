import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problem, problemOf, ProviderFailure } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import type { Decoded } from '../../http/decode.js';
import { toOrder, toSubscription } from './mapping.js';
import { isRecordId } from './record-id.js';
import { isVisibleTo, type Session } from './session.js';
import type { WireSubscription } from './wire.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  return {
    async getMany(keys) {
      startListing(session, keys);
      return Promise.all(keys.map((key) => readSubscription(session, key)));
    },

    async listFor(customerId) {
      const { records, problem: found } = await session.reads.subscriptionsOf.get(customerId);
      if (records.some(({ customer }) => customer !== null && customer !== customerId)) {
        throw new ProviderFailure(problem('CONTRACT_DRIFT', "Ordergroove listed another customer's subscriptions."));
      }
      return {
        items: records.map((record) => toSubscription(record, session.account, session.clock())),
        problem: found,
      };
    },

    nextOrders: (subscriptions) => Promise.all(subscriptions.map((each) => nextOrderOf(session, each))),
  };
}

/** There is no filter by identifiers; the customer's whole list is one call. Who is only recognised may not list. */
function startListing({ reads, shopper }: Session, keys: readonly string[]): void {
  const isWorthwhile = new Set(keys).size > 1 && shopper.customerId !== null && !shopper.recognised;
  if (isWorthwhile && shopper.customerId !== null) void reads.subscriptionsOf.get(shopper.customerId);
}

async function readSubscription(session: Session, key: string): Promise<Lookup<Subscription>> {
  const { account, shopper, clock } = session;
  if (!isRecordId(key)) return missing;
  try {
    const record = await findSubscription(session, key);
    return record && isVisibleTo(shopper, record.customer) ? found(toSubscription(record, account, clock())) : missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** From a list that was asked for anyway, else by itself. */
export async function findSubscription(
  { reads }: Pick<Session, 'reads'>,
  key: string,
): Promise<WireSubscription | null> {
  return (await pickFromLists(reads.subscriptionsOf.started(), key)) ?? (await reads.subscription.get(key));
}

/** A list that could not be read, whole or in part, is not made up for by many single calls. */
async function pickFromLists(
  lists: readonly Promise<Decoded<WireSubscription>>[],
  key: string,
): Promise<WireSubscription | null> {
  for (const list of lists) {
    const { records, problem: found } = await list;
    const record = records.find(({ publicId }) => publicId === key);
    if (record) return record;
    if (found) throw new ProviderFailure(found);
  }
  return null;
}

/** A subscription names no date: its next order is the soonest upcoming one that holds an item of it. */
async function nextOrderOf({ reads, account, clock }: Session, subscription: Subscription): Promise<Lookup<Order>> {
  const { customerId, providerId } = subscription;
  if (customerId === null) return missing;
  try {
    const listing = reads.upcomingOrders.get(customerId);
    const items = await reads.itemsOfCustomer.get(customerId);
    const orders = [...(await listing).records].sort((left, right) =>
      (left.place ?? '~').localeCompare(right.place ?? '~'),
    );
    for (const order of orders) {
      const own = items ?? (await reads.itemsOfOrder.get({ orderId: order.publicId, customerId }));
      const lines = own.of(order.publicId);
      if (lines.state === 'failed') return lines;
      const holdsIt = lines.state === 'found' && lines.value.some((item) => item.subscription === providerId);
      if (holdsIt) return found(toOrder(order, account, clock()));
    }
    return missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}
