import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Takes the place of timers and `performance.now`, so that minutes pass in moments. Jest's own search all timers whenever one
 * is due, which a queue of a thousand callers with a deadline each is too long for.
 */
export class MovedClock {
  private now = 1_000_000;
  private readonly due = new Map<number, Set<() => void>>();
  private readonly real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  private readonly realNow = performance.now.bind(performance);

  install(): void {
    const start = (run: () => void, ms = 0) => {
      const at = Math.ceil(this.now + Math.max(ms, 1));
      const timers = this.due.get(at) ?? new Set();
      this.due.set(at, timers);
      // Of its own, so that it can be taken out again.
      const timer = { run: () => run(), stop: () => timers.delete(timer.run), unref: () => timer };
      timers.add(timer.run);
      return timer;
    };
    Object.assign(globalThis, { setTimeout: start, clearTimeout: (timer?: { stop(): void } | null) => timer?.stop() });
    performance.now = () => this.now;
  }

  restore(): void {
    Object.assign(globalThis, this.real);
    performance.now = this.realNow;
  }

  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await nextTurn();
    while (this.now < end) {
      this.now += 1;
      const timers = this.due.get(this.now);
      if (!timers) continue;
      this.due.delete(this.now);
      for (const run of timers) run();
      // All promises that follow from it.
      await nextTurn();
    }
  }
}
