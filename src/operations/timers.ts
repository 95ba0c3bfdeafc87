/** The timers of one process: what waits, and how long something took. The time of day is a `Clock`. */
export interface Timers {
  /** Returns the milliseconds since an arbitrary start. Never goes back, whatever happens to the wall clock. */
  monotonicMs(): number;
  sleep(ms: number): Promise<void>;
  /** Calls back once, unless canceled before. Does not keep the process alive. */
  schedule(ms: number, callback: () => void): CancelTimer;
  /** Aborts after that time. */
  timeoutSignal(ms: number): AbortSignal;
}

export type CancelTimer = () => void;

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  schedule(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
  timeoutSignal: (ms) => AbortSignal.timeout(ms),
};
