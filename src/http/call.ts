import type { Caller } from '../domain/caller.js';
import type { Clock } from '../domain/moment.js';
import type { ProviderProblem } from '../domain/problem.js';
import { type HttpMethod, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { type GiveUp, watchDeadline } from './deadline.js';
import { type Effect, effectOf, type Failure } from './failure.js';
import { decideRetry } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import { problemOfFailure } from './status-problem.js';

export interface CallRequest {
  /** Many reads are POSTs: the method does not tell. */
  readonly kind: 'read' | 'write';
  readonly method: HttpMethod;
  readonly url: string;
  /** Its path with names in place of identifiers. */
  readonly urlTemplate: string;
  /** Made anew for each attempt: signatures carry a time. */
  headers(): Readonly<Record<string, string>>;
  readonly body?: string;
  /** The provider documents that sending this write twice does it once. */
  readonly repeatSafe?: boolean;
  /** Name of the narrowest limit of the account that it falls under; `all` when absent. */
  readonly limit?: string;
  /** What an answer that is no success means, where its status alone does not say it. `attempt` counts from 1. */
  judge?(response: OutboundResponse, attempt: number): Judgement | null;
}

export interface Judgement {
  readonly effect?: Effect;
  /** How long to wait, where the provider does not say it in a header. */
  readonly retryAfterMs?: number;
}

export interface CallConditions {
  /** Its name, for the sentences of problems. */
  readonly provider: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** For the whole call, waits and repeats included. */
  readonly timeoutMs: number;
  readonly scope: Caller & { readonly signal: AbortSignal };
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** `answered` is a 2xx. The others say what the request did: nothing and final, nothing for now, or who knows. */
export type CallResult =
  { readonly outcome: 'answered'; readonly attempts: number; readonly response: OutboundResponse } | UnansweredCall;

export interface UnansweredCall {
  readonly outcome: Effect;
  readonly attempts: number;
  readonly problem: ProviderProblem;
  /** What came instead of a success: of the last attempt only. */
  readonly response: OutboundResponse | null;
}

/** A read that hangs is given up early enough to be tried once more. */
const SHARE_OF_ONE_READ = 0.5;

/** Sends a request, again where that is safe, until its time is over. Never throws for what happens on the way. */
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
    if (!decision.retry || !isInTime || !(await waited(decision.afterMs, scope.signal))) {
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
      patienceMs: leftMs,
      isRefusal: (answer) => request.judge?.(answer, attempt)?.effect === 'refused',
      ...(body !== undefined && { body }),
      ...(limit !== undefined && { limit }),
    });
    if (response.status >= 200 && response.status < 300) return { failure: null, response };
    return { failure: failureOf(response, request.judge?.(response, attempt) ?? null, clock), response };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    const { mayHaveArrived, retryAfterMs } = error;
    return { failure: { type: 'transport', kind: error.kind, mayHaveArrived, retryAfterMs }, response: null };
  }
}

function failureOf({ status, headers }: OutboundResponse, judgement: Judgement | null, clock: Clock): Failure {
  const asked = readRetryAfter(headers['retry-after'], clock());
  return {
    type: 'status',
    status,
    retryAfterMs: asked ?? judgement?.retryAfterMs ?? null,
    ...(judgement?.effect && { effect: judgement.effect }),
  };
}

/** False when the caller gave up meanwhile. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  let stop = () => {};
  const end = await new Promise<GiveUp>((resolve) => {
    stop = watchDeadline({ timeoutMs: ms, signal }, resolve);
  });
  stop();
  return end.kind === 'TIMEOUT';
}
