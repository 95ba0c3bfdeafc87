import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import { problemOf } from '../../domain/problem.js';
import type { LineItemReader, OrderReader } from '../../domain/provider.js';
import { readItemsByKey } from './items-by-key.js';
import { lineMapper } from './mapping.js';
import type { Session } from './session.js';
import { findSubscription } from './subscriptions.js';
import type { WireItem } from './wire.js';

export function createLineItemReader(session: Session, orders: OrderReader): LineItemReader {
  return {
    async getMany(keys) {
      const items = await readItemsByKey(session, keys);
      const orderKeys = [...new Set(items.flatMap((item) => (item.state === 'found' ? item.value.order : [])))];
      const found = await orders.getMany(orderKeys);
      const orderByKey = new Map(orderKeys.map((key, index) => [key, found[index] ?? missing]));
      return Promise.all(
        items.map(async (item) =>
          item.state === 'found' ? lineOf(session, item.value, orderByKey.get(item.value.order) ?? missing) : item,
        ),
      );
    },

    forOrders: (orders) => linesOfMany(session, orders),
  };
}

/** Lines of each order; one list when several are the same customer's. */
export async function linesOfMany(
  session: Session,
  orders: readonly Order[],
): Promise<readonly Lookup<readonly LineItem[]>[]> {
  const scheduled = orders.filter(({ status }) => status === 'SCHEDULED');
  const isOneOfMany = ({ customerId, providerId }: Order) =>
    scheduled.some((other) => other.customerId === customerId && other.providerId !== providerId);
  return Promise.all(orders.map((order) => linesOf(session, order, isOneOfMany(order))));
}

async function linesOf(session: Session, order: Order, isOneOfMany: boolean): Promise<Lookup<readonly LineItem[]>> {
  try {
    const items = await readItems(session, order, isOneOfMany);
    if (items.state !== 'found') return items;
    return found((await withProducts(session, items.value)).map(lineMapper(order, session.account)));
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Items of an unsent order are in the list of all the customer's; those of others are read by their order. */
async function readItems(
  { reads }: Session,
  { customerId, providerId, status }: Order,
  isOneOfMany: boolean,
): Promise<Lookup<readonly WireItem[]>> {
  if (status === 'SCHEDULED' && customerId !== null) {
    const isListWorthwhile = isOneOfMany || reads.itemsOfCustomer.has(customerId);
    const items = isListWorthwhile ? await reads.itemsOfCustomer.get(customerId) : null;
    if (items) return items.of(providerId);
  }
  return (await reads.itemsOfOrder.get({ orderId: providerId, customerId })).of(providerId);
}

/** Only with its order does a line say whose it is and what may be done to it. */
async function lineOf(session: Session, item: WireItem, order: Lookup<Order>): Promise<Lookup<LineItem>> {
  if (order.state !== 'found') return order;
  try {
    const [complete = item] = await withProducts(session, [item]);
    return found(lineMapper(order.value, session.account)(complete));
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** Some upcoming items name no product: it is their subscription's. https://developer.ordergroove.com/docs/data-model-at-a-glance */
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
