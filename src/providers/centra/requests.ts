import type { Account } from '../../domain/account.js';
import { problem, type ProviderProblem } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { HttpMethod, OutboundResponse, Transport } from '../../domain/transport.js';
import type { ApiPath } from '../kit/api-path.js';
import { call, type Judgement } from '../../http/call.js';
import { readJson } from '../kit/json.js';
import { inTurn } from './in-turn.js';
import { createSessionToken } from './session-token.js';
import type { CentraSettings } from './settings.js';

export interface CentraRequest {
  readonly method: HttpMethod;
  readonly path: ApiPath;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Many reads are POSTs: those may be sent again. */
  readonly isRead: boolean;
}

/** How Centra answered. `body` is the JSON of the last answer, also of a refusal; undefined when there was none. */
export interface CentraResult {
  readonly outcome: 'answered' | 'refused' | 'not_applied' | 'unknown';
  readonly attempts: number;
  readonly body: unknown;
  /** The provider's clock when it answered, where it says so. */
  readonly answeredAt: Date | null;
  /** Null only for `answered`. */
  readonly problem: ProviderProblem | null;
}

export type SendRequest = (request: CentraRequest) => Promise<CentraResult>;

export function createRequests(
  account: Account<CentraSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): SendRequest {
  const { api, secret, origin } = account.settings;
  const token = createSessionToken(scope);

  function headers(hasBody: boolean): Record<string, string> {
    const type: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {};
    const key: Record<string, string> = secret === undefined ? {} : { 'api-authorization': secret };
    const from: Record<string, string> = api === 'checkout' && origin !== undefined ? { origin } : {};
    return { accept: 'application/json', ...type, ...key, ...from, ...(api === 'checkout' && token.headers()) };
  }

  /** Every answer, also of an attempt that failed, may replace the token. */
  const renewing: Transport = async (request) => {
    const answer = await transport(request);
    token.renewFrom(jsonOf(answer));
    return answer;
  };
  const conditions = {
    provider: 'Centra',
    clock,
    timeoutMs: account.timeoutMs,
    // What one session is shown is never shared with another request.
    scope: api === 'checkout' ? { ...scope, fresh: true } : scope,
    transport: api === 'checkout' ? renewing : transport,
  };

  async function send({ method, path, body, isRead }: CentraRequest): Promise<CentraResult> {
    if (api === 'checkout' && !token.isKnown) return notSent;
    const result = await call(
      {
        kind: isRead ? 'read' : 'write',
        method,
        url: account.baseUrl + path.path,
        urlTemplate: path.template,
        headers: () => headers(body !== undefined),
        judge: ({ status }) => (isRead ? null : judgeWrite(status)),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      conditions,
    );
    const { outcome, attempts, response } = result;
    return {
      outcome,
      attempts,
      body: response ? jsonOf(response) : undefined,
      answeredAt: response && dateOf(response),
      problem: result.outcome === 'answered' ? null : result.problem,
    };
  }

  // The token may change with every answer, and Centra locks a session while it changes.
  return api === 'checkout' ? inTurn(send) : send;
}

const notSent: CentraResult = {
  outcome: 'refused',
  attempts: 0,
  body: undefined,
  answeredAt: null,
  problem: problem('AUTHENTICATION', "Centra needs the shopper's own session token for this."),
};

/** No page says that a write which was put off did nothing, as it is where limits are documented. */
function judgeWrite(status: number): Judgement | null {
  return status === 423 || status === 429 ? { effect: 'unknown' } : null;
}

function jsonOf({ text }: OutboundResponse): unknown {
  const json = readJson(text);
  return json.ok ? json.value : undefined;
}

function dateOf({ headers }: OutboundResponse): Date | null {
  const at = new Date(headers['date'] ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}
