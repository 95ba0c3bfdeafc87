import { type ApiPath, apiPath } from '../kit/api-path.js';
import type { OrderKey } from './keys.js';
import type { AppstleResult, PageAnswer, Requests } from './requests.js';

/** The calls of https://developers.appstle.com/api-reference this provider makes. Bodies come as they were sent. */
export interface AppstleClient {
  /** Fetches the queued attempts of one contract, or of all contracts of a customer. */
  queuedAttempts(of: { readonly contractId: string } | { readonly customerId: string }): Promise<unknown>;
  pastAttempts(contractId: string, page: number): Promise<PageAnswer>;
  contract(contractId: string): Promise<unknown>;
  /** Fetches a customer with one page of their contracts. */
  customer(customerId: string, cursor: string | null): Promise<unknown>;
  /** Fetches the one-offs of the contract's next order, or of all its queued orders. */
  oneOffs(contractId: string, of: OneOffScope): Promise<unknown>;

  addOneOff(
    target: OneOffTarget,
    product: { readonly handle: string; readonly quantity: number },
  ): Promise<AppstleResult>;
  removeOneOff(target: OneOffTarget): Promise<AppstleResult>;
  addRecurringLine(contractId: string, variantId: string, quantity: number): Promise<AppstleResult>;
  changeLineQuantity(contractId: string, lineId: string, quantity: number): Promise<AppstleResult>;
  removeLine(contractId: string, lineId: string): Promise<AppstleResult>;
  /** Takes the one-time line of a variant away and puts a recurring one in its place. */
  makeLineRecurring(contractId: string, variantId: string, quantity: number): Promise<AppstleResult>;
}

export type OneOffScope = 'next' | 'all';

export interface OneOffTarget extends OrderKey {
  readonly variantId: string;
}

const PAST_PAGE_SIZE = 500;

const ONE_OFFS: Readonly<Record<OneOffScope, ApiPath>> = {
  next: apiPath`/upcoming-subscription-contract-one-offs-by-contractId`,
  all: apiPath`/subscription-contract-one-offs-by-contractId`,
};
const ONE_OFF = apiPath`/subscription-contract-one-offs-by-contractId-and-billing-attempt-id`;

export function createClient(requests: Requests, shop: string): AppstleClient {
  const edit = (path: ApiPath, query: Readonly<Record<string, string>>) =>
    requests.send({ method: 'PUT', path, query });

  return {
    queuedAttempts: (of) => requests.read(apiPath`/subscription-billing-attempts/top-orders`, { ...of }),
    pastAttempts: (contractId, page) =>
      requests.readPage(apiPath`/subscription-billing-attempts/past-orders`, {
        contractId,
        page: String(page),
        size: String(PAST_PAGE_SIZE),
        sort: 'id,desc',
      }),
    contract: (contractId) =>
      requests.find(apiPath`/subscription-contracts/contract-external/${{ contract: contractId }}`),
    customer: (customerId, cursor) =>
      requests.read(apiPath`/subscription-customers/${{ customer: customerId }}`, cursor === null ? {} : { cursor }),
    oneOffs: (contractId, of) => requests.read(ONE_OFFS[of], { contractId }),

    addOneOff: (target, { handle, quantity }) =>
      requests.send({
        method: 'PUT',
        path: ONE_OFF,
        query: { ...toQuery(target), variantHandle: handle, quantity: String(quantity) },
        // Documented: the same product on the same order is a success without a second row.
        repeatSafe: true,
      }),
    removeOneOff: (target) =>
      // Documented: a product that is not there is a success.
      requests.send({ method: 'DELETE', path: ONE_OFF, query: toQuery(target), repeatSafe: true }),
    addRecurringLine: (contractId, variantId, quantity) =>
      edit(apiPath`/subscription-contracts-add-line-item`, {
        contractId,
        variantId,
        quantity: String(quantity),
        isOneTimeProduct: 'false',
      }),
    changeLineQuantity: (contractId, lineId, quantity) =>
      edit(apiPath`/subscription-contracts-update-line-item-quantity`, {
        contractId,
        lineId,
        quantity: String(quantity),
      }),
    removeLine: (contractId, lineId) => edit(apiPath`/subscription-contracts-remove-line-item`, { contractId, lineId }),
    makeLineRecurring: (contractId, variantId, quantity) =>
      requests.send({
        method: 'POST',
        path: apiPath`/subscription-contract-details/replace-variants-v3`,
        query: {},
        body: replacement(shop, contractId, variantId, quantity),
      }),
  };
}

function toQuery({ contractId, attemptId, variantId }: OneOffTarget) {
  return { contractId, billingAttemptId: attemptId, variantId };
}

/** Writes the body of a replacement by hand: its ids are 64-bit numbers, which `JSON.stringify` could not write. */
function replacement(shop: string, contractId: string, variantId: string, quantity: number): string {
  return (
    `{"shop":${JSON.stringify(shop)},"contractId":${contractId},` +
    `"oldOneTimeVariants":[${variantId}],"newVariants":{"${variantId}":${quantity}}}`
  );
}
