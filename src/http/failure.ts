import type { TransportFailureKind } from '../domain/transport.js';

/** Why one attempt brought no good answer. */
export type Failure =
  | {
      readonly type: 'status';
      readonly status: number;
      /** How long the provider asks to wait. */
      readonly retryAfterMs: number | null;
      /** What the provider documents of this very answer, where its status does not say it. */
      readonly effect?: Effect;
    }
  | {
      readonly type: 'transport';
      readonly kind: TransportFailureKind;
      readonly mayHaveArrived: boolean;
      readonly retryAfterMs?: number | null;
    };

/**
 * What a failed attempt did at the provider.
 * `not_applied`: certainly nothing, and it may be sent again. `refused`: nothing, and it would be refused again.
 */
export type Effect = 'not_applied' | 'refused' | 'unknown';

/** Statuses providers document as "nothing was done, try again": throttled and contended. */
const NOT_APPLIED: ReadonlySet<number> = new Set([423, 429]);

/** A request timeout is the server's word for not knowing either. */
const REQUEST_TIMEOUT = 408;

export function effectOf(failure: Failure): Effect {
  if (failure.type === 'transport') return failure.mayHaveArrived ? 'unknown' : 'not_applied';
  if (failure.effect) return failure.effect;
  if (NOT_APPLIED.has(failure.status)) return 'not_applied';
  const isRefusal = failure.status >= 400 && failure.status < 500 && failure.status !== REQUEST_TIMEOUT;
  return isRefusal ? 'refused' : 'unknown';
}
