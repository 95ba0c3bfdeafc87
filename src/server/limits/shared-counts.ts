import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SharedStates } from '../../domain/shared-states.js';

/** Number of most recent callers whose counts are shared. */
const REMEMBERED_CALLERS = 50_000;

/** Part of a limit that a process counts before it tells the others: most callers never come so far. */
const TOLD_PART = 1 / 40;

/** After a question that failed, the store is left alone for this long. */
const RETRY_MS = 1_000;

/** What one process knows of a caller in the present window. */
interface Known {
  /** Of the store's windows; null before the store was asked. */
  window: number | null;
  /** By the monotonic clock. */
  endsAt: number;
  /** Counted here and not told yet. */
  untold: number;
  told: number;
  /** What the other processes told. */
  others: number;
  isAsking: boolean;
}

/** What the processes know together of a few callers, as JSON. */
interface CountState {
  readonly window: number;
  /** By digests of the callers. */
  readonly counts: Readonly<Record<string, number>>;
}

interface Total {
  readonly window: number;
  readonly total: number;
  readonly endsInMs: number;
}

/**
 * Adds up what several processes count of one caller in a time window. Nobody waits for the store: a process tells it what it
 * counted now and then, and learns what others had told by then. While the store is gone each process knows its own count.
 */
export class SharedCounts {
  private readonly callers = new LRUCache<string, Known>({ max: REMEMBERED_CALLERS });
  private askAgainAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly states: SharedStates,
    private readonly windowMs: number,
  ) {}

  /** Notes what was counted here. Returns what others counted in the same window, as far as they have told. */
  add(caller: string, count: number, limit: number): number {
    const now = performance.now();
    const known = this.knownOf(caller, now);
    known.untold += count;
    const isDue = known.untold >= limit * TOLD_PART && known.told + known.others <= limit;
    if (isDue && !known.isAsking && now >= this.askAgainAt) void this.tell(caller, known, now);
    return known.others;
  }

  private knownOf(caller: string, now: number): Known {
    const known = this.callers.get(caller);
    if (known && now < known.endsAt) return known;
    const begun = { window: null, endsAt: now + this.windowMs, untold: 0, told: 0, others: 0, isAsking: false };
    this.callers.set(caller, begun);
    return begun;
  }

  private async tell(caller: string, known: Known, now: number): Promise<void> {
    const count = known.untold;
    known.untold = 0;
    known.isAsking = true;
    const digest = createHash('sha256').update(caller).digest('hex').slice(0, 24);
    try {
      const { window, total, endsInMs } = await this.states.change(`rate ${digest.slice(0, 2)}`, (state, time) =>
        addCount(
          state,
          digest.slice(2),
          count,
          Math.floor(time / this.windowMs),
          this.windowMs - (time % this.windowMs),
        ),
      );
      if (known.window !== window) known.told = 0;
      known.window = window;
      known.told += count;
      known.others = Math.max(total - known.told, 0);
      known.endsAt = now + endsInMs;
    } catch {
      // It may have been added all the same: it is not told again, and is not taken for a count of others.
      known.told += count;
      this.askAgainAt = performance.now() + RETRY_MS;
    } finally {
      known.isAsking = false;
    }
  }
}

/** Adds to the count of a caller. A state holds the callers of one window, so that old ones need not be looked for. */
function addCount(
  text: string | null,
  digest: string,
  count: number,
  window: number,
  endsInMs: number,
): { readonly state: string; readonly result: Total } {
  const before: CountState | null = text === null ? null : JSON.parse(text);
  const counts = before?.window === window ? before.counts : {};
  const total = (counts[digest] ?? 0) + count;
  return {
    state: JSON.stringify({ window, counts: { ...counts, [digest]: total } } satisfies CountState),
    result: { window, total, endsInMs },
  };
}
