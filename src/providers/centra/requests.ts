import { Mutex } from 'async-mutex';
import type { Account } from '../../domain/account.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import type { AccountServices, RequestScope } from '../../domain/provider.js';
import type { OutboundResponse, Transport } from '../../domain/transport.js';
import type { ResponseClass } from '../../http/call.js';
import { isJsonObject, optionalText } from '../kit/decode.js';
import { readLongJson } from '../kit/json.js';
import {
  type AttemptedRequest,
  createJsonApi,
  findBody,
  type JsonRequest,
  type JsonResult,
  notSent,
} from '../kit/json-api.js';
import { errorsIn } from './api-errors.js';
import type { CentraSettings } from './settings.js';

export type SendRequest = (request: JsonRequest) => Promise<JsonResult>;

export function createRequests(
  { settings, baseUrl, timeoutMs }: Account<CentraSettings>,
  { transport, clock }: AccountServices,
  scope: RequestScope,
): SendRequest {
  const { secret, origin } = settings;
  const key = secret === undefined ? {} : { 'api-authorization': secret };
  const options = { provider: 'Centra', baseUrl, clock, timeoutMs, classify };
  if (settings.api === 'shop') return createJsonApi({ ...options, scope, transport, headers: () => key }).send;

  const token = createSessionToken(scope);
  const from = origin === undefined ? {} : { origin };
  const api = createJsonApi({
    ...options,
    // What one session is shown is never shared with another request.
    scope: { ...scope, fresh: true, unshared: true },
    transport: renewing(transport, token),
    headers: () => ({ ...key, ...from, ...token.headers() }),
  });
  // The token may change with every answer, and Centra locks a session while it changes.
  const session = new Mutex();
  return (request) => session.runExclusive(() => (token.isKnown ? api.send(request) : notSent(tokenNeeded)));
}

const tokenNeeded = problem('AUTHENTICATION', "Centra needs the shopper's own session token for this.");

/** Classifies a write that was put off as of unknown effect: no page says that it did nothing. */
function classify({ status }: OutboundResponse, { kind }: AttemptedRequest): ResponseClass | null {
  return kind === 'write' && (status === 423 || status === 429) ? { effect: 'unknown' } : null;
}

/** The shopper's session at Checkout API: every body carries its token, which may change at any time. */
interface SessionToken {
  readonly isKnown: boolean;
  headers(): Readonly<Record<string, string>>;
  renewFrom(body: unknown): void;
}

/** Keeps the token for as long as the request lives; it is handed back through the request, nowhere else. */
function createSessionToken({ sessionToken, onSessionToken }: RequestScope): SessionToken {
  let token = sessionToken;
  return {
    isKnown: token !== undefined && token !== '',
    headers: () => (token === undefined ? {} : { 'api-token': token }),
    renewFrom(body) {
      const renewed = isJsonObject(body) ? optionalText(body, 'token') : null;
      if (renewed === null || renewed === token) return;
      token = renewed;
      onSessionToken?.(renewed);
    },
  };
}

/** Reads the token of every answer, also of an attempt that failed. */
function renewing(transport: Transport, token: SessionToken): Transport {
  return async (request) => {
    const response = await transport(request);
    const json = await readLongJson(response.text);
    if (json.ok) token.renewFrom(json.value);
    return response;
  };
}

/**
 * Returns the body of a successful read; null for what is not there. Throws `ProviderFailure` for anything else, also for
 * a call that Centra does not know: https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories
 */
export function bodyOf(result: JsonResult): unknown {
  if (result.outcome === 'answered' || errorsIn(result.body)?.['uri'] === undefined) return findBody(result, 'Centra');
  throw new ProviderFailure(result.problem);
}

/** Returns the body of a successful read. Throws `ProviderFailure` for anything else, also for 404. */
export function answerOf(result: JsonResult): unknown {
  const body = bodyOf(result);
  if (body === null && result.outcome !== 'answered') throw new ProviderFailure(result.problem);
  return body;
}

/** Returns the body as `bodyOf` does. Throws for `errors` in a 200, which count as a refusal. */
export function faultlessBodyOf(result: JsonResult): unknown {
  const body = bodyOf(result);
  if (errorsIn(body) === null) return body;
  throw new ProviderFailure(problem('REJECTED', 'Centra did not accept the request.'));
}

/** Returns what went wrong; null for an answer. */
export function problemIn(result: JsonResult): ProviderProblem | null {
  return result.outcome === 'answered' ? null : result.problem;
}
