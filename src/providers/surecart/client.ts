import type { Account } from '../../domain/account.js';
import { ProviderFailure } from '../../domain/problem.js';
import { type ApiPath, apiPath } from '../kit/api-path.js';
import { isAbsent, objectIn, optionalInteger, requireObject } from '../kit/decode.js';
import { chunk } from '../kit/chunks.js';
import type { JsonResult } from '../kit/json-api.js';
import { collectRows, followPages, isLastPage, type Rows, rowsIn } from '../kit/pages.js';
import { type ObjectKind, openBareIds } from './expand.js';
import type { Requests } from './requests.js';
import type { SureCartSettings } from './settings.js';

/** The calls of https://developer.surecart.com/api-reference this provider makes. Rows come as they were sent. */
export interface SureCartClient {
  /** Lists orders with their checkouts, lines, subscriptions and current upsells. */
  orders(ids: readonly string[]): Promise<Rows>;
  /** Lists the same by the checkouts they were made from. */
  ordersOfCheckouts(checkoutIds: readonly string[]): Promise<Rows>;
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

const inCheckouts = [
  'line_item.price',
  'line_item.fees',
  'upsell.price',
  'subscription.price',
  'subscription.current_period',
  'price.product',
];

/** An entry without a dot opens an attribute of the root; with one, of every object of that type. */
const opening: Readonly<Record<ObjectKind, readonly string[]>> = {
  order: ['checkout', 'checkout.current_upsell', 'checkout.line_items', 'checkout.subscriptions', ...inCheckouts],
  checkout: ['current_upsell', 'line_items', 'subscriptions', ...inCheckouts],
  line_item: ['price', 'fees', 'price.product'],
  upsell: ['price', 'price.product'],
  subscription: ['price', 'price.product', 'current_period'],
  period: [],
  price: ['product'],
  product: [],
};

const pathTo: Readonly<Record<ObjectKind, ApiPath>> = {
  order: apiPath`/v1/orders`,
  checkout: apiPath`/v1/checkouts`,
  line_item: apiPath`/v1/line_items`,
  upsell: apiPath`/v1/upsells`,
  subscription: apiPath`/v1/subscriptions`,
  price: apiPath`/v1/prices`,
  period: apiPath`/v1/periods`,
  product: apiPath`/v1/products`,
};

/** The most rows a page may have; unless it is asked for, a page has 20. */
export const PAGE_SIZE = 100;

const IDS_OF_A_CALL = { maxCount: PAGE_SIZE, maxLength: 5_000 };

export function createClient({ settings }: Account<SureCartSettings>, requests: Requests): SureCartClient {
  const mode = { live_mode: String(settings.mode === 'live') };

  /** Lists rows with what they hold. What came as a bare identifier all the same is read by itself. */
  async function listOpened(kind: ObjectKind, ids: Filter, more: Record<string, string> = {}): Promise<Rows> {
    const { rows, problem } = await list(pathTo[kind], ids, opening[kind], more);
    const opened = await openBareIds(kind, rows, async (inner, innerIds) => {
      const chunks = await Promise.all(
        chunk(innerIds, IDS_OF_A_CALL, ({ length }) => length).map((some) =>
          list(pathTo[inner], ['ids', some], opening[inner]),
        ),
      );
      return chunks.flatMap(({ rows: found, problem: gap }) => {
        if (gap) throw new ProviderFailure(gap);
        return found;
      });
    });
    return { rows: opened, problem };
  }

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
    orders: (ids) => listOpened('order', ['ids', ids], mode),
    ordersOfCheckouts: (ids) => listOpened('order', ['checkout_ids', ids], mode),
    linesOf: (ids) => listOpened('line_item', ['checkout_ids', ids], { sort: 'created_at:asc' }),
    subscriptions: (ids) => listOpened('subscription', ['ids', ids], mode),
    subscriptionsOf: (id) => listOpened('subscription', ['customer_ids', [id]], mode),
    subscriptionsOfCheckout: (id) => listOpened('subscription', ['checkout_ids', [id]], mode),
    prices: (ids) => listOpened('price', ['ids', ids]),
    // The product is known: it was asked for.
    pricesOfProduct: (id) => list(apiPath`/v1/prices`, ['product_ids', [id]], []),
    upsells: (ids) => listOpened('upsell', ['ids', ids]),
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

/**
 * Reads all pages of a list. They are counted; there is no link to the next.
 * See https://developer.surecart.com/api-reference/pagination-sorting
 */
function readPages(readPage: (page: number) => Promise<unknown>): Promise<Rows> {
  let read = 0;
  return collectRows(
    followPages(1, async (page) => {
      const fields = requireObject(await readPage(page), 'a page of a list');
      const rows = rowsIn(fields, 'data');
      read += rows.length;
      const pagination = objectIn(fields, 'pagination');
      const total = optionalInteger(pagination, 'count');
      const isLast = isLastPage({ rows, read, total });
      const isCut = isLast && total === null && !isAbsent(pagination['count']);
      return { rows, next: isLast ? null : page + 1, isCut, total };
    }),
  );
}

type Filter = readonly [name: string, values: readonly string[]];
