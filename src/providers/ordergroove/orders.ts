import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import type { OrderReader, UpcomingOrderReader } from '../../domain/provider.js';
import { attempt, mapLookup, mapRecords } from '../kit/lookups.js';
import { requireCustomerId } from '../kit/customer-id.js';
import { isAmong, isVisibleTo, keepOwn } from '../kit/ownership.js';
import { identifiers, isRecordId } from './keys.js';
import { toOrder } from './mapping.js';
import type { Session } from './session.js';
import type { WireOrder } from './wire.js';

export function createOrderReader(session: Session): OrderReader {
  return {
    async getMany(keys) {
      const listed = await listedOrders(session, keys);
      return Promise.all(keys.map((key) => readOrder(session, key, listed)));
    },
  };
}

export function createUpcomingOrderReader(session: Session): UpcomingOrderReader {
  const { reads, account, clock } = session;
  return {
    async list(customerId, prefetch) {
      requireCustomerId(identifiers, customerId);
      const { upcomingOrders } = reads.lists.plan(customerId, {
        upcomingOrders: true,
        // Listed by customer too, so they need not wait for the orders.
        items: prefetch.lineItems,
        subscriptions: prefetch.subscriptions,
      });
      const listed = keepOwn(await upcomingOrders, customerId, ownerOf);
      const now = clock();
      const { items, problem } = mapRecords(listed, (record) => toOrder(record, account, now), idOf);
      return { items: items.filter(({ status }) => status === 'SCHEDULED' || status === 'UNKNOWN'), problem };
    },
  };
}

/** Takes orders from the lists being read, with the shopper's among them when it saves calls. */
async function listedOrders(
  { reads, shopper }: Session,
  keys: readonly string[],
): Promise<ReadonlyMap<string, WireOrder>> {
  const isListWorthwhile = new Set(keys).size > 1 && shopper.customerId !== null;
  if (isListWorthwhile && shopper.customerId !== null) reads.lists.plan(shopper.customerId, { upcomingOrders: true });
  return ordersBeingListed(reads);
}

/** Orders of the lists being read, by key. */
export async function ordersBeingListed({ lists }: Session['reads']): Promise<ReadonlyMap<string, WireOrder>> {
  const read = await Promise.allSettled(lists.planned('upcomingOrders'));
  const records = read.flatMap((list) => (list.status === 'fulfilled' ? list.value.records : []));
  return new Map(records.map((record) => [record.publicId, record]));
}

function readOrder(session: Session, key: string, listed: ReadonlyMap<string, WireOrder>): Promise<Lookup<Order>> {
  if (!isRecordId(key)) return Promise.resolve(missing);
  const known = listed.get(key);
  if (known) return Promise.resolve(show(session, found(known)));
  return attempt(() => session.reads.order.get(key)).then((record) => show(session, record));
}

function show(session: Session, record: Lookup<WireOrder>): Lookup<Order> {
  const { account, clock } = session;
  if (record.state === 'found' && !mayShow(session, record.value)) return missing;
  return mapLookup(record, (wire) => toOrder(wire, account, clock()));
}

export function mayShow({ shopper, onlyOrders }: Session, { customer, publicId }: WireOrder): boolean {
  return isVisibleTo(shopper, customer) && isAmong(onlyOrders, publicId);
}

function ownerOf({ customer }: WireOrder): string | null {
  return customer;
}

function idOf({ publicId }: WireOrder): string {
  return publicId;
}
