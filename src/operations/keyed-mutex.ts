import { Mutex } from 'async-mutex';
import { systemTimers, type Timers } from './timers.js';

/** A mutex for each key, within one process: whoever asked first is next. */
export interface KeyedMutex {
  /** Waits for the key. Answers with its release, or null when the key did not become free in time. */
  acquire(key: string, limit: { readonly timeoutMs: number }): Promise<Release | null>;
}

export type Release = () => void;

/** Creates a mutex with its own timeout: the library's uses global timers, which keep a waiting process alive. */
export function createKeyedMutex(timers: Timers = systemTimers): KeyedMutex {
  const mutexes = new Map<string, Mutex>();

  async function lock(key: string): Promise<Release> {
    const mutex = mutexes.get(key) ?? new Mutex();
    mutexes.set(key, mutex);
    const release = await mutex.acquire();
    return () => {
      release();
      if (!mutex.isLocked()) mutexes.delete(key);
    };
  }

  return {
    async acquire(key, { timeoutMs }) {
      const locked = lock(key);
      const { expired, cancel } = expiry(timers, timeoutMs);
      const release = await Promise.race([locked, expired]);
      cancel();
      // Whoever gave up still stands in the queue, and passes the key on once it comes.
      if (release === null) void locked.then((late) => late());
      return release;
    },
  };
}

function expiry(timers: Timers, timeoutMs: number) {
  let cancel = () => {};
  const expired = new Promise<null>((resolve) => {
    cancel = timers.schedule(timeoutMs, () => resolve(null));
  });
  return { expired, cancel: () => cancel() };
}
