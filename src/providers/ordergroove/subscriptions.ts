import { failed, found, type Lookup, missing, valueOf } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problemOf } from '../../domain/problem.js';
import type { SubscriptionReader } from '../../domain/provider.js';
import type { Subscription } from '../../domain/subscription.js';
import { attempt, attemptLookup, lookupIn, mapLookup, mapRecords } from '../kit/lookups.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { isVisibleTo, keepOwn } from '../kit/ownership.js';
import { identifiers, isRecordId } from './keys.js';
import { toOrder, toSubscription } from './mapping.js';
import type { SubscriptionList } from './reads.js';
import type { Session } from './session.js';
import type { WireSubscription } from './wire.js';

export function createSubscriptionReader(session: Session): SubscriptionReader {
  const { reads, account, clock } = session;
  return {
    async getMany(keys) {
      planListing(session, keys);
      const lists = await plannedLists(session);
      return Promise.all(keys.map((key) => readSubscription(session, lists, key)));
    },

    async listFor(customerId) {
      requireCustomerId(identifiers, customerId);
      const { allSubscriptions } = reads.lists.plan(customerId, { allSubscriptions: true });
      const listed = keepOwn(await allSubscriptions, customerId, ownerOf);
      const now = clock();
      return mapRecords(listed, (record) => toSubscription(record, account, now), idOf);
    },

    nextOrders: (subscriptions) =>
      Promise.all(subscriptions.map((each) => attemptLookup(() => nextOrderOf(session, each)))),
  };
}

/**
 * Plans to list the subscriptions in force by one call where several are wanted: there is no filter by identifiers. A
 * shopper who is only recognised may not list.
 */
function planListing({ reads, shopper }: Session, keys: readonly string[]): void {
  if (reads.lists.planned('allSubscriptions').length > 0) return;
  const isWorthwhile = new Set(keys).size > 1 && shopper.customerId !== null && !shopper.recognised;
  if (isWorthwhile && shopper.customerId !== null) reads.lists.plan(shopper.customerId, { subscriptions: true });
}

type SettledLists = readonly PromiseSettledResult<SubscriptionList>[];

function plannedLists({ reads }: Pick<Session, 'reads'>): Promise<SettledLists> {
  return Promise.allSettled([...reads.lists.planned('allSubscriptions'), ...reads.lists.planned('subscriptions')]);
}

/** Reads nothing and waits for nothing where a list has it: long orders name many. */
function readSubscription(session: Session, lists: SettledLists, key: string): Promise<Lookup<Subscription>> {
  if (!isRecordId(key)) return Promise.resolve(missing);
  const listed = pickFrom(lists, key);
  if (listed.state !== 'missing') return Promise.resolve(show(session, listed));
  return attempt(() => session.reads.subscription.get(key)).then((record) => show(session, record));
}

function show({ account, shopper, clock }: Session, record: Lookup<WireSubscription>): Lookup<Subscription> {
  if (record.state === 'found' && !isVisibleTo(shopper, record.value.customer)) return missing;
  return mapLookup(record, (wire) => toSubscription(wire, account, clock()));
}

/** Takes a subscription from a list that is being read, or reads it by itself. */
export async function findSubscription(session: Pick<Session, 'reads'>, key: string): Promise<WireSubscription | null> {
  return valueOf(pickFrom(await plannedLists(session), key)) ?? (await session.reads.subscription.get(key));
}

/**
 * Picks a subscription from the lists that were read. A list that could not be read, whole or in part, is not made up
 * for by many single calls.
 */
function pickFrom(lists: SettledLists, key: string): Lookup<WireSubscription> {
  for (const list of lists) {
    if (list.status === 'rejected') return failed(problemOf(list.reason));
    const picked = lookupIn(list.value.byId.get(key), list.value.problem);
    if (picked.state !== 'missing') return picked;
  }
  return missing;
}

/** Finds the next order of a subscription, which names no date: the soonest upcoming one that holds an item of it. */
async function nextOrderOf({ reads, account, clock }: Session, subscription: Subscription): Promise<Lookup<Order>> {
  const { customerId, providerId } = subscription;
  if (customerId === null) return missing;
  const lists = reads.lists.plan(customerId, { upcomingOrders: true, items: true });
  const items = await lists.items;
  const { records, problem: gap } = await lists.upcomingOrders;
  const orders = [...records].sort((left, right) => (left.place ?? '~').localeCompare(right.place ?? '~'));
  for (const order of orders) {
    const own = items ?? (await reads.itemsOfOrder.get({ orderId: order.publicId, customerId }));
    const lines = own.of(order.publicId);
    if (lines.state === 'failed') return lines;
    const holdsIt = lines.state === 'found' && lines.value.some((item) => item.subscription === providerId);
    if (holdsIt) return mapLookup(found(order), (wire) => toOrder(wire, account, clock()));
  }
  return lookupIn<Order>(undefined, gap);
}

function ownerOf({ customer }: WireSubscription): string | null {
  return customer;
}

function idOf({ publicId }: WireSubscription): string {
  return publicId;
}
