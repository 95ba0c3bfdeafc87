import { withheldFor } from '../domain/transport.js';
import { effectOf, type Failure } from './failure.js';

export interface RetryInput {
  readonly kind: 'read' | 'write';
  /** The provider documents that sending this write twice does it once. */
  readonly repeatSafe: boolean;
  readonly failure: Failure;
  /** The attempt that failed, from 1. */
  readonly attempt: number;
}

export type RetryReason =
  | 'given_up'
  | 'withheld'
  | 'attempts_used'
  | 'refused'
  | 'may_have_been_applied'
  | 'redirected'
  | 'asked_to_wait_too_long'
  | 'not_applied'
  | 'transient';

export interface RetryDecision {
  readonly retry: boolean;
  readonly afterMs: number;
  readonly reason: RetryReason;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Upper end of the first wait; it doubles with each attempt. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** A provider that asks for more is not waited for. */
  readonly longestRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 4,
  firstWaitMs: 100,
  longestWaitMs: 2_000,
  longestRetryAfterMs: 10_000,
};

/** Whether to send again: the first reason that holds decides. `random` gives numbers from 0 up to 1. */
export function decideRetry(
  { kind, repeatSafe, failure, attempt }: RetryInput,
  random: () => number,
  policy: RetryPolicy = defaultRetryPolicy,
): RetryDecision {
  const effect = effectOf(failure);
  const isWrite = kind === 'write' && !repeatSafe;
  if (failure.type === 'transport' && failure.kind === 'GIVEN_UP') return stop('given_up');
  // This layer held it back to spare the provider: trying at once would undo that.
  if (failure.type === 'transport' && withheldFor(failure.kind)) return stop('withheld');
  if (attempt >= policy.maxAttempts) return stop('attempts_used');
  if (effect === 'refused') return stop('refused');
  if (effect === 'unknown' && isWrite) return stop('may_have_been_applied');
  if (failure.type === 'status' && failure.status < 400) return stop('redirected');
  const asked = failure.retryAfterMs ?? 0;
  if (asked > policy.longestRetryAfterMs) return stop('asked_to_wait_too_long');
  // Full jitter keeps callers from coming back together, also after a wait all of them were asked for.
  const ceiling = Math.min(policy.firstWaitMs * 2 ** (attempt - 1), policy.longestWaitMs);
  const afterMs = asked + Math.floor(random() * ceiling);
  return { retry: true, afterMs, reason: effect === 'not_applied' ? 'not_applied' : 'transient' };
}

function stop(reason: RetryReason): RetryDecision {
  return { retry: false, afterMs: 0, reason };
}
