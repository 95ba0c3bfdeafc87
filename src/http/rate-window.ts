import type { Rate } from '../domain/call-limits.js';

/** What a call is for, in the order of precedence. Each leaves places of the window to those before it. */
export const purposes = ['read-back', 'write', 'read', 'background'] as const;

export type Purpose = (typeof purposes)[number];

/** Part of the window's free places that one shopper may have used. A lone shopper stops at a fifth of the window. */
const SHARE_OF_FREE = 1 / 4;

/** Calls that a shopper may make while as many others are free: fewer would not let two purchases through. */
const LEAST_SHARE = 6;

/** Parts of the window that each purpose leaves to those of more precedence. */
const RESERVED: Readonly<Record<Purpose, number>> = { 'read-back': 0, write: 1 / 20, read: 1 / 10, background: 1 / 4 };

/** Limits when calls begin. Times are in milliseconds of the monotonic clock. */
export interface CallRate {
  /** Returns whether the owner may begin a call now. No share bounds the owner null. */
  admits(now: number, owner: string | null, purpose: Purpose): boolean;
  /** Counts a call that begins. */
  record(now: number, owner: string | null): void;
  /** Returns the milliseconds until the owner may begin a call, if nobody else does; 0 when it may now. */
  waitMs(now: number, owner: string | null, purpose: Purpose): number;
  /** Returns the milliseconds until more calls may begin; 0 when that is not known. */
  nextMs(now: number): number;
  /** Asks for calls that other processes share, while so many wait. */
  refill?(now: number, waiting: number): void;
  /** Tells the other processes that the provider wants no calls for this long. */
  pause?(now: number, ms: number): void;
}

/** What a rate tells the limiter that uses it. */
export interface RateListener {
  /** Learns that more calls may begin. */
  refilled(): void;
  /** Learns that another process was told that the provider wants no calls for this long. */
  paused(ms: number): void;
}

/**
 * Limits calls to a rate in every sliding window, because providers differ in when their own window begins, or to a bucket
 * that drains evenly. Of what is free a shopper may use a part, so that none can use it up, and less the busier it is.
 */
export class RateWindow implements CallRate {
  private readonly calls: number;
  private readonly windowMs: number;
  private readonly drains: boolean;
  /** When each call leaves the window: a ring buffer, oldest first from `oldest`. */
  private readonly leavesAt: Float64Array;
  private readonly owners: (string | null)[];
  private oldest = 0;
  private used = 0;
  /** When each owner's calls leave the window, oldest first. */
  private readonly leavesBy = new Map<string, number[]>();

  constructor({ calls, seconds, drains = false }: Rate) {
    this.calls = calls;
    this.windowMs = seconds * 1000;
    this.drains = drains;
    this.leavesAt = new Float64Array(calls);
    this.owners = Array.from<string | null>({ length: calls }).fill(null);
  }

  /** Whether a call may begin. `atMost` bounds the free places by what other processes left of them. */
  admits(now: number, owner: string | null, purpose: Purpose, atMost = Infinity): boolean {
    this.expire(now);
    return this.hasPlaceAfter(0, owner, purpose, atMost);
  }

  /** Returns the number of calls that may begin now. */
  free(now: number): number {
    this.expire(now);
    return this.calls - this.used;
  }

  waitMs(now: number, owner: string | null, purpose: Purpose): number {
    this.expire(now);
    // The more calls have left the window, the more places there are.
    let [least, most] = [0, this.used];
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      if (this.hasPlaceAfter(middle, owner, purpose)) most = middle;
      else least = middle + 1;
    }
    return least === 0 ? 0 : this.at(least - 1) - now;
  }

  nextMs(now: number): number {
    this.expire(now);
    return this.used === 0 ? 0 : this.at(0) - now;
  }

  record(now: number, owner: string | null): void {
    this.expire(now);
    const index = (this.oldest + this.used) % this.calls;
    const leavesAt = this.leaveOf(now);
    this.leavesAt[index] = leavesAt;
    this.owners[index] = owner;
    this.used += 1;
    if (owner === null) return;
    const own = this.leavesBy.get(owner);
    if (own) own.push(leavesAt);
    else this.leavesBy.set(owner, [leavesAt]);
  }

  /** Calls leave as they came, each a window later; those in a bucket one after the other. */
  private leaveOf(now: number): number {
    if (!this.drains) return now + this.windowMs;
    const last = this.used === 0 ? now : this.at(this.used - 1);
    return last + this.windowMs / this.calls;
  }

  /** Returns whether there is a place for the owner once the oldest calls have left. */
  private hasPlaceAfter(left: number, owner: string | null, purpose: Purpose, atMost = Infinity): boolean {
    const free = Math.min(this.calls - this.used + left, atMost);
    if (free <= Math.floor(this.calls * RESERVED[purpose])) return false;
    if (owner === null) return true;
    const leaving = this.leavesBy.get(owner) ?? [];
    const own = leaving.length - (left === 0 ? 0 : countUpTo(leaving, this.at(left - 1)));
    return own < Math.max(free * SHARE_OF_FREE, Math.min(free + 1, LEAST_SHARE));
  }

  private expire(now: number): void {
    while (this.used > 0 && this.at(0) <= now) {
      const owner = this.owners[this.oldest] ?? null;
      if (owner !== null) {
        const own = this.leavesBy.get(owner);
        own?.shift();
        if (own?.length === 0) this.leavesBy.delete(owner);
      }
      this.owners[this.oldest] = null;
      this.oldest = (this.oldest + 1) % this.calls;
      this.used -= 1;
    }
  }

  /** Returns when the call leaves that is `after` calls younger than the oldest. */
  private at(after: number): number {
    return this.leavesAt[(this.oldest + after) % this.calls] ?? Number.NEGATIVE_INFINITY;
  }
}

/** Counts the times of an ascending list that are not after `time`. */
function countUpTo(times: readonly number[], time: number): number {
  let [least, most] = [0, times.length];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if ((times[middle] ?? 0) <= time) least = middle + 1;
    else most = middle;
  }
  return least;
}
