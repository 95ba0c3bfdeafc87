import { createHash } from 'node:crypto';
import type { EventStream } from '../../graph/live/event-stream.js';

/** Shortest time between two events: hints that arrive in between count as one. */
export const MIN_INTERVAL_MS = 1_000;
/**
 * Longest time after which an event is repeated that could not read its record; doubles up to the maximum. The time is drawn from its
 * later half, so that the streams that failed together do not come back together.
 */
const RETRY_MS = 5_000;
const MAX_RETRY_MS = 60_000;

/** One execution of the subscription. */
export interface SubscriptionEvent {
  /** Without line breaks; empty once it was sent, because an event may be long and a stream lives for an hour. */
  json: string;
  readonly isFailed: boolean;
}

export interface EventSink {
  /** Resolves once the client can take another event, or is gone. */
  next(json: string): Promise<void>;
}

/**
 * Runs the events of one subscription. Holds a dirty flag and no queue: at most one execution runs and one is due, however
 * many hints arrive.
 */
export class SubscriptionEvents implements EventStream {
  private isDue = false;
  private isLast = false;
  private isStopped = false;
  /** Of the last event sent, see `digestOf`: an event that says the same is not sent again. */
  private lastDigest: string | null = null;
  private proceed: (() => void) | null = null;
  private alarm: NodeJS.Timeout | null = null;
  private failures = 0;

  constructor(
    private readonly execute: () => Promise<SubscriptionEvent>,
    /** Returns a number from 0 (inclusive) to 1 (exclusive). */
    private readonly random: () => number = Math.random,
  ) {}

  lookAgainAfter(ms: number): void {
    if (this.alarm) clearTimeout(this.alarm);
    this.alarm = setTimeout(() => this.due(), ms).unref();
  }

  endAfterThisEvent(): void {
    this.isLast = true;
  }

  /** Stops as soon as possible: no further event begins. */
  stop(): void {
    this.isStopped = true;
    if (this.alarm) clearTimeout(this.alarm);
    this.proceed?.();
  }

  /**
   * Sends `first`, and an event after each hint of `source` that changes the result. Resolves with `complete` when nothing can
   * follow, and with `stopped` after `stop`. Rejects when an event cannot be executed at all.
   */
  async run(
    first: SubscriptionEvent,
    source: AsyncIterator<unknown>,
    sink: EventSink,
  ): Promise<'complete' | 'stopped'> {
    void this.pull(source);
    let startedAt = performance.now();
    let event = first;
    for (;;) {
      this.failures = event.isFailed ? this.failures + 1 : 0;
      await this.send(event, sink);
      if (this.isLast && !event.isFailed) return 'complete';
      if (event.isFailed) this.retryLater();
      await this.pauseUntilDue(startedAt + MIN_INTERVAL_MS);
      if (this.isStopped) return 'stopped';
      this.isDue = false;
      this.isLast = false;
      startedAt = performance.now();
      event = await this.execute();
    }
  }

  /** Sends what is news. A first failure is none yet: the client has the state before it, and mostly the next try has the one after. */
  private async send(event: SubscriptionEvent, sink: EventSink): Promise<void> {
    const digest = digestOf(event);
    if (digest === this.lastDigest || (this.failures === 1 && this.lastDigest !== null)) return;
    this.lastDigest = digest;
    await sink.next(takeJson(event));
  }

  private due(): void {
    this.isDue = true;
    this.proceed?.();
  }

  private async pull(source: AsyncIterator<unknown>): Promise<void> {
    while (!this.isStopped && !(await source.next()).done) this.due();
  }

  private retryLater(): void {
    const longestMs = Math.min(RETRY_MS * 2 ** (this.failures - 1), MAX_RETRY_MS);
    this.lookAgainAfter((longestMs * (1 + this.random())) / 2);
  }

  private async pauseUntilDue(earliest: number): Promise<void> {
    while (!this.isStopped && !this.isDue) await this.nextSignal();
    // Timers may fire a little early.
    while (!this.isStopped && performance.now() < earliest) {
      const timer = setTimeout(() => this.proceed?.(), earliest - performance.now());
      await this.nextSignal();
      clearTimeout(timer);
    }
  }

  private nextSignal(): Promise<void> {
    return new Promise((resolve) => {
      this.proceed = resolve;
    });
  }
}

function takeJson(event: SubscriptionEvent): string {
  const { json } = event;
  event.json = '';
  return json;
}

/** Returns what an event says. A record that still cannot be read is no news: each failure names another time to try again. */
function digestOf({ json, isFailed }: SubscriptionEvent): string {
  return isFailed ? 'failed' : createHash('sha1').update(json).digest('base64');
}
