import type { Account } from '../../domain/account.js';
import { type ApiPath, apiPath } from '../kit/api-path.js';
import { objectIn, optionalInteger, requireObject } from '../kit/decode.js';
import type { JsonResult } from '../kit/json-api.js';
import { collectRows, followPages, type Rows, rowsIn } from '../kit/pages.js';
import type { Requests } from './requests.js';
import type { SureCartSettings } from './settings.js';

/** The calls of https://developer.surecart.com/api-reference this provider makes. Rows come as they were sent. */
export interface SureCartClient {
  /** With their checkouts, lines, subscriptions and current upsells. */
  orders(ids: readonly string[]): Promise<Rows>;
  linesOf(checkoutIds: readonly string[]): Promise<Rows>;
  subscriptions(ids: readonly string[]): Promise<Rows>;
  subscriptionsOf(customerId: string): Promise<Rows>;
  subscriptionsOfCheckout(checkoutId: string): Promise<Rows>;
  prices(ids: readonly string[]): Promise<Rows>;
  pricesOfProduct(productId: string): Promise<Rows>;
  upsells(ids: readonly string[]): Promise<Rows>;
  purchases(ids: readonly string[]): Promise<Rows>;
  purchasesOfCheckout(checkoutId: string): Promise<Rows>;

  previewUpsell(line: UpsellLine): Promise<JsonResult>;
  acceptUpsell(line: UpsellLine): Promise<JsonResult>;
  declineUpsell(checkoutId: string, upsellId: string): Promise<JsonResult>;
  createSubscription(subscription: NewSubscription): Promise<JsonResult>;
  revokePurchase(purchaseId: string): Promise<JsonResult>;
}

export interface UpsellLine {
  readonly price: string;
  readonly checkout: string;
  readonly upsell: string;
  readonly quantity: number;
  readonly variant?: string;
}

export interface NewSubscription {
  readonly customer: string;
  readonly price: string;
  readonly payment_method?: string;
  readonly manual_payment_method?: string;
  readonly variant?: string;
  readonly imported: true;
  /** Unix seconds. */
  readonly first_sc_period_start_at: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An entry without a dot opens an attribute of the root; with one, of every object of that type. */
const OF_ORDER = [
  'checkout',
  'checkout.current_upsell',
  'checkout.line_items',
  'checkout.subscriptions',
  'line_item.price',
  'line_item.fees',
  'upsell.price',
  'subscription.price',
  'price.product',
];
const OF_LINE = ['price', 'fees', 'price.product'];
const OF_UPSELL = ['price', 'price.product'];
const OF_SUBSCRIPTION = ['price', 'price.product'];

/** The most rows a page may have; unless it is asked for, a page has 20. */
export const PAGE_SIZE = 100;

export function createClient({ settings }: Account<SureCartSettings>, requests: Requests): SureCartClient {
  const mode = { live_mode: String(settings.mode === 'live') };

  function list(path: ApiPath, ids: Filter, expand: readonly string[], more: Record<string, string> = {}) {
    const [name, values] = ids;
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...more });
    for (const value of values) query.append(`${name}[]`, value);
    for (const entry of expand) query.append('expand[]', entry);
    return readPages((page) => {
      if (page > 1) query.set('page', String(page));
      return requests.read(path, query.toString());
    });
  }

  return {
    orders: (ids) => list(apiPath`/v1/orders`, ['ids', ids], OF_ORDER, mode),
    linesOf: (ids) => list(apiPath`/v1/line_items`, ['checkout_ids', ids], OF_LINE, { sort: 'created_at:asc' }),
    subscriptions: (ids) => list(apiPath`/v1/subscriptions`, ['ids', ids], OF_SUBSCRIPTION, mode),
    subscriptionsOf: (id) => list(apiPath`/v1/subscriptions`, ['customer_ids', [id]], OF_SUBSCRIPTION, mode),
    subscriptionsOfCheckout: (id) => list(apiPath`/v1/subscriptions`, ['checkout_ids', [id]], OF_SUBSCRIPTION, mode),
    prices: (ids) => list(apiPath`/v1/prices`, ['ids', ids], ['product']),
    pricesOfProduct: (id) => list(apiPath`/v1/prices`, ['product_ids', [id]], []),
    upsells: (ids) => list(apiPath`/v1/upsells`, ['ids', ids], OF_UPSELL),
    purchases: (ids) => list(apiPath`/v1/purchases`, ['ids', ids], []),
    purchasesOfCheckout: (id) => list(apiPath`/v1/purchases`, ['checkout_ids', [id]], []),

    previewUpsell: (line) =>
      requests.send({
        // It saves nothing, charges nothing and holds no stock.
        kind: 'read',
        method: 'POST',
        path: apiPath`/v1/line_items/upsell`,
        query: 'preview=true&expand%5B%5D=fees',
        body: { line_item: line },
        isSensitive: true,
      }),
    acceptUpsell: (line) =>
      requests.send({
        method: 'POST',
        path: apiPath`/v1/line_items/upsell`,
        query: 'expand%5B%5D=checkout&expand%5B%5D=checkout.subscriptions',
        body: { line_item: line },
        isSensitive: true,
      }),
    declineUpsell: (checkoutId, upsellId) =>
      requests.send({
        method: 'PATCH',
        path: apiPath`/v1/checkouts/${{ checkout: checkoutId }}/decline_upsell/${{ upsell: upsellId }}`,
      }),
    createSubscription: (subscription) =>
      requests.send({
        method: 'POST',
        path: apiPath`/v1/subscriptions`,
        body: { subscription },
        isSensitive: true,
      }),
    revokePurchase: (id) => requests.send({ method: 'PATCH', path: apiPath`/v1/purchases/${{ purchase: id }}/revoke` }),
  };
}

/** Pages are counted, there is no link to the next: https://developer.surecart.com/api-reference/pagination-sorting */
function readPages(readPage: (page: number) => Promise<unknown>): Promise<Rows> {
  let read = 0;
  return collectRows(
    followPages(1, async (page) => {
      const fields = requireObject(await readPage(page), 'a page of a list');
      const rows = rowsIn(fields, 'data');
      read += rows.length;
      const count = optionalInteger(objectIn(fields, 'pagination'), 'count');
      const isLast = rows.length < PAGE_SIZE || (count !== null && read >= count);
      return { rows, next: isLast ? null : page + 1 };
    }),
  );
}

type Filter = readonly [name: string, values: readonly string[]];
