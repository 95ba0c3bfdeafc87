import type { Account } from '../../domain/account.js';
import { type Decoded, decodeEach, decodeIfFound } from '../kit/decode.js';
import { createListPlan, type ListPlan } from '../kit/list-plan.js';
import { type AsyncMemo, keyOfSet, memoize, memoizeById } from '../kit/memoize.js';
import { decodePages, requireRows, withoutRepeats } from '../kit/pages.js';
import type { AccountCache } from './account-cache.js';
import { type OrdergrooveClient, productChunks } from './client.js';
import {
  groupByOrder,
  type ItemsByOrder,
  type OrderOfCustomer,
  readItemsOfCustomer,
  readItemsOfOrder,
} from './items.js';
import type { OfferLookup } from './offer-lookup.js';
import type { OrdergrooveSettings } from './settings.js';
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

/** Reads of one data source: makes none twice, and keeps nothing longer than the request. */
export interface Reads {
  readonly lists: ListPlan<CustomerLists>;
  readonly itemsOfOrder: AsyncMemo<OrderOfCustomer, ItemsByOrder>;
  /** By identifier; null when there is none. */
  readonly order: AsyncMemo<string, WireOrder | null>;
  readonly item: AsyncMemo<string, WireItem | null>;
  readonly subscription: AsyncMemo<string, WireSubscription | null>;
  readonly products: AsyncMemo<readonly string[], Decoded<WireProduct>>;
  readonly offer: AsyncMemo<readonly string[], OfferLookup>;
}

/** Lists that one customer's records come in. */
export interface CustomerLists {
  readonly upcomingOrders: Decoded<WireOrder>;
  /** Items of the upcoming orders; null when they must be read order by order. */
  readonly items: ItemsByOrder | null;
  /** Those in force: a customer may have hundreds that have ended. */
  readonly subscriptions: SubscriptionList;
  readonly allSubscriptions: SubscriptionList;
}

export interface SubscriptionList extends Decoded<WireSubscription> {
  readonly byId: ReadonlyMap<string, WireSubscription>;
}

/** Of every record but a product. */
const ID = 'public_id';

/** Time for facts without which an item can be judged as well. */
const OPTIONAL_FACTS_MS = 1_000;

export function createReads(
  client: OrdergrooveClient,
  cache: AccountCache,
  { settings, timeoutMs }: Account<OrdergrooveSettings>,
): Reads {
  const readSubscriptions = async (customerId: string, which: 'live' | 'all'): Promise<SubscriptionList> => {
    const list = await decodePages(client.subscriptionsOf(customerId, which), decodeSubscription, ID);
    return { ...list, byId: new Map(list.records.map((each) => [each.publicId, each])) };
  };
  const lists: ListPlan<CustomerLists> = createListPlan<CustomerLists>({
    upcomingOrders: (customerId) => decodePages(client.upcomingOrders(customerId), decodeOrder, ID),
    items: (customerId) =>
      readItemsOfCustomer(
        client,
        cache,
        customerId,
        () => lists.plan(customerId, { upcomingOrders: true }).upcomingOrders,
      ),
    subscriptions: (customerId) => readSubscriptions(customerId, 'live'),
    allSubscriptions: (customerId) => readSubscriptions(customerId, 'all'),
  });
  return {
    lists,
    itemsOfOrder: memoize(
      async (of) => groupByOrder(await readItemsOfOrder(client, cache, of)),
      ({ orderId }) => orderId,
    ),
    order: memoizeById(async (id) => decodeIfFound(await client.order(id), decodeOrder)),
    item: memoizeById(async (id) => decodeIfFound(await client.item(id), decodeItem)),
    subscription: memoizeById(async (id) => decodeIfFound(await client.subscription(id), decodeSubscription)),
    products: memoize(async (ids) => {
      const lists = await Promise.all(productChunks(ids).map((part) => requireRows(client.products(part))));
      return decodeEach(withoutRepeats(lists.flat(), 'external_product_id'), decodeProduct, 'external_product_id');
    }, keyOfSet),
    offer: memoize(async (productIds) => {
      const isOfferKnown = settings.offerId !== undefined || cache.offerId(productIds) !== undefined;
      const lookup = await client.lookUpOffer(
        productIds,
        isOfferKnown ? Math.min(OPTIONAL_FACTS_MS, timeoutMs) : undefined,
      );
      cache.noteOffer(productIds, lookup.offerId);
      return lookup;
    }, keyOfSet),
  };
}
