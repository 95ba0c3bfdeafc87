import type { Rate } from '../domain/call-limits.js';

/** Keeps calls within a rate in every window of that length, wherever it begins: providers differ in when theirs does. */
export class RateWindow {
  /** When the last calls began, as a ring: the next entry to be overwritten is the one `calls` ago. */
  private readonly begun: Float64Array;
  private next = 0;

  constructor(
    rate: Rate,
    private readonly windowMs = rate.seconds * 1000,
  ) {
    this.begun = new Float64Array(rate.calls).fill(Number.NEGATIVE_INFINITY);
  }

  /** Milliseconds until another call may begin; 0 when it may now. */
  waitMs(now: number): number {
    const oldest = this.begun[this.next] ?? Number.NEGATIVE_INFINITY;
    return Math.max(oldest + this.windowMs - now, 0);
  }

  note(now: number): void {
    this.begun[this.next] = now;
    this.next = (this.next + 1) % this.begun.length;
  }
}
