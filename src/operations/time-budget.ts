/** The time one request may take. Counted by a monotonic clock, whatever the wall clock does. */
export interface TimeBudget {
  /** Fires when the time is up: ends provider calls that still run. */
  readonly signal: AbortSignal;
  /** Waits; false when the time would be up before. */
  pause(ms: number): Promise<boolean>;
  leftMs(): number;
  elapsedMs(): number;
}

export function timeBudget(totalMs: number): TimeBudget {
  const begun = performance.now();
  const elapsedMs = () => performance.now() - begun;
  const leftMs = () => Math.max(0, totalMs - elapsedMs());
  const signal = AbortSignal.timeout(totalMs);
  return {
    signal,
    elapsedMs,
    leftMs,
    async pause(ms) {
      if (ms >= leftMs()) return false;
      await new Promise((resolve) => setTimeout(resolve, ms));
      return true;
    },
  };
}
