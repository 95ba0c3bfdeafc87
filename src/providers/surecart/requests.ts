import type { Account } from '../../domain/account.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { OutboundResponse } from '../../domain/transport.js';
import type { ResponseClass } from '../../http/call.js';
import { isBan } from '../../http/throttling.js';
import type { ApiPath } from '../kit/api-path.js';
import { type AttemptedRequest, createJsonApi, type JsonRequest, type JsonResult } from '../kit/json-api.js';
import type { SureCartSettings } from './settings.js';

export interface SureCartRequest extends Omit<JsonRequest, 'limit'> {
  /** SureCart counts it among the calls that may notify people or ask third parties. */
  readonly isSensitive?: boolean;
}

export interface Requests {
  send(request: SureCartRequest): Promise<JsonResult>;
  /** Returns the JSON of a success. Throws `ProviderFailure` for anything else. */
  read(path: ApiPath, query: string): Promise<unknown>;
}

export function createRequests(
  { settings, baseUrl, timeoutMs }: Account<SureCartSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): Requests {
  const authorization = `Bearer ${settings.token}`;
  const api = createJsonApi({
    provider: 'SureCart',
    baseUrl,
    transport,
    clock,
    timeoutMs,
    scope,
    headers: () => ({ authorization }),
    classify,
  });
  return {
    send: ({ isSensitive = false, ...request }) =>
      api.send({
        ...request,
        ...(isSensitive && { limit: request.kind !== 'read' || scope.fresh ? 'sensitive' : 'previews' }),
      }),
    read: (path, query) => api.read({ method: 'GET', path, query }),
  };
}

/** The edge in front of SureCart bans for about a minute, with a page that does not say so. */
const BAN_MS = 60_000;

function classify(response: OutboundResponse, { kind, attempt }: AttemptedRequest): ResponseClass | null {
  if (isBan(response)) return { retryAfterMs: BAN_MS };
  switch (response.status) {
    case 409:
      // Not documented: nobody knows what a write did. The official client repeats such a call once.
      return { effect: kind === 'write' ? 'unknown' : attempt === 1 ? 'not_applied' : 'refused' };
    case 423:
      return kind === 'write' ? { effect: 'unknown' } : null;
    default:
      return null;
  }
}
