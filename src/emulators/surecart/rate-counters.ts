/** Counts of what was asked lately. */
export class RateCounters {
  #windows = new Map<string, { startedAt: number; count: number }>();
  inFlight = 0;
  /** Real milliseconds since 1970 until which everything is answered by the network in front. */
  bannedUntil = 0;

  /** Whether one more stays within `limit` in `lengthMs`. */
  admits(name: string, limit: number, lengthMs: number, now: number): boolean {
    const known = this.#windows.get(name);
    const isRunning = known !== undefined && now >= known.startedAt && now - known.startedAt < lengthMs;
    const window = isRunning ? known : { startedAt: now, count: 0 };
    window.count += 1;
    this.#windows.set(name, window);
    return window.count <= limit;
  }
}
