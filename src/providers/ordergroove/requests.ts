import type { Account } from '../../domain/account.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod } from '../../domain/transport.js';
import type { ApiPath } from '../../http/api-path.js';
import { call, type CallResult } from '../../http/call.js';
import { readJson } from '../../http/json.js';
import { type Credential, credentialFor } from './credential.js';
import { type Endpoint, isPermittedToRecognised } from './endpoint.js';
import type { OrdergrooveSettings } from './settings.js';

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

/** Sends requests of one data source, with its shopper's credential. */
export interface Requests {
  send(request: OrdergrooveRequest): Promise<CallResult>;
  /** The JSON of a 2xx; null for 404. Throws `ProviderFailure` for anything else. */
  read(request: Omit<OrdergrooveRequest, 'method' | 'body'>): Promise<unknown>;
  /** The same from another host, without any credential. */
  readOpenly(host: string, path: ApiPath, query: string): Promise<unknown>;
  readonly scope: Credential['scope'];
}

export function createRequests(
  account: Account<OrdergrooveSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const { shopper } = scope;
  const credentialScope = account.settings.apiKey === undefined ? 'storefront' : 'application';
  const conditions = { provider: 'Ordergroove', transport, clock, timeoutMs: account.timeoutMs, scope };

  async function send(request: OrdergrooveRequest): Promise<CallResult> {
    if (shopper.recognised && !isPermittedToRecognised(request.endpoint, credentialScope)) return notSent(needsLogin);
    const credential = credentialFor(account.settings, request.customerId ?? shopper.customerId, shopper, clock);
    if ('kind' in credential) return notSent(credential);
    const first = await sendWith(credential, request);
    if (credential.scope === 'application' || !isRefusedCredential(first)) return first;
    const second = await sendWith(credential, request);
    return { ...second, attempts: first.attempts + second.attempts };
  }

  function sendWith(credential: Credential, request: OrdergrooveRequest) {
    const { method, path, query, headers, body, isLaterPage } = request;
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return call(
      {
        kind: method === 'GET' ? 'read' : 'write',
        method,
        url: account.baseUrl + path.path + (query ? `?${query}` : ''),
        urlTemplate: path.template,
        headers: () => ({ accept: 'application/json', ...type, ...headers, ...credential.headers() }),
        ...(isLaterPage && { limit: 'pages' }),
        ...content,
      },
      conditions,
    );
  }

  return {
    send,
    read: async (request) => jsonOf(await send({ ...request, method: 'GET' })),
    async readOpenly(host, { path, template }, query) {
      const headers = () => ({ accept: 'application/json' });
      const url = `${host}${path}?${query}`;
      return jsonOf(await call({ kind: 'read', method: 'GET', url, urlTemplate: template, headers }, conditions));
    },
    scope: credentialScope,
  };
}

const needsLogin = problem('FORBIDDEN', 'Ordergroove permits this only to a customer who is logged in.');

function notSent(found: ProviderProblem): CallResult {
  return { outcome: 'refused', attempts: 0, problem: found, response: null };
}

/** Documented to be treated alike, and to mean that nothing was done. */
function isRefusedCredential(result: CallResult): boolean {
  return result.outcome === 'refused' && (result.problem.httpStatus === 401 || result.problem.httpStatus === 403);
}

function jsonOf(result: CallResult): unknown {
  if (result.outcome !== 'answered') {
    if (result.problem.kind === 'NOT_FOUND') return null;
    throw new ProviderFailure(result.problem);
  }
  const json = readJson(result.response.text);
  if (json.ok) return json.value;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'Ordergroove answered something that is not JSON.'));
}
