import type { Shopper } from './actor.js';

/** Actor and shopper on whose behalf a provider is called. */
export interface Caller {
  /** Separates callers in the call queue, and limits coalesced reads to one caller. */
  readonly actorId: string;
  readonly shopper: Shopper;
  /** Bypasses cached and coalesced reads: these reads follow a write. */
  readonly fresh?: boolean;
}
