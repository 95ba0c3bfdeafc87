import type { Shopper } from './actor.js';

/** On whose behalf a provider is asked. */
export interface Caller {
  /** Callers take turns at an account, and equal reads are shared only within one of them. */
  readonly actorId: string;
  readonly shopper: Shopper;
  /** Nothing that was begun earlier may answer these reads: they come after a write. */
  readonly fresh?: boolean;
}
