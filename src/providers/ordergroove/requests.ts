import type { Account } from '../../domain/account.js';
import type { Shopper } from '../../domain/actor.js';
import type { Clock } from '../../domain/moment.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod } from '../../domain/transport.js';
import type { ApiPath } from '../kit/api-path.js';
import { createJsonApi, findBody, type JsonResult, notSent } from '../kit/json-api.js';
import { offersBaseUrlOf, type OrdergrooveSettings } from './settings.js';
import { signedAuthorization } from './signature.js';

/**
 * Calls this provider makes, and whether Ordergroove permits them for a shopper who is recognised but not logged in.
 * From the authentication box of each page of https://developer.ordergroove.com/reference
 */
const permittedToRecognised = {
  listOrders: true,
  retrieveOrder: true,
  addItem: true,
  deleteItem: true,
  retrieveSubscription: true,
  listItems: false,
  retrieveItem: false,
  changeItemQuantity: false,
  listSubscriptions: false,
  createSubscriptionFromItem: false,
  createSubscriptionOnOrder: false,
  /** The catalogue shows nothing of a shopper: the merchant's own key may read it, a recognised shopper's may not. */
  listProducts: 'application',
} as const;

export type Endpoint = keyof typeof permittedToRecognised;

export interface OrdergrooveRequest {
  readonly endpoint: Endpoint;
  readonly method: HttpMethod;
  /** Ends in a slash: a redirect to it could lose method and body. */
  readonly path: ApiPath;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string | number>>;
  /** Whom the call is about, when that is known better than by the shopper. */
  readonly customerId?: string | null;
  readonly isLaterPage?: boolean;
}

type KeyScope = 'application' | 'storefront';

/** Sends requests of one data source, with its shopper's credential. */
export interface Requests {
  send(request: OrdergrooveRequest): Promise<JsonResult>;
  /** Returns the JSON of a success; null for 404. Throws `ProviderFailure` for anything else. */
  find(request: Omit<OrdergrooveRequest, 'method' | 'body'>): Promise<unknown>;
  /**
   * Returns the JSON of a success of the offers host, which is called without any credential; null for 404.
   * `timeoutMs`: instead of the account's.
   */
  findOffer(path: ApiPath, query: string, timeoutMs?: number): Promise<unknown>;
  readonly scope: KeyScope;
}

const PROVIDER = 'Ordergroove';

export function createRequests(
  account: Account<OrdergrooveSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const { settings } = account;
  const { shopper } = scope;
  const keyScope = settings.apiKey === undefined ? 'storefront' : 'application';
  const apiAt = (baseUrl: string) =>
    createJsonApi({ provider: PROVIDER, baseUrl, transport, clock, scope, timeoutMs: account.timeoutMs });
  const api = apiAt(account.baseUrl);
  const offers = apiAt(offersBaseUrlOf(account));

  async function send(request: OrdergrooveRequest): Promise<JsonResult> {
    if (shopper.recognised && !isPermittedToRecognised(request.endpoint, keyScope)) return notSent(needsLogin);
    const credential = credentialFor(settings, request.customerId ?? shopper.customerId, shopper, clock);
    if (typeof credential !== 'function') return notSent(credential);
    const first = await sendWith(credential, request);
    if (keyScope === 'application' || !isRefusedCredential(first)) return first;
    const second = await sendWith(credential, request);
    return { ...second, attempts: first.attempts + second.attempts };
  }

  function sendWith(credential: Credential, request: OrdergrooveRequest): Promise<JsonResult> {
    const { method, path, query, headers, body, isLaterPage } = request;
    return api.send({
      method,
      path,
      headers: headers === undefined ? credential : () => Object.assign(credential(), headers),
      ...(query !== undefined && { query }),
      ...(body !== undefined && { body }),
      ...(isLaterPage && { limit: 'pages' }),
    });
  }

  return {
    send,
    find: async (request) => findBody(await send({ ...request, method: 'GET' }), PROVIDER),
    findOffer: (path, query, timeoutMs) =>
      offers.find({ method: 'GET', path, query, ...(timeoutMs !== undefined && { timeoutMs }) }),
    scope: keyScope,
  };
}

function isPermittedToRecognised(endpoint: Endpoint, scope: KeyScope): boolean {
  const permitted = permittedToRecognised[endpoint];
  return permitted === true || permitted === scope;
}

const needsLogin = problem('FORBIDDEN', 'Ordergroove permits this only to a customer who is logged in.');

/** Makes the headers that say who asks, anew for each attempt: a signature is valid two hours from its own time. */
type Credential = () => Record<string, string>;

/** Returns the credential for a call made for `customerId`. The application key wins when both are configured. */
function credentialFor(
  { merchantId, apiKey, storefrontKey }: OrdergrooveSettings,
  customerId: string | null,
  { recognised }: Shopper,
  clock: Clock,
): Credential | ProviderProblem {
  if (apiKey !== undefined) return () => ({ 'x-api-key': apiKey });
  if (storefrontKey === undefined || customerId === null) return speaksForNobody;
  const signer = { merchantId, storefrontKey };
  return () => ({ authorization: signedAuthorization(signer, { customerId, recognised }, clock()) });
}

const speaksForNobody = problem(
  'FORBIDDEN',
  'This account has only a storefront key, which reads for one known customer at a time; set an application key.',
);

/** Whether the credential was refused. Both statuses are documented to mean that nothing was done. */
function isRefusedCredential(result: JsonResult): boolean {
  return result.outcome === 'refused' && (result.problem.httpStatus === 401 || result.problem.httpStatus === 403);
}
