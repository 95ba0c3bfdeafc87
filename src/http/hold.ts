/** A pause for which the provider names no end: the first, and the longest they grow to while it keeps refusing. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** However long a provider names, one call an hour finds out. */
const LONGEST_NAMED_MS = 3_600_000;

/** How a call ended. Nothing is said of the budget by one that got no answer. */
export type HeldCallEnd = 'answered' | 'unanswered' | { readonly retryAfterMs: number | null };

/** One call of the budget on its way; hand it back when it ends. */
export interface HeldCall {
  readonly startedAt: number;
  readonly isProbe: boolean;
}

/**
 * Holds back the calls of one budget when the provider says "too often", until the time it names. Then one call finds
 * out, and the others follow once it was not refused.
 */
export class Hold {
  private state: 'open' | 'held' | 'probing' = 'open';
  private until = 0;
  private openedAt = Number.NEGATIVE_INFINITY;
  private pauseMs = FIRST_PAUSE_MS;

  admits(now: number): boolean {
    return this.state === 'open' || (this.state === 'held' && now >= this.until);
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Returns the milliseconds until a call may find out; 0 while one does, or when nothing is held back. */
  waitMs(now: number): number {
    return this.state === 'held' ? Math.max(this.until - now, 0) : 0;
  }

  begin(now: number): HeldCall {
    const isProbe = this.state === 'held';
    if (isProbe) this.state = 'probing';
    return { startedAt: now, isProbe };
  }

  end({ startedAt, isProbe }: HeldCall, end: HeldCallEnd, now: number): void {
    if (end === 'unanswered') {
      if (isProbe) this.state = 'held';
    } else if (end === 'answered') {
      if (isProbe) this.open(now);
    } else {
      this.refused(end.retryAfterMs, { isProbe, isLate: this.state !== 'open' || startedAt < this.openedAt }, now);
    }
  }

  /** Holds calls back that another process was told to hold back. */
  pause(now: number, ms: number): void {
    this.until = Math.max(this.until, now + Math.min(ms, LONGEST_NAMED_MS));
    if (this.state === 'open') this.state = 'held';
  }

  private refused(namedMs: number | null, { isProbe, isLate }: { isProbe: boolean; isLate: boolean }, now: number) {
    if (isProbe) this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    // Calls that left before the pause are refused together: that is one refusal.
    else if (isLate && namedMs === null) return;
    const until = now + Math.min(namedMs ?? this.pauseMs, LONGEST_NAMED_MS);
    this.until = isProbe ? until : Math.max(this.until, until);
    if (isProbe || this.state === 'open') this.state = 'held';
  }

  private open(now: number): void {
    this.state = 'open';
    this.openedAt = now;
    this.pauseMs = FIRST_PAUSE_MS;
  }
}
