import { problem, type ProviderProblem } from '../../domain/problem.js';
import { effectOf } from '../../http/failure.js';
import { problemOfFailure } from '../../http/status-problem.js';
import type { Sign } from './answer-signs.js';
import type { FailedAttempt } from './repeats.js';

/** `body` is null for the empty successes Appstle sends now and then. */
export type AppstleResult =
  { readonly outcome: 'answered'; readonly attempts: number; readonly body: unknown } | UnansweredResult;

export interface UnansweredResult {
  readonly outcome: 'refused' | 'not_applied' | 'unknown';
  readonly attempts: number;
  readonly problem: ProviderProblem;
  readonly sign: Sign | null;
}

/** Another billing or edit holds the contract for about that long. */
const LOCK_MS = 15_000;

/** What the last attempt did. `repeatSafe` is for writes only. */
export function resultOfFailure({ failure, sign, attempt, repeatSafe }: FailedAttempt, now: Date): UnansweredResult {
  const found = problemOfFailure(failure, 'Appstle', now);
  if (sign === 'THROTTLED') return notApplied(attempt, sign, { ...found, kind: 'RATE_LIMITED' });
  if (sign === 'COLLISION') return notApplied(attempt, sign, { ...found, kind: 'CONFLICT', detail: COLLISION });
  if (sign === 'LOCKED') {
    const retryAt = new Date(now.getTime() + LOCK_MS);
    return notApplied(attempt, sign, { ...found, kind: 'CONFLICT', detail: LOCKED, retryAt });
  }
  // A call that adds nothing when it is repeated has added nothing when it says so, whatever its status.
  const isRefusal = sign === 'NO_QUEUED_ORDER' && repeatSafe;
  return { outcome: isRefusal ? 'refused' : effectOf(failure), attempts: attempt, problem: found, sign };
}

/** A success that declines, or that cannot be read. */
export function resultOfSuccess(sign: Sign | null, attempts: number): UnansweredResult {
  if (sign !== null) return { outcome: 'refused', attempts, problem: problem('REJECTED', DECLINED), sign };
  return { outcome: 'unknown', attempts, problem: problem('CONTRACT_DRIFT', NOT_JSON), sign };
}

function notApplied(attempts: number, sign: Sign, found: ProviderProblem): UnansweredResult {
  return { outcome: 'not_applied', attempts, problem: found, sign };
}

const COLLISION = 'Appstle was changing the same contract at that moment (HTTP 400).';
const LOCKED = 'Appstle is billing or changing this contract right now (HTTP 400).';
const DECLINED = 'Appstle answered the request and declined it.';
const NOT_JSON = 'Appstle answered something that is not JSON.';
