import type { Caller } from '../domain/caller.js';
import type { Clock } from '../domain/moment.js';
import type { ProviderProblem } from '../domain/problem.js';
import {
  type HttpMethod,
  notSentReason,
  type OutboundResponse,
  type Transport,
  TransportFailure,
} from '../domain/transport.js';
import { type AbortReason, watchDeadline } from './deadline.js';
import { type Effect, effectOf, type Failure } from './failure.js';
import { decideRetry } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import { problemOfFailure } from './status-problem.js';
import { isBan, throttlingIn } from './throttling.js';

export interface CallRequest {
  /** Stated, because many reads are POSTs. */
  readonly kind: 'read' | 'write';
  readonly method: HttpMethod;
  readonly url: string;
  /** The path with names in place of identifiers. */
  readonly urlTemplate: string;
  /** Makes the headers of each attempt anew, because signatures carry a time. */
  headers(): Readonly<Record<string, string>>;
  readonly body?: string;
  /** The provider documents the write as idempotent. */
  readonly repeatSafe?: boolean;
  /** Name of the narrowest call limit that applies; `all` when absent. */
  readonly limit?: string;
  /** Classifies an unsuccessful response whose status alone is ambiguous. `attempt` counts from 1. */
  classify?(response: OutboundResponse, attempt: number): ResponseClass | null;
}

export interface ResponseClass {
  readonly effect?: Effect;
  /** Wait before the next attempt, also of other calls after 429, when the response has no `Retry-After` header. */
  readonly retryAfterMs?: number;
}

export interface CallConditions {
  /** Provider name used in problem details. */
  readonly provider: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Timeout of the whole call, waits and retries included. */
  readonly timeoutMs: number;
  readonly scope: Caller & { readonly signal: AbortSignal };
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random?: () => number;
}

/** `answered` is a 2xx response; any other outcome is the effect the request had at the provider. */
export type CallResult =
  { readonly outcome: 'answered'; readonly attempts: number; readonly response: OutboundResponse } | UnansweredCall;

export interface UnansweredCall {
  readonly outcome: Effect;
  readonly attempts: number;
  readonly problem: ProviderProblem;
  /** Response that the outcome was read from; null when none arrived. */
  readonly response: OutboundResponse | null;
}

/** A provider that is slow but right is waited for, and a read that hangs leaves time for another attempt. */
const SHARE_OF_ONE_READ = 0.7;

/** An attempt with less than this left would rather end as a time-out, after which nobody knows what a write did. */
const SHARE_OF_LAST_ATTEMPT = 0.2;

/** Sends a request and retries it where that is safe, until the timeout. Reports transport failures as results. */
export async function call(request: CallRequest, conditions: CallConditions): Promise<CallResult> {
  const { kind, repeatSafe = false } = request;
  const { clock, provider, scope, timeoutMs, random = Math.random } = conditions;
  const endsAt = performance.now() + timeoutMs;
  const attemptMs = kind === 'read' ? timeoutMs * SHARE_OF_ONE_READ : timeoutMs;
  let evidence: FailedAttempt | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const leftMs = Math.max(endsAt - performance.now(), 1);
    const answer = await attemptOnce(request, conditions, { attempt, leftMs, attemptMs });
    if (answer.failure === null) return { outcome: 'answered', attempts: attempt, response: answer.response };
    const lastAt = endsAt - timeoutMs * SHARE_OF_LAST_ATTEMPT;
    const { failure } = answer;
    const decision = decideRetry({ kind, repeatSafe, failure, attempt, leftMs: lastAt - performance.now() }, random);
    evidence = evidence === null ? answer : joinAttempts(evidence, answer, kind);
    if (!decision.retry || !(await waitFor(decision.afterMs, scope.signal))) {
      const problem = problemOfFailure(evidence.failure, provider, clock());
      return { outcome: effectOf(evidence.failure), attempts: attempt, problem, response: evidence.response };
    }
  }
}

interface FailedAttempt {
  readonly failure: Failure;
  readonly response: OutboundResponse | null;
}

/** Returns what is known after another failed attempt: an attempt that was not sent says only when to come back. */
function joinAttempts(before: FailedAttempt, latest: FailedAttempt, kind: CallRequest['kind']): FailedAttempt {
  const isSent = latest.failure.type === 'status' || !notSentReason(latest.failure.kind);
  const known = isSent
    ? latest
    : { ...before, failure: { ...before.failure, retryAfterMs: latest.failure.retryAfterMs ?? null } };
  // However later attempts of a write ended: an earlier one may have been applied.
  const isOpen = kind === 'write' && effectOf(before.failure) === 'unknown' && effectOf(known.failure) !== 'unknown';
  return isOpen ? before : known;
}

interface AttemptTime {
  readonly attempt: number;
  readonly leftMs: number;
  readonly attemptMs: number;
}

type Attempt = { readonly failure: null; readonly response: OutboundResponse } | FailedAttempt;

async function attemptOnce(
  request: CallRequest,
  { transport, clock, scope }: CallConditions,
  { attempt, leftMs, attemptMs }: AttemptTime,
): Promise<Attempt> {
  const { kind, method, url, urlTemplate, body, limit } = request;
  try {
    const response = await transport({
      kind,
      method,
      url,
      urlTemplate,
      attempt,
      headers: request.headers(),
      caller: scope,
      signal: scope.signal,
      timeoutMs: Math.min(attemptMs, leftMs),
      totalTimeoutMs: leftMs,
      isRefusal: (answer) => request.classify?.(answer, attempt)?.effect === 'refused',
      throttlingIn: (answer) => throttlingIn(answer, retryAfterMsOf(answer, classOf(answer, request, attempt), clock)),
      ...(body !== undefined && { body }),
      ...(limit !== undefined && { limit }),
    });
    // A write that was answered by a page may have been applied all the same: its provider reads what was confirmed.
    if (isSuccess(response) && !(kind === 'read' && isBan(response))) return { failure: null, response };
    return { failure: failureOf(response, request, attempt, clock), response };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    const { mayHaveArrived, retryAfterMs } = error;
    return { failure: { type: 'transport', kind: error.kind, mayHaveArrived, retryAfterMs }, response: null };
  }
}

function isSuccess({ status }: OutboundResponse): boolean {
  return status >= 200 && status < 300;
}

function classOf(response: OutboundResponse, { classify }: CallRequest, attempt: number): ResponseClass | null {
  return isSuccess(response) ? null : (classify?.(response, attempt) ?? null);
}

function failureOf(response: OutboundResponse, request: CallRequest, attempt: number, clock: Clock): Failure {
  const responseClass = classOf(response, request, attempt);
  const ban = isBan(response);
  const effect = responseClass?.effect ?? (ban && request.kind === 'read' ? 'not_applied' : undefined);
  return {
    type: 'status',
    status: response.status,
    retryAfterMs: retryAfterMsOf(response, responseClass, clock),
    isBan: ban,
    ...(effect && { effect }),
  };
}

function retryAfterMsOf(
  { headers }: OutboundResponse,
  responseClass: ResponseClass | null,
  clock: Clock,
): number | null {
  return readRetryAfter(headers['retry-after'], clock()) ?? responseClass?.retryAfterMs ?? null;
}

/** Resolves after `ms`; false when the caller aborted first. */
async function waitFor(ms: number, signal: AbortSignal): Promise<boolean> {
  let stop = () => {};
  const end = await new Promise<AbortReason>((resolve) => {
    stop = watchDeadline({ timeoutMs: ms, signal }, resolve);
  });
  stop();
  return end.kind === 'TIMEOUT';
}
