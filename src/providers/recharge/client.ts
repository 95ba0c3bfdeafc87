import { apiPath, type ApiPath } from '../kit/api-path.js';
import { requireObject } from '../kit/decode.js';
import type { JsonResult } from '../kit/json-api.js';
import { followPages, nextIn, type Page, rowsIn } from '../kit/pages.js';
import type { OrderKey } from './keys.js';
import type { Requests } from './requests.js';
import type { Interval } from './statuses.js';

type RechargePages = AsyncIterable<Page<string>>;

/** The calls this provider makes. Rows come as they were sent. */
export interface RechargeClient {
  /** Lists charges to come and those in error, of all addresses. */
  openCharges(customerId: string): RechargePages;
  queuedCharges(addressId: string): RechargePages;
  /** Lists the charges of an address and a day, in whatever state. */
  chargesOn(key: OrderKey): RechargePages;
  /** Fetches a charge; null when there is none. */
  charge(id: string): Promise<unknown>;
  onetimes(addressId: string): RechargePages;
  subscriptions(of: { readonly customerId: string } | { readonly addressId: string }): RechargePages;
  subscriptionsByIds(ids: readonly string[]): RechargePages;
  /** Finds products with the variants that were asked for. */
  findVariants(ids: readonly string[]): Promise<unknown>;

  addOnetime(item: NewItem): Promise<JsonResult>;
  changeOnetime(id: string, quantity: number): Promise<JsonResult>;
  deleteOnetime(id: string): Promise<JsonResult>;
  addSubscription(item: NewItem, interval: Interval): Promise<JsonResult>;
}

export interface NewItem extends OrderKey {
  readonly variantId: string;
  readonly quantity: number;
  /** Tells the item from all others; null where the merchant wants no property. */
  readonly mark: string | null;
  /** Null leaves it to Recharge. */
  readonly price: string | null;
}

/** Hidden at Shopify's checkout by its underscore; its value tells nothing. */
export const MARK = '_upsell_operation';

/** The most rows a page may have. */
const PAGE_SIZE = '250';

const ONETIMES = apiPath`/onetimes`;

export function createClient(requests: Requests, isCommittingOnetimes: boolean): RechargeClient {
  /** Follows the pages of a list. A cursor remembers the filters, which are refused beside it. */
  function list(path: ApiPath, name: string, filters: Readonly<Record<string, string>>): RechargePages {
    const first = '';
    return followPages(first, async (cursor) => {
      const query = cursor === first ? filters : { cursor };
      return toPage(await requests.find(path, { ...query, limit: PAGE_SIZE }), name);
    });
  }
  const charges = (filters: Readonly<Record<string, string>>) => list(apiPath`/charges`, 'charges', filters);
  const subscriptions = (filters: Readonly<Record<string, string>>) =>
    list(apiPath`/subscriptions`, 'subscriptions', filters);
  const commit = { query: { commit: 'true' } };
  const onetimeWrite = isCommittingOnetimes ? commit : {};

  return {
    openCharges: (customerId) =>
      charges({ customer_id: customerId, status: 'queued,error', sort_by: 'scheduled_at-asc' }),
    queuedCharges: (addressId) => charges({ address_id: addressId, status: 'queued', sort_by: 'scheduled_at-asc' }),
    chargesOn: ({ addressId, day }) => charges({ address_id: addressId, scheduled_at: day }),
    charge: (id) => requests.find(apiPath`/charges/${{ charge: id }}`),
    onetimes: (addressId) => list(ONETIMES, 'onetimes', { address_id: addressId }),
    subscriptions: (of) =>
      subscriptions('customerId' in of ? { customer_id: of.customerId } : { address_id: of.addressId }),
    subscriptionsByIds: (ids) => subscriptions({ ids: ids.join(',') }),
    findVariants: (ids) =>
      requests.find(
        apiPath`/product_search`,
        { format_version: '2022-06', external_variant_ids: ids.join(','), limit: PAGE_SIZE },
        '2021-01',
      ),

    addOnetime: (item) => requests.send({ method: 'POST', path: ONETIMES, body: toBody(item), ...onetimeWrite }),
    // Values are set: sent twice, they are set once.
    changeOnetime: (id, quantity) =>
      requests.send({
        method: 'PUT',
        path: apiPath`/onetimes/${{ onetime: id }}`,
        body: { quantity },
        repeatSafe: true,
        ...onetimeWrite,
      }),
    deleteOnetime: (id) =>
      requests.send({
        method: 'DELETE',
        path: apiPath`/onetimes/${{ onetime: id }}`,
        repeatSafe: true,
        ...onetimeWrite,
      }),
    addSubscription: (item, interval) =>
      requests.send({
        method: 'POST',
        path: apiPath`/subscriptions`,
        body: { ...toBody(item), ...interval },
        ...commit,
      }),
  };
}

function toPage(body: unknown, name: string): Page<string> {
  const fields = requireObject(body, 'a page of a list');
  return { rows: rowsIn(fields, name), ...nextIn(fields, 'next_cursor') };
}

/** Makes the body of a new item. The date of the charge joins the item to it: no call names a charge. */
function toBody({ addressId, day, variantId, quantity, mark, price }: NewItem) {
  return {
    address_id: Number(addressId),
    next_charge_scheduled_at: day,
    external_variant_id: { ecommerce: variantId },
    quantity,
    ...(price !== null && { price }),
    ...(mark !== null && { properties: [{ name: MARK, value: mark }] }),
  };
}
