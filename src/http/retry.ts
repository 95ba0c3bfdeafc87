import { notSentReason } from '../domain/transport.js';
import { effectOf, type Failure } from './failure.js';

export interface RetryInput {
  readonly kind: 'read' | 'write';
  /** The provider documents the write as idempotent. */
  readonly repeatSafe: boolean;
  readonly failure: Failure;
  /** Number of the failed attempt, from 1. */
  readonly attempt: number;
  /** Milliseconds until the last moment at which another attempt is worth beginning. */
  readonly leftMs: number;
}

export type RetryReason =
  | 'aborted'
  | 'not_sent'
  | 'refused'
  | 'may_have_been_applied'
  | 'redirected'
  | 'time_is_up'
  | 'not_applied'
  | 'transient';

export interface RetryDecision {
  readonly retry: boolean;
  readonly afterMs: number;
  readonly reason: RetryReason;
}

/** Doubled with each attempt, so that six attempts fill the five seconds a call has by default. */
const FIRST_WAIT_MS = 200;

/** Decides whether to retry a failed attempt: the first reason that applies wins. */
export function decideRetry(
  { kind, repeatSafe, failure, attempt, leftMs }: RetryInput,
  random: () => number,
): RetryDecision {
  const effect = effectOf(failure);
  const isWrite = kind === 'write' && !repeatSafe;
  if (failure.type === 'transport' && failure.kind === 'ABORTED') return stop('aborted');
  // The request was not sent, to spare the provider: an immediate retry would defeat that.
  if (failure.type === 'transport' && notSentReason(failure.kind)) return stop('not_sent');
  if (effect === 'refused') return stop('refused');
  if (effect === 'unknown' && isWrite) return stop('may_have_been_applied');
  if (failure.type === 'status' && failure.status >= 300 && failure.status < 400) return stop('redirected');
  const askedMs = failure.retryAfterMs ?? 0;
  if (leftMs <= 0 || askedMs > leftMs) return stop('time_is_up');
  // Jitter keeps callers from returning together, even after the same `Retry-After`.
  const waitMs = Math.floor(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + random() / 2));
  const afterMs = Math.min(askedMs + waitMs, leftMs);
  return { retry: true, afterMs, reason: effect === 'not_applied' ? 'not_applied' : 'transient' };
}

function stop(reason: RetryReason): RetryDecision {
  return { retry: false, afterMs: 0, reason };
}
