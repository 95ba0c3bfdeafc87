/*
 * Three ways to count requests. Each `take` counts one request of a caller and says whether it is within the limit;
 * a limit of 0 or less is none. `now` is in milliseconds, of whichever clock the provider's limit is to follow.
 */

/** Counts in windows of fixed length, each beginning with a caller's first request. */
export class FixedWindow {
  readonly #windows = new Map<string, { readonly startedAt: number; count: number }>();

  constructor(private readonly lengthMs: number) {}

  take(caller: string, limit: number, now: number): boolean {
    if (limit <= 0) return true;
    const known = this.#windows.get(caller);
    const isRunning = known !== undefined && now >= known.startedAt && now - known.startedAt < this.lengthMs;
    const window = isRunning ? known : { startedAt: now, count: 0 };
    window.count += 1;
    this.#windows.set(caller, window);
    return window.count <= limit;
  }
}

/** Looks back over a fixed length from each request. Refused requests do not count. */
export class SlidingWindow {
  readonly #taken = new Map<string, readonly number[]>();

  constructor(private readonly lengthMs: number) {}

  take(caller: string, limit: number, now: number): boolean {
    if (limit <= 0) return true;
    const recent = this.#recent(caller, now);
    const isWithin = recent.length < limit;
    this.#taken.set(caller, isWithin ? [...recent, now] : recent);
    return isWithin;
  }

  /** Returns when the oldest counted request leaves the window. */
  freeAt(caller: string, now: number): number {
    return (this.#recent(caller, now)[0] ?? now - this.lengthMs) + this.lengthMs;
  }

  #recent(caller: string, now: number): readonly number[] {
    return (this.#taken.get(caller) ?? []).filter((at) => at <= now && now - at < this.lengthMs);
  }
}

/** A bucket each request adds one to and that leaks at a steady rate. Refused requests do not fill it. */
export class LeakyBucket {
  readonly #buckets = new Map<string, { readonly level: number; readonly at: number }>();

  constructor(private readonly leakPerSecond: number) {}

  take(caller: string, capacity: number, now: number): boolean {
    if (capacity <= 0) return true;
    const level = this.level(caller, now);
    const isWithin = level + 1 <= capacity;
    this.#buckets.set(caller, { level: isWithin ? level + 1 : level, at: now });
    return isWithin;
  }

  level(caller: string, now: number): number {
    const bucket = this.#buckets.get(caller);
    if (!bucket) return 0;
    const leaked = (Math.max(now - bucket.at, 0) / 1000) * this.leakPerSecond;
    return Math.max(bucket.level - leaked, 0);
  }
}
