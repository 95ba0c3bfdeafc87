import { LRUCache } from 'lru-cache';
import type { Transport } from '../../domain/transport.js';

/** Number of most recent callers whose calls are remembered. */
const REMEMBERED_CALLERS = 50_000;

/**
 * Counts the provider calls made for each actor, to be charged with their next request: one request may make a hundred calls,
 * and a refused write costs the shopper nothing but the account its budget.
 */
export class CallMeter {
  private readonly made = new LRUCache<string, number>({ max: REMEMBERED_CALLERS });

  /** Counts each call once, however often it is repeated: repeats are the provider's doing. */
  counting(send: Transport): Transport {
    return (request) => {
      const { actorId } = request.caller;
      if (request.attempt === 1) this.made.set(actorId, (this.made.get(actorId) ?? 0) + 1);
      return send(request);
    };
  }

  /** Returns the calls made for an actor since they were last taken. */
  take(actorId: string): number {
    const calls = this.made.get(actorId) ?? 0;
    // Deleting the only entry would clear the room of all that can be remembered.
    if (calls > 0) this.made.set(actorId, 0);
    return calls;
  }
}
