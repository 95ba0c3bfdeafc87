import type { Account } from '../../domain/account.js';
import { problem, ProviderFailure } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod, OutboundResponse } from '../../domain/transport.js';
import type { ApiPath } from '../kit/api-path.js';
import { call, type CallResult, type Judgement } from '../../http/call.js';
import { readJson } from '../kit/json.js';
import { type Complaint, complaintsIn } from './error-body.js';
import type { SureCartSettings } from './settings.js';

export interface SureCartRequest {
  readonly kind: 'read' | 'write';
  readonly method: HttpMethod;
  readonly path: ApiPath;
  readonly query?: string;
  readonly body?: object;
  /** SureCart counts it among the calls that may notify people or ask third parties. */
  readonly isSensitive?: boolean;
}

/** What a call came to, with what the body of a refusal complains about. */
export type SureCartResult = CallResult & { readonly complaints: readonly Complaint[] };

export interface Requests {
  send(request: SureCartRequest): Promise<SureCartResult>;
  /** The JSON of a 2xx. Throws `ProviderFailure` for anything else. */
  read(path: ApiPath, query: string): Promise<unknown>;
}

export function createRequests(
  account: Account<SureCartSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const authorization = `Bearer ${account.settings.token}`;
  const conditions = { provider: 'SureCart', transport, clock, timeoutMs: account.timeoutMs, scope };

  async function send({ kind, method, path, query, body, isSensitive }: SureCartRequest): Promise<SureCartResult> {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const result = await call(
      {
        kind,
        method,
        url: `${account.baseUrl}${path.path}${query ? `?${query}` : ''}`,
        urlTemplate: path.template,
        headers: () => ({ accept: 'application/json', authorization, ...type }),
        judge: (answer, attempt) => judgeAnswer(answer, kind, attempt),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(isSensitive && { limit: kind === 'write' || scope.fresh ? 'sensitive' : 'previews' }),
      },
      conditions,
    );
    return { ...result, complaints: result.outcome === 'refused' ? complaintsIn(result.response?.text ?? '') : [] };
  }

  return {
    send,
    read: async (path, query) => jsonOf(await send({ kind: 'read', method: 'GET', path, query })),
  };
}

/** Limits are windows of ten seconds, and bans of a minute answered in HTML; neither says when to come back. */
const WINDOW_MS = 11_000;
const BAN_MS = 60_000;

function judgeAnswer({ status, text }: OutboundResponse, kind: 'read' | 'write', attempt: number): Judgement | null {
  switch (status) {
    case 409:
      // Not documented: nobody knows what a write did. The official client repeats such a call once.
      return { effect: kind === 'write' ? 'unknown' : attempt === 1 ? 'not_applied' : 'refused' };
    case 423:
      return kind === 'write' ? { effect: 'unknown' } : null;
    case 429:
      return { retryAfterMs: readJson(text).ok ? WINDOW_MS : BAN_MS };
    default:
      return null;
  }
}

function jsonOf(result: CallResult): unknown {
  if (result.outcome !== 'answered') throw new ProviderFailure(result.problem);
  const json = readJson(result.response.text);
  if (json.ok) return json.value;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'SureCart answered something that is not JSON.'));
}
