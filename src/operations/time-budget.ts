import type { Timers } from './timers.js';

/** The time one request may take, by the monotonic clock. */
export interface TimeBudget {
  /** Aborts when the time is up: ends provider calls that still run. */
  readonly signal: AbortSignal;
  /** Waits for this long; false when the time would be up before. */
  pause(ms: number): Promise<boolean>;
  leftMs(): number;
  elapsedMs(): number;
}

export function createTimeBudget(totalMs: number, timers: Timers): TimeBudget {
  const startedMs = timers.monotonicMs();
  const elapsedMs = () => timers.monotonicMs() - startedMs;
  const leftMs = () => Math.max(0, totalMs - elapsedMs());
  return {
    signal: timers.timeoutSignal(totalMs),
    elapsedMs,
    leftMs,
    async pause(ms) {
      if (ms >= leftMs()) return false;
      await timers.sleep(ms);
      return true;
    },
  };
}
