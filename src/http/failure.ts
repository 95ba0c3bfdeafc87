import type { TransportFailureKind } from '../domain/transport.js';

/** Describes why one attempt did not succeed. */
export type Failure =
  | {
      readonly type: 'status';
      readonly status: number;
      /** Wait the provider asks for. */
      readonly retryAfterMs: number | null;
      /** A web page came in place of data, as an edge in front of an API keeps callers out. */
      readonly isBan?: boolean;
      /** Documented effect of this response when its status is ambiguous. */
      readonly effect?: Effect;
    }
  | {
      readonly type: 'transport';
      readonly kind: TransportFailureKind;
      readonly mayHaveArrived: boolean;
      readonly retryAfterMs?: number | null;
    };

/**
 * Effect of a failed attempt at the provider.
 * `not_applied`: certainly nothing, and it may be sent again. `refused`: nothing, and it would be refused again.
 */
export type Effect = 'not_applied' | 'refused' | 'unknown';

/** Statuses documented by providers as "nothing was done, try again": throttled and contended. */
const NOT_APPLIED: ReadonlySet<number> = new Set([423, 429]);

/** A server that reports a request timeout does not know the outcome either. */
const REQUEST_TIMEOUT = 408;

export function effectOf(failure: Failure): Effect {
  if (failure.type === 'transport') return failure.mayHaveArrived ? 'unknown' : 'not_applied';
  if (failure.effect) return failure.effect;
  if (NOT_APPLIED.has(failure.status)) return 'not_applied';
  const isRefusal = failure.status >= 400 && failure.status < 500 && failure.status !== REQUEST_TIMEOUT;
  return isRefusal ? 'refused' : 'unknown';
}
