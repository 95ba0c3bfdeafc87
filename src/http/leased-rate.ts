import type { Rate } from '../domain/call-limits.js';
import type { SharedStates } from '../domain/shared-states.js';
import { LATENESS, type Lease, leaseCalls, type LeasedBudget, PARTS, type UnusedCalls } from './budget-leases.js';
import { type CallRate, type Purpose, type RateListener, RateWindow } from './rate-window.js';

/** Part of a budget that the replicas divide among themselves without asking: what is left of it while the store is gone. */
const OWN_PART = 1 / 4;

/** Calls leased ahead of need, as a part of the budget. */
const AHEAD_PART = 1 / 40;

/** While calls are sent, the store is asked once a part of the window, but no more often than this. */
const LEAST_PERIOD_MS = 250;

/** After a question that failed, the store is left alone for this long. */
const RETRY_MS = 1_000;

export interface BudgetShare {
  /** Names the budget among those of all accounts. */
  readonly key: string;
  readonly states: SharedStates;
  /** The most processes that ever run at once. */
  readonly replicas: number;
  /** When this process began, by the monotonic clock. */
  readonly startedAt: number;
  /** Takes note of how long each question took, and whether it failed. */
  readonly asked?: (ms: number, error: unknown) => void;
}

interface HeldLease extends UnusedCalls {
  readonly endsAt: number;
}

/**
 * Limits calls to a rate that several processes share. Each has a small part of its own, counted by itself, and leases the
 * rest as it goes. As no call of one part is ever counted in the other, no failure of the store or of another process makes
 * them exceed the rate together. The own part is not used for the first window: the process before may have used it.
 */
export class LeasedRate implements CallRate {
  /** Divides what this process sends among its shoppers. */
  private readonly fairness: RateWindow;
  private readonly own: RateWindow;
  private readonly ownCalls: number;
  private readonly ownFrom: number;
  private readonly budget: LeasedBudget;
  private readonly ahead: number;
  private leases: readonly HeldLease[] = [];
  private freeElsewhere: number;
  private isAsking = false;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askAgainAt = Number.NEGATIVE_INFINITY;
  private pauseMs = 0;

  constructor(
    rate: Rate,
    private readonly share: BudgetShare,
    private readonly listener: RateListener,
  ) {
    const { calls, seconds } = rate;
    const { replicas } = share;
    this.fairness = new RateWindow(rate);
    // A budget too small to be divided is leased as a whole.
    this.ownCalls = calls < 2 * replicas ? 0 : Math.max(Math.floor((calls * OWN_PART) / replicas), 1);
    this.own = new RateWindow({ calls: this.ownCalls, seconds: seconds * LATENESS });
    this.ownFrom = share.startedAt + seconds * 1_000 * LATENESS;
    this.budget = { calls: calls - replicas * this.ownCalls, windowMs: seconds * 1_000, replicas };
    this.ahead = Math.ceil(this.budget.calls * AHEAD_PART);
    this.freeElsewhere = this.budget.calls;
  }

  admits(now: number, owner: string | null, purpose: Purpose): boolean {
    const atHand = this.atHand(now);
    return atHand > 0 && this.fairness.admits(now, owner, purpose, atHand + this.freeElsewhere);
  }

  record(now: number, owner: string | null): void {
    this.fairness.record(now, owner);
    // What is leased expires soon.
    const lease = this.leases.find(({ calls, endsAt }) => calls > 0 && endsAt > now);
    if (lease) this.leases = this.leases.map((each) => (each === lease ? { ...each, calls: each.calls - 1 } : each));
    else this.own.record(now, null);
  }

  waitMs(now: number, owner: string | null, purpose: Purpose): number {
    const fairMs = this.fairness.waitMs(now, owner, purpose);
    if (this.atHand(now) > 0) return fairMs;
    const moreMs = Math.max(this.askAgainAt - now, 0);
    const ownMs = Math.max(this.own.waitMs(now, null, 'read-back'), this.ownFrom - now);
    return Math.max(fairMs, this.ownCalls === 0 ? moreMs : Math.min(moreMs, ownMs));
  }

  nextMs(now: number): number {
    const times = [this.askAgainAt, this.dueAt(), this.ownFrom];
    const changes = [this.fairness.nextMs(now), this.own.nextMs(now), ...times.map((time) => time - now)];
    const ahead = changes.filter((ms) => ms > 0);
    return ahead.length === 0 ? 0 : Math.min(...ahead);
  }

  /** Leases what the waiting calls need, or what the next ones will, and hears of pauses while calls are sent. */
  refill(now: number, waiting: number): void {
    if (this.isAsking || now < this.askAgainAt) return;
    const left = this.atHand(now);
    const wanted = Math.max((left < this.ahead ? this.ahead : 0) + waiting - left, 0);
    if (wanted > 0 || now >= this.dueAt() || this.pauseMs > 0) void this.ask(now, wanted);
  }

  pause(now: number, ms: number): void {
    this.pauseMs = ms;
    this.askAgainAt = now;
    this.refill(now, 0);
  }

  /** Returns when others may have given back calls or been told to pause. */
  private dueAt(): number {
    return this.askedAt + Math.max(this.budget.windowMs / PARTS, LEAST_PERIOD_MS);
  }

  private async ask(now: number, wanted: number): Promise<void> {
    const { key, states, asked } = this.share;
    const unused = this.leases.filter(({ endsAt, calls }) => endsAt <= now && calls > 0);
    this.leases = this.leases.filter(({ endsAt }) => endsAt > now);
    const question = { wanted, unused, pauseMs: this.pauseMs };
    this.pauseMs = 0;
    this.isAsking = true;
    this.askedAt = now;
    try {
      const lease = await states.change(key, (state, time) => leaseCalls(this.budget, question, state, time));
      this.keep(lease, now);
      asked?.(performance.now() - now, null);
    } catch (error) {
      // What was given back may have been taken back: it is not offered again.
      this.askAgainAt = performance.now() + RETRY_MS;
      asked?.(performance.now() - now, error);
    } finally {
      this.isAsking = false;
    }
    this.listener.refilled();
  }

  private keep({ part, calls, forMs, free, moreInMs, pausedMs }: Lease, askedAt: number): void {
    this.freeElsewhere = free;
    if (calls > 0) this.leases = [...this.leases, { part, calls, endsAt: askedAt + forMs }];
    // Others may give some back before the oldest ones leave.
    else this.askAgainAt = performance.now() + Math.min(moreInMs, forMs);
    if (pausedMs > 0) this.listener.paused(pausedMs);
  }

  /** Returns the number of calls that may begin without asking. */
  private atHand(now: number): number {
    const own = now >= this.ownFrom ? this.own.free(now) : 0;
    return this.leases.reduce((sum, { calls, endsAt }) => sum + (endsAt > now ? calls : 0), own);
  }
}
