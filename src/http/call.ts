import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../domain/moment.js';
import type { ProviderProblem } from '../domain/problem.js';
import { type HttpMethod, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { effectOf, type Failure } from './failure.js';
import { decideRetry } from './retry.js';
import { readRetryAfter } from './retry-after.js';
import { problemOfFailure } from './status-problem.js';

export interface CallRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Its path with names in place of identifiers. */
  readonly urlTemplate: string;
  /** Made anew for each attempt: signatures carry a time. */
  headers(): Readonly<Record<string, string>>;
  readonly body?: string;
  /** The provider documents that sending this write twice does it once. */
  readonly repeatSafe?: boolean;
}

export interface CallConditions {
  /** Its name, for the sentences of problems. */
  readonly provider: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** For the whole call, waits and repeats included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** `answered` is a 2xx. The others say what the request did: nothing and final, nothing for now, or who knows. */
export type CallResult =
  | { readonly outcome: 'answered'; readonly attempts: number; readonly response: OutboundResponse }
  | {
      readonly outcome: 'refused' | 'not_applied' | 'unknown';
      readonly attempts: number;
      readonly problem: ProviderProblem;
    };

/** A read that hangs is given up early enough to be tried once more. */
const SHARE_OF_ONE_READ = 0.5;

/** Sends a request, again where that is safe, until its time is over. Never throws for what happens on the way. */
export async function call(request: CallRequest, conditions: CallConditions): Promise<CallResult> {
  const { clock, provider, signal, timeoutMs, random = Math.random } = conditions;
  const kind = request.method === 'GET' ? 'read' : 'write';
  const endsAt = performance.now() + timeoutMs;
  const attemptMs = kind === 'read' ? timeoutMs * SHARE_OF_ONE_READ : timeoutMs;
  for (let attempt = 1; ; attempt += 1) {
    const leftMs = Math.max(endsAt - performance.now(), 1);
    const answer = await attemptOnce(request, attempt, conditions, Math.min(attemptMs, leftMs));
    if ('response' in answer) return { outcome: 'answered', attempts: attempt, response: answer.response };
    const { failure } = answer;
    const decision = decideRetry({ kind, repeatSafe: request.repeatSafe ?? false, failure, attempt }, random);
    const isInTime = performance.now() + decision.afterMs < endsAt;
    if (!decision.retry || !isInTime || !(await waited(decision.afterMs, signal))) {
      return { outcome: effectOf(failure), attempts: attempt, problem: problemOfFailure(failure, provider, clock()) };
    }
  }
}

async function attemptOnce(
  { method, url, urlTemplate, headers, body }: CallRequest,
  attempt: number,
  { transport, clock, signal }: CallConditions,
  timeoutMs: number,
): Promise<{ readonly response: OutboundResponse } | { readonly failure: Failure }> {
  try {
    const response = await transport({
      method,
      url,
      urlTemplate,
      attempt,
      headers: headers(),
      timeoutMs,
      signal,
      ...(body === undefined ? {} : { body }),
    });
    if (response.status >= 200 && response.status < 300) return { response };
    const retryAfterMs = readRetryAfter(response.headers['retry-after'], clock());
    return { failure: { type: 'status', status: response.status, retryAfterMs } };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return { failure: { type: 'transport', kind: error.kind, mayHaveArrived: error.mayHaveArrived } };
  }
}

/** False when the caller gave up meanwhile. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
