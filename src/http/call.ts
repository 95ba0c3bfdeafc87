import type { Caller } from '../domain/caller.js';
import type { Clock } from '../domain/moment.js';
import type { ProviderProblem } from '../domain/problem.js';
import { type HttpMethod, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { type AbortReason, watchDeadline } from './deadline.js';
import { type Effect, effectOf, type Failure } from './failure.js';
import { decideRetry } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import { problemOfFailure } from './status-problem.js';

export interface CallRequest {
  /** Stated, because many reads are POSTs. */
  readonly kind: 'read' | 'write';
  readonly method: HttpMethod;
  readonly url: string;
  /** The path with names in place of identifiers. */
  readonly urlTemplate: string;
  /** Called for each attempt: signatures carry a time. */
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
  /** Wait before the next attempt when the response has no `Retry-After` header. */
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
  /** Response of the last attempt; null when none arrived. */
  readonly response: OutboundResponse | null;
}

/** Leaves a read that hangs enough time for one more attempt. */
const SHARE_OF_ONE_READ = 0.5;

/** Sends a request and retries it where that is safe, until the timeout. Reports transport failures as results. */
export async function call(request: CallRequest, conditions: CallConditions): Promise<CallResult> {
  const { kind, repeatSafe = false } = request;
  const { clock, provider, scope, timeoutMs, random = Math.random } = conditions;
  const endsAt = performance.now() + timeoutMs;
  const attemptMs = kind === 'read' ? timeoutMs * SHARE_OF_ONE_READ : timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    const leftMs = Math.max(endsAt - performance.now(), 1);
    const answer = await attemptOnce(request, conditions, { attempt, leftMs, attemptMs });
    if (answer.failure === null) return { outcome: 'answered', attempts: attempt, response: answer.response };
    const { failure, response } = answer;
    const decision = decideRetry({ kind, repeatSafe, failure, attempt }, random);
    const isInTime = performance.now() + decision.afterMs < endsAt;
    if (!decision.retry || !isInTime || !(await waitFor(decision.afterMs, scope.signal))) {
      const problem = problemOfFailure(failure, provider, clock());
      return { outcome: effectOf(failure), attempts: attempt, problem, response };
    }
  }
}

interface AttemptTime {
  readonly attempt: number;
  readonly leftMs: number;
  readonly attemptMs: number;
}

type Attempt =
  | { readonly failure: null; readonly response: OutboundResponse }
  | { readonly failure: Failure; readonly response: OutboundResponse | null };

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
      ...(body !== undefined && { body }),
      ...(limit !== undefined && { limit }),
    });
    if (response.status >= 200 && response.status < 300) return { failure: null, response };
    return { failure: failureOf(response, request.classify?.(response, attempt) ?? null, clock), response };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    const { mayHaveArrived, retryAfterMs } = error;
    return { failure: { type: 'transport', kind: error.kind, mayHaveArrived, retryAfterMs }, response: null };
  }
}

function failureOf({ status, headers }: OutboundResponse, responseClass: ResponseClass | null, clock: Clock): Failure {
  const retryAfterMs = readRetryAfter(headers['retry-after'], clock());
  return {
    type: 'status',
    status,
    retryAfterMs: retryAfterMs ?? responseClass?.retryAfterMs ?? null,
    ...(responseClass?.effect && { effect: responseClass.effect }),
  };
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
