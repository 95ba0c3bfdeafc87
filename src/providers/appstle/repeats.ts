import type { Failure } from '../../http/failure.js';
import { effectOf } from '../../http/failure.js';
import type { Sign } from './answer-signs.js';

export interface FailedAttempt {
  readonly failure: Failure;
  readonly sign: Sign | null;
  /** From 1. */
  readonly attempt: number;
  /** A read, or a write that is documented to have no further effect when it is repeated. */
  readonly repeatSafe: boolean;
}

/** No figures are documented: these waits were seen to be enough. */
const WAITS_WHEN_THROTTLED = [300, 900, 2700];
const WAITS_AFTER_COLLISION = [700, 1400];
const WAITS_AFTER_FAILURE = [150, 450];

/** Milliseconds to wait before sending again, or null not to. */
export function waitBeforeRepeat({ failure, sign, attempt, repeatSafe }: FailedAttempt): number | null {
  if (sign === 'THROTTLED') return WAITS_WHEN_THROTTLED[attempt - 1] ?? null;
  if (sign === 'COLLISION') return WAITS_AFTER_COLLISION[attempt - 1] ?? null;
  if (sign !== null) return null;
  const effect = effectOf(failure);
  const isRedirect = failure.type === 'status' && failure.status < 400;
  const isRepeatable = effect === 'not_applied' || (effect === 'unknown' && repeatSafe && !isRedirect);
  return isRepeatable ? (WAITS_AFTER_FAILURE[attempt - 1] ?? null) : null;
}
