import type { Shopper } from './actor.js';

/** Actor and shopper on whose behalf a provider is called. */
export interface Caller {
  /** Separates callers in the call queue, and limits coalesced reads to one caller. */
  readonly actorId: string;
  readonly shopper: Shopper;
  /** Acts for many shoppers, so no shopper's share of an account's rate bounds it. */
  readonly isService?: boolean;
  /** Bypasses cached reads, and coalesced ones unless `background`: these reads follow a write or a hint of a change. */
  readonly fresh?: boolean;
  /** Shares no fresh read with another request, background or not. */
  readonly unshared?: boolean;
  /** Whether the write may still leave the process. False once another process may have taken it over. */
  readonly mayStillSend?: () => boolean;
  /** Lets queued calls of other callers go first: nobody waits for this one. */
  readonly background?: boolean;
}
