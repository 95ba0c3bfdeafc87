import { notSentReason } from '../domain/transport.js';
import { effectOf, type Failure } from './failure.js';

export interface RetryInput {
  readonly kind: 'read' | 'write';
  /** The provider documents the write as idempotent. */
  readonly repeatSafe: boolean;
  readonly failure: Failure;
  /** Number of the failed attempt, from 1. */
  readonly attempt: number;
}

export type RetryReason =
  | 'aborted'
  | 'not_sent'
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
  /** Upper bound of the first wait; it doubles with each attempt. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Longest `Retry-After` that is honoured; a longer one ends the retries. */
  readonly longestRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 4,
  firstWaitMs: 100,
  longestWaitMs: 2_000,
  longestRetryAfterMs: 10_000,
};

/** Decides whether to retry a failed attempt: the first reason that applies wins. */
export function decideRetry(
  { kind, repeatSafe, failure, attempt }: RetryInput,
  random: () => number,
  policy: RetryPolicy = defaultRetryPolicy,
): RetryDecision {
  const effect = effectOf(failure);
  const isWrite = kind === 'write' && !repeatSafe;
  if (failure.type === 'transport' && failure.kind === 'ABORTED') return stop('aborted');
  // The request was not sent, to spare the provider: an immediate retry would defeat that.
  if (failure.type === 'transport' && notSentReason(failure.kind)) return stop('not_sent');
  if (attempt >= policy.maxAttempts) return stop('attempts_used');
  if (effect === 'refused') return stop('refused');
  if (effect === 'unknown' && isWrite) return stop('may_have_been_applied');
  if (failure.type === 'status' && failure.status < 400) return stop('redirected');
  const asked = failure.retryAfterMs ?? 0;
  if (asked > policy.longestRetryAfterMs) return stop('asked_to_wait_too_long');
  // Full jitter keeps callers from returning together, even after the same `Retry-After`.
  const ceiling = Math.min(policy.firstWaitMs * 2 ** (attempt - 1), policy.longestWaitMs);
  const afterMs = asked + Math.floor(random() * ceiling);
  return { retry: true, afterMs, reason: effect === 'not_applied' ? 'not_applied' : 'transient' };
}

function stop(reason: RetryReason): RetryDecision {
  return { retry: false, afterMs: 0, reason };
}
