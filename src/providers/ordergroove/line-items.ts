import { sameText } from '../../domain/same-customer.js';
import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { problemOf } from '../../domain/problem.js';
import type { LineItemReader, OrderReader } from '../../domain/provider.js';
import { attempt, attemptLookup, mapLookup } from '../kit/lookups.js';
import { isAmong } from '../kit/ownership.js';
import type { ItemsByOrder } from './items.js';
import { isRecordId } from './keys.js';
import { lineMapper } from './mapping.js';
import type { Session } from './session.js';
import { findSubscription } from './subscriptions.js';
import type { WireItem } from './wire.js';

export function createLineItemReader(session: Session, orders: OrderReader): LineItemReader {
  return {
    async getMany(keys) {
      const items = await readItemsByKey(session, keys);
      const orderKeys = [...new Set(items.flatMap((item) => (item.state === 'found' ? item.value.order : [])))];
      const read = await orders.getMany(orderKeys);
      const orderByKey = new Map(orderKeys.map((key, index) => [key, read[index] ?? missing]));
      return Promise.all(
        items.map(async (item) =>
          item.state === 'found' ? lineOf(session, item.value, orderByKey.get(item.value.order) ?? missing) : item,
        ),
      );
    },

    forOrders: (of) => linesOfMany(session, of),
  };
}

/** Reads the lines of each order; from one list when several are the same customer's. */
export async function linesOfMany(
  session: Session,
  orders: readonly Order[],
): Promise<readonly Lookup<readonly LineItem[]>[]> {
  const scheduled = orders.filter(({ status }) => status === 'SCHEDULED');
  const isOneOfMany = ({ customerId, providerId }: Order) =>
    scheduled.some(
      (other) =>
        other.customerId !== null &&
        customerId !== null &&
        sameText(other.customerId, customerId) &&
        other.providerId !== providerId,
    );
  return Promise.all(orders.map((order) => linesOf(session, order, isOneOfMany(order))));
}

/** Reads the lines of an order. Catches by itself: a wrapper would cost each order of a list a promise more. */
async function linesOf(session: Session, order: Order, isOneOfMany: boolean): Promise<Lookup<readonly LineItem[]>> {
  try {
    const items = await readItems(session, order, isOneOfMany);
    if (items.state !== 'found') return items;
    const complete = await withProducts(session, items.value);
    return mapLookup(found(complete), (all) => all.map(lineMapper(order, session.account)));
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Takes the items of an unsent order from the customer's list where it is being read or worthwhile; reads others by their order. */
async function readItems(
  { reads }: Session,
  { customerId, providerId, status }: Order,
  isOneOfMany: boolean,
): Promise<Lookup<readonly WireItem[]>> {
  if (status === 'SCHEDULED' && customerId !== null) {
    const items = await reads.lists.plan(customerId, { items: isOneOfMany }).items;
    if (items) return items.of(providerId);
  }
  return (await reads.itemsOfOrder.get({ orderId: providerId, customerId })).of(providerId);
}

/** Maps a line with its order, which alone says whose it is and what may be done to it. */
async function lineOf(session: Session, item: WireItem, order: Lookup<Order>): Promise<Lookup<LineItem>> {
  if (order.state !== 'found') return order;
  return attemptLookup(async () => {
    const [complete = item] = await withProducts(session, [item]);
    return mapLookup(found(complete), lineMapper(order.value, session.account));
  });
}

/**
 * Fills in the product of upcoming items that name none: it is their subscription's.
 * See https://developer.ordergroove.com/docs/data-model-at-a-glance
 */
async function withProducts(session: Session, items: readonly WireItem[]): Promise<readonly WireItem[]> {
  if (items.every(({ product }) => product !== null)) return items;
  return Promise.all(
    items.map(async (item) => {
      if (item.product !== null || item.subscription === null) return item;
      const subscription = await findSubscription(session, item.subscription);
      return { ...item, product: subscription?.product ?? null };
    }),
  );
}

/**
 * Reads items by their keys. There is no filter by identifiers: several are looked for in the shopper's own lists
 * before they are read one by one.
 */
async function readItemsByKey(session: Session, keys: readonly string[]): Promise<readonly Lookup<WireItem>[]> {
  try {
    const wanted = new Set(keys.filter(isRecordId)).size;
    const lists = wanted > 1 ? await readOwnItems(session, wanted) : [];
    return await Promise.all(keys.map((key) => readItem(session, key, lists)));
  } catch (error) {
    const failure = failed(problemOf(error));
    return keys.map(() => failure);
  }
}

/** Reads the items of the shopper's unsent orders; order by order only where that takes fewer calls than one for each item. */
async function readOwnItems(
  { reads, shopper: { customerId } }: Session,
  wanted: number,
): Promise<readonly ItemsByOrder[]> {
  if (customerId === null) return [];
  const lists = reads.lists.plan(customerId, { upcomingOrders: true, items: true });
  const items = await lists.items;
  if (items) return [items];
  const { records } = await lists.upcomingOrders;
  if (records.length >= wanted) return [];
  return Promise.all(records.map(({ publicId }) => reads.itemsOfOrder.get({ orderId: publicId, customerId })));
}

async function readItem(session: Session, key: string, lists: readonly ItemsByOrder[]): Promise<Lookup<WireItem>> {
  const { reads, shopper, onlyOrders } = session;
  if (!isRecordId(key)) return missing;
  for (const list of lists) {
    const listed = list.item(key);
    if (listed) return found(listed);
  }
  const item = await attempt(() => reads.item.get(key));
  if (item.state === 'found') return isAmong(onlyOrders, item.value.order) ? item : missing;
  // Whose an item is says its order. For one that does not exist an order is asked for too, so that it costs what another's costs.
  if (item.state === 'missing' && shopper.customerId !== null) await attempt(() => reads.order.get(key));
  return item;
}
