import type { Account } from '../../domain/account.js';
import { type ApiPath, apiPath } from '../kit/api-path.js';
import { chunk } from '../kit/chunks.js';
import { decodeOfferLookup, mergeOfferLookups, type OfferLookup } from './offer-lookup.js';
import type { JsonResult } from '../kit/json-api.js';
import { optionalInteger, requireObject } from '../kit/decode.js';
import { followPages, nextIn, type Page, rowsIn } from '../kit/pages.js';
import { newSessionId } from './keys.js';
import type { Endpoint, Requests } from './requests.js';
import type { OrdergrooveSettings } from './settings.js';

/** Pages of a list, each found by the query of its address. */
export type OrdergroovePages = AsyncIterable<Page<string>>;

/** The calls of https://developer.ordergroove.com/reference this provider makes. Rows come as they were sent. */
export interface OrdergrooveClient {
  upcomingOrders(customerId: string): OrdergroovePages;
  /** Lists the orders of a customer that were changed at or after a time on Central clocks, whatever became of them. */
  ordersChangedSince(customerId: string, time: string): OrdergroovePages;
  /** Lists the items of all upcoming orders of a customer. */
  upcomingItems(customerId: string): OrdergroovePages;
  /** Lists the items of an order. The customer is named where it is known and `isNarrowed` asks for it. */
  itemsOfOrder(orderId: string, customerId: string | null, isNarrowed: boolean): OrdergroovePages;
  /** Whether a list can name its customer at all: a storefront key's signature does. */
  readonly namesCustomer: boolean;
  subscriptionsOf(customerId: string, which: 'live' | 'all'): OrdergroovePages;
  /** Lists products, also discontinued ones and those that cannot be subscribed to. */
  products(ids: readonly string[]): OrdergroovePages;
  /** Fetches an order; null when there is none. */
  order(id: string): Promise<unknown>;
  item(id: string): Promise<unknown>;
  subscription(id: string): Promise<unknown>;
  lookUpOffer(productIds: readonly string[], timeoutMs?: number): Promise<OfferLookup>;

  addItem(body: NewItem): Promise<JsonResult>;
  createSubscriptionFromItem(body: ItemConversion): Promise<JsonResult>;
  createSubscriptionOnOrder(body: NewSubscription): Promise<JsonResult>;
  changeItemQuantity(itemId: string, quantity: number): Promise<JsonResult>;
  deleteItem(itemId: string): Promise<JsonResult>;
}

export type NewItem = Readonly<Record<'order' | 'offer' | 'product', string> & { quantity: number }>;

export type ItemConversion = Readonly<
  Record<'item' | 'session_id', string> & { every: number; every_period: number; offer?: string }
>;

export type NewSubscription = Readonly<
  Record<
    'merchant' | 'customer' | 'product' | 'offer' | 'order' | 'session_id' | 'payment' | 'shipping_address',
    string
  > & { quantity: number; every: number; every_period: number }
>;

/** The most rows a page may have. */
const PAGE_SIZE = 100;

/** Longer URLs are refused by common gateways. */
const MAX_URL_LENGTH = 7000;

export function createClient(account: Account<OrdergrooveSettings>, requests: Requests): OrdergrooveClient {
  const { merchantId, pagination } = account.settings;
  const headers: Record<string, string> = pagination === 'cursor' ? { 'x-og-api-version': '2' } : {};

  function list(
    endpoint: Endpoint,
    path: ApiPath,
    filters: Filters,
    customerId: string | null = null,
  ): OrdergroovePages {
    const query = new URLSearchParams(filters);
    query.set('page_size', String(PAGE_SIZE));
    const first = query.toString();
    return followPages(first, async (page) =>
      toPage(await requests.find({ endpoint, path, query: page, headers, customerId, isLaterPage: page !== first })),
    );
  }

  /** Names the customer for application keys: in Storefront scope the signature does. */
  function ofCustomer(customerId: string): Record<string, string> {
    return requests.scope === 'application' ? { customer: customerId } : {};
  }

  function write(endpoint: Endpoint, method: 'POST' | 'PATCH', path: ApiPath, body: Record<string, string | number>) {
    return requests.send({ endpoint, method, path, body });
  }

  return {
    upcomingOrders: (customerId) =>
      list('listOrders', apiPath`/orders/`, { status: '1', ...ofCustomer(customerId) }, customerId),
    ordersChangedSince: (customerId, time) =>
      list('listOrders', apiPath`/orders/`, { updated_start: time, ...ofCustomer(customerId) }, customerId),
    upcomingItems: (customerId) =>
      list('listItems', apiPath`/items/`, { status: '1', ...ofCustomer(customerId) }, customerId),
    itemsOfOrder(orderId, customerId, isNarrowed) {
      const narrowed = isNarrowed && customerId !== null ? ofCustomer(customerId) : {};
      return list('listItems', apiPath`/items/`, { order: orderId, ...narrowed }, customerId);
    },
    namesCustomer: requests.scope === 'application',
    subscriptionsOf: (customerId, which) =>
      list(
        'listSubscriptions',
        apiPath`/subscriptions/`,
        { ...ofCustomer(customerId), ...(which === 'live' && { live: 'true' }) },
        customerId,
      ),
    products: (ids) =>
      list('listProducts', apiPath`/products/`, [
        ['autoship_enabled', 'all'],
        ['allow_discontinued', 'true'],
        ...ids.map((id): [string, string] => ['external_product_ids[]', id]),
      ]),

    order: (id) => requests.find({ endpoint: 'retrieveOrder', path: apiPath`/orders/${{ order: id }}/` }),
    item: (id) => requests.find({ endpoint: 'retrieveItem', path: apiPath`/items/${{ item: id }}/` }),
    subscription: (id) =>
      requests.find({ endpoint: 'retrieveSubscription', path: apiPath`/subscriptions/${{ subscription: id }}/` }),

    async lookUpOffer(productIds, timeoutMs) {
      const chunks = chunk(productIds, { maxCount: PAGE_SIZE, maxLength: MAX_URL_LENGTH }, (id) => encodedLength(id));
      const asked = chunks.length > 0 ? chunks : [[]];
      const read = async (ids: readonly string[]) => {
        const query = new URLSearchParams({
          session_id: newSessionId(merchantId),
          page_type: '1',
          p: JSON.stringify(ids),
          module_view: '["regular"]',
        });
        return decodeOfferLookup(
          await requests.findOffer(apiPath`/offer/${{ merchant: merchantId }}/pdp`, query.toString(), timeoutMs),
        );
      };
      return mergeOfferLookups(await Promise.all(asked.map(read)));
    },

    addItem: (body) => write('addItem', 'POST', apiPath`/items/iu/`, body),
    createSubscriptionFromItem: (body) =>
      write('createSubscriptionFromItem', 'POST', apiPath`/subscriptions/create_from_item/`, body),
    createSubscriptionOnOrder: (body) => write('createSubscriptionOnOrder', 'POST', apiPath`/subscriptions/iu/`, body),
    changeItemQuantity: (itemId, quantity) =>
      write('changeItemQuantity', 'PATCH', apiPath`/items/${{ item: itemId }}/change_quantity/`, { quantity }),
    deleteItem: (itemId) =>
      requests.send({ endpoint: 'deleteItem', method: 'DELETE', path: apiPath`/items/${{ item: itemId }}/delete/` }),
  };
}

/**
 * Reads a page in either of its two envelopes. Host and path stay the account's.
 * See https://developer.ordergroove.com/reference/pagination
 */
function toPage(body: unknown): Page<string> {
  const fields = requireObject(body, 'a page of a list');
  const { next, isCut = false } = nextIn(fields, 'next');
  const queryStart = next?.indexOf('?') ?? -1;
  return {
    rows: rowsIn(fields, 'results'),
    next: next === null || queryStart === -1 ? null : next.slice(queryStart + 1),
    isCut: isCut || (next !== null && queryStart === -1),
    total: optionalInteger(fields, 'count'),
  };
}

type Filters = Record<string, string> | [string, string][];

/** Divides products into lists that fit one call each. */
export function productChunks(ids: readonly string[]): readonly (readonly string[])[] {
  const parameterLength = 'external_product_ids%5B%5D=&'.length;
  const limits = { maxCount: PAGE_SIZE, maxLength: MAX_URL_LENGTH };
  return chunk(ids, limits, (id) => parameterLength + encodedLength(id));
}

function encodedLength(id: string): number {
  return encodeURIComponent(id).length + '%22%22%2C'.length;
}
