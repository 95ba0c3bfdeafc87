import { type Decoded, decodeEach } from '../../http/decode.js';
import { type OrdergrooveClient, productChunks } from './client.js';
import { readItemsOfCustomer } from './customer-items.js';
import { groupByOrder, type ItemsByOrder } from './items-by-order.js';
import type { AccountMemory } from './memory.js';
import type { OfferLookup } from './offer-lookup.js';
import { once, type Once, onceById } from '../../http/once.js';
import { decodeAll, type Page } from './pages.js';
import {
  decodeItem,
  decodeOrder,
  decodeProduct,
  decodeSubscription,
  type WireItem,
  type WireOrder,
  type WireProduct,
  type WireSubscription,
} from './wire.js';

/** The reads of one data source: none is made twice, and nothing read outlives it. */
export interface Reads {
  /** By customer. */
  readonly upcomingOrders: Once<string, Decoded<WireOrder>>;
  /** By customer; null when items must be read order by order. */
  readonly itemsOfCustomer: Once<string, ItemsByOrder | null>;
  readonly itemsOfOrder: Once<OrderOfCustomer, ItemsByOrder>;
  /** By customer. */
  readonly subscriptionsOf: Once<string, SubscriptionList>;
  /** By identifier; null when there is none. */
  readonly order: Once<string, WireOrder | null>;
  readonly item: Once<string, WireItem | null>;
  readonly subscription: Once<string, WireSubscription | null>;
  readonly products: Once<readonly string[], Decoded<WireProduct>>;
  readonly offer: Once<readonly string[], OfferLookup>;
}

export interface SubscriptionList extends Decoded<WireSubscription> {
  readonly byId: ReadonlyMap<string, WireSubscription>;
}

export interface OrderOfCustomer {
  readonly orderId: string;
  readonly customerId: string | null;
}

export function createReads(client: OrdergrooveClient, memory: AccountMemory): Reads {
  const upcomingOrders = onceById((customerId) => decodeAll(client.upcomingOrders(customerId), decodeOrder));
  return {
    upcomingOrders,
    itemsOfCustomer: onceById((customerId) =>
      readItemsOfCustomer(client, memory, customerId, () => upcomingOrders.get(customerId)),
    ),
    itemsOfOrder: once(
      async ({ orderId, customerId }) => groupByOrder(await rowsOf(client.itemsOfOrder(orderId, customerId))),
      ({ orderId }) => orderId,
    ),
    subscriptionsOf: onceById(async (customerId) => {
      const list = await decodeAll(client.subscriptionsOf(customerId), decodeSubscription);
      return { ...list, byId: new Map(list.records.map((record) => [record.publicId, record])) };
    }),
    order: onceById(async (id) => unlessMissing(await client.order(id), decodeOrder)),
    item: onceById(async (id) => unlessMissing(await client.item(id), decodeItem)),
    subscription: onceById(async (id) => unlessMissing(await client.subscription(id), decodeSubscription)),
    products: once(async (ids) => {
      const lists = await Promise.all(productChunks(ids).map((part) => rowsOf(client.products(part))));
      return decodeEach(lists.flat(), decodeProduct);
    }, keyOfSet),
    offer: once(async (productIds) => {
      const lookup = await client.lookUpOffer(productIds);
      memory.noteOffer(lookup.offerId);
      return lookup;
    }, keyOfSet),
  };
}

async function rowsOf(pages: AsyncGenerator<Page>): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}

function unlessMissing<T>(value: unknown, decode: (value: unknown) => T): T | null {
  return value === null ? null : decode(value);
}

function keyOfSet(ids: readonly string[]): string {
  return JSON.stringify([...ids].sort());
}
