import type { KnownEffect } from '../../domain/known-effect.js';
import type { ProviderProblem } from '../../domain/problem.js';
import type { Refusal, RetryAdvice } from '../../domain/refusal.js';

/**
 * Advises whether the same request may help later, by the cause: credentials, permissions, a record that is gone and one
 * that cannot be decoded do not mend themselves.
 */
export function adviceAfter({ kind }: ProviderProblem): RetryAdvice {
  switch (kind) {
    case 'RATE_LIMITED':
    case 'TIMEOUT':
    case 'UNAVAILABLE':
    case 'CONFLICT':
      return 'SAME_KEY';
    case 'AUTHENTICATION':
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'CONTRACT_DRIFT':
      return 'NEVER';
    case 'REJECTED':
      return 'NEW_REQUEST';
  }
}

/** Whether what could not be read now can be in a moment. */
export function isPassing(found: ProviderProblem): boolean {
  return adviceAfter(found) === 'SAME_KEY';
}

/** States what is proven beside a refusal. A new request is never advised while the first may be in force. */
export function withEffect(refusal: Refusal, effect: KnownEffect): Refusal {
  const isRisky = refusal.retry === 'NEW_REQUEST' || refusal.retry === 'SAME_KEY';
  return { ...refusal, effect, retry: effect === 'UNKNOWN' && isRisky ? 'CHECK_OPERATION' : refusal.retry };
}
