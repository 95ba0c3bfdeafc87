import type { Account } from '../../domain/account.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod, OutboundResponse, Transport } from '../../domain/transport.js';
import type { ApiPath } from '../../http/api-path.js';
import { call, type CallResult } from '../../http/call.js';
import { readJson } from '../../http/json.js';
import { type Complaint, complaintsIn } from './error-body.js';
import type { SureCartSettings } from './settings.js';

export interface SureCartRequest {
  readonly method: HttpMethod;
  readonly path: ApiPath;
  readonly query?: string;
  readonly body?: object;
  /** It saves nothing, so it may be sent again. */
  readonly repeatSafe?: boolean;
}

/** What a call came to, with what the body of a refusal complains about. */
export type SureCartResult = CallResult & { readonly complaints: readonly Complaint[] };

export interface Requests {
  send(request: SureCartRequest): Promise<SureCartResult>;
  /** The JSON of a 2xx. Throws `ProviderFailure` for anything else. */
  read(path: ApiPath, query: string): Promise<unknown>;
}

const CONFLICT = 409;

export function createRequests(
  account: Account<SureCartSettings>,
  { transport, clock }: AccountServices,
  { signal }: RequestScope,
): Requests {
  const authorization = `Bearer ${account.settings.token}`;

  async function send({ method, path, query, body, repeatSafe }: SureCartRequest): Promise<SureCartResult> {
    let last: OutboundResponse | null = null;
    const observed: Transport = async (request) => {
      last = await transport(request);
      return withWaitingTime(last);
    };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const result = await call(
      {
        method,
        url: `${account.baseUrl}${path.path}${query ? `?${query}` : ''}`,
        urlTemplate: path.template,
        headers: () => ({ accept: 'application/json', authorization, ...type }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(repeatSafe === undefined ? {} : { repeatSafe }),
      },
      { provider: 'SureCart', transport: observed, clock, timeoutMs: account.timeoutMs, signal },
    );
    return { ...result, complaints: result.outcome === 'refused' ? complaintsIn(textOf(last)) : [] };
  }

  return {
    send,
    async read(path, query) {
      const request = { method: 'GET', path, query } as const;
      const first = await send(request);
      // Not documented; the official client repeats such a call once.
      const isConflict = first.outcome === 'refused' && first.problem.httpStatus === CONFLICT;
      return jsonOf(isConflict ? await send(request) : first);
    },
  };
}

function textOf(response: OutboundResponse | null): string {
  return response?.text ?? '';
}

/** Limits are windows of ten seconds, and bans of a minute answered in HTML; neither says when to come back. */
function withWaitingTime(response: OutboundResponse): OutboundResponse {
  if (response.status !== 429 || response.headers['retry-after'] !== undefined) return response;
  const seconds = readJson(response.text).ok ? '11' : '60';
  return { ...response, headers: { ...response.headers, 'retry-after': seconds } };
}

function jsonOf(result: CallResult): unknown {
  if (result.outcome !== 'answered') throw new ProviderFailure(result.problem);
  const json = readJson(result.response.text);
  if (json.ok) return json.value;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'SureCart answered something that is not JSON.'));
}
