import type { Account } from '../../domain/account.js';
import { type ApiPath, apiPath, joinPaths } from '../kit/api-path.js';
import type { JsonResult } from '../kit/json-api.js';
import type { SendRequest } from './requests.js';
import type { CentraSettings } from './settings.js';

/** The calls this provider makes, in the words of either API. */
export interface CentraClient {
  /**
   * Finishes the payment of a basket, once per order.
   * See https://docs.centra.com/api-references/checkout-api/api-reference/selections-and-orders
   */
  finishPayment(selectionId: string, paymentMethodFields: unknown): Promise<JsonResult>;
  /** Fetches the order of a selection; with Checkout API the session's last one. */
  receipt(selectionId: string): Promise<JsonResult>;
  /** Fetches a basket. Shop API only. */
  selection(selectionId: string): Promise<JsonResult>;
  /** Fetches the session's basket, or the order it has become. Checkout API only. */
  currentSelection(): Promise<JsonResult>;
  /** Lists orders of the customer who is logged in. Checkout API only. */
  orderHistory(page: { readonly from: number; readonly size: number }): Promise<JsonResult>;
  products(ids: readonly string[]): Promise<JsonResult>;
  /** Fetches products with the prices of one order. See https://docs.centra.com/fe-development/cross-sell */
  candidates(orderNumber: string, productIds: readonly string[]): Promise<JsonResult>;
  addItem(orderNumber: string, item: string): Promise<JsonResult>;
  /**
   * Lists the contracts of a customer; with Checkout API of the one who is logged in.
   * See https://docs.centra.com/fe-development/subscriptions
   */
  contracts(email: string): Promise<JsonResult>;
  addSubscription(email: string, contract: string, body: NewSubscription): Promise<JsonResult>;
}

export interface NewSubscription {
  readonly item: string;
  readonly subscriptionPlan: string | number;
  /** `YYYY-MM-DD`, tomorrow or later. */
  readonly nextOrderDate: string;
  readonly quantity: number;
}

export function createClient({ settings }: Account<CentraSettings>, send: SendRequest): CentraClient {
  const isShop = settings.api === 'shop';
  const read = (path: ApiPath) => send({ method: 'GET', path });
  const ask = (path: ApiPath, body: Record<string, unknown>) => send({ kind: 'read', method: 'POST', path, body });
  const ofSelection = (id: string, path: ApiPath) =>
    isShop ? joinPaths(apiPath`/selections/${{ selection: id }}`, path) : path;
  const ofCustomer = (email: string, path: ApiPath) =>
    joinPaths(isShop ? apiPath`/customers/${{ email }}` : apiPath`/customer`, path);

  return {
    finishPayment: (selectionId, paymentMethodFields) =>
      send({
        method: settings.paymentResultMethod,
        path: ofSelection(selectionId, apiPath`/payment-result`),
        body: { paymentMethodFields },
      }),
    receipt: (selectionId) => read(ofSelection(selectionId, apiPath`/receipt`)),
    selection: (selectionId) => read(apiPath`/selections/${{ selection: selectionId }}`),
    currentSelection: () => read(apiPath`/selection`),
    orderHistory: ({ from, size }) => ask(apiPath`/orders`, { from, size }),
    products: (ids) => ask(apiPath`/products`, { products: ids, limit: ids.length }),
    candidates: (orderNumber, productIds) =>
      ask(apiPath`/orders/${{ order: orderNumber }}/items`, { products: productIds }),
    addItem: (orderNumber, item) =>
      send({ method: 'POST', path: apiPath`/orders/${{ order: orderNumber }}/items/${{ item }}` }),
    contracts: (email) => ask(ofCustomer(email, apiPath`/subscriptions`), {}),
    addSubscription: (email, contract, body) =>
      send({
        method: 'POST',
        path: ofCustomer(email, apiPath`/contracts/${{ contract }}/subscription`),
        body,
      }),
  };
}
