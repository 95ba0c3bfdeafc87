import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { ProviderFailure } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { attempt, attemptLookup, mapLookup, mapRecords } from '../kit/lookups.js';
import { isVisibleTo, requireOwn } from '../kit/ownership.js';
import { isRecordId } from './keys.js';
import { toOrder, toSubscription } from './mapping.js';
import type { SubscriptionList } from './reads.js';
import type { Session } from './session.js';
import type { WireSubscription } from './wire.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, account, clock } = session;
  return {
    async getMany(keys) {
      startListing(session, keys);
      const lists = await requestedLists(session);
      return Promise.all(keys.map((key) => readSubscription(session, lists, key)));
    },

    async listFor(customerId) {
      const listed = requireOwn(await reads.subscriptionsOf.get(customerId), customerId, ownerOf);
      const now = clock();
      return mapRecords(listed, (record) => toSubscription(record, account, now));
    },

    nextOrders: (subscriptions) =>
      Promise.all(subscriptions.map((each) => attemptLookup(() => nextOrderOf(session, each)))),
  };
}

/** There is no filter by identifiers; the customer's whole list is one call. Who is only recognised may not list. */
function startListing({ reads, shopper }: Session, keys: readonly string[]): void {
  const isWorthwhile = new Set(keys).size > 1 && shopper.customerId !== null && !shopper.recognised;
  if (isWorthwhile && shopper.customerId !== null) void reads.subscriptionsOf.get(shopper.customerId);
}

type SettledLists = readonly PromiseSettledResult<SubscriptionList>[];

function requestedLists({ reads }: Pick<Session, 'reads'>): Promise<SettledLists> {
  return Promise.allSettled(reads.subscriptionsOf.requested());
}

async function readSubscription(session: Session, lists: SettledLists, key: string): Promise<Lookup<Subscription>> {
  const { reads, account, shopper, clock } = session;
  if (!isRecordId(key)) return missing;
  const record = await attempt(async () => pickFrom(lists, key) ?? reads.subscription.get(key));
  const isVisible = record.state !== 'found' || isVisibleTo(shopper, record.value.customer);
  return isVisible ? mapLookup(record, (wire) => toSubscription(wire, account, clock())) : missing;
}

/** From a list that was asked for anyway, else by itself. */
export async function findSubscription(session: Pick<Session, 'reads'>, key: string): Promise<WireSubscription | null> {
  return pickFrom(await requestedLists(session), key) ?? (await session.reads.subscription.get(key));
}

/** A list that could not be read, whole or in part, is not made up for by many single calls. */
function pickFrom(lists: SettledLists, key: string): WireSubscription | null {
  for (const list of lists) {
    if (list.status === 'rejected') throw list.reason;
    const { byId, problem: gap } = list.value;
    const record = byId.get(key);
    if (record) return record;
    if (gap) throw new ProviderFailure(gap);
  }
  return null;
}

/** A subscription names no date: its next order is the soonest upcoming one that holds an item of it. */
async function nextOrderOf({ reads, account, clock }: Session, subscription: Subscription): Promise<Lookup<Order>> {
  const { customerId, providerId } = subscription;
  if (customerId === null) return missing;
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
    if (holdsIt) return mapLookup(found(order), (wire) => toOrder(wire, account, clock()));
  }
  return missing;
}

function ownerOf({ customer }: WireSubscription): string | null {
  return customer;
}
