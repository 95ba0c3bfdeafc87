import { AsyncResource } from 'node:async_hooks';
import { bulkhead } from 'cockatiel';
import type { CallLimit, Rate } from '../domain/call-limits.js';
import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';
import { FairQueue } from './fair-queue.js';

/** Limits calls to a rate in every sliding window, because providers differ in when their own window begins. */
export class RateWindow {
  /** Ring buffer of start times: the next entry to overwrite is the call `calls` ago. */
  private readonly startedAt: Float64Array;
  private next = 0;

  constructor(
    rate: Rate,
    private readonly windowMs = rate.seconds * 1000,
  ) {
    this.startedAt = new Float64Array(rate.calls).fill(Number.NEGATIVE_INFINITY);
  }

  /** Returns the milliseconds until another call may begin; 0 when it may begin now. */
  waitMs(now: number): number {
    const oldest = this.startedAt[this.next] ?? Number.NEGATIVE_INFINITY;
    return Math.max(oldest + this.windowMs - now, 0);
  }

  record(now: number): void {
    this.startedAt[this.next] = now;
    this.next = (this.next + 1) % this.startedAt.length;
  }
}

/** Queue length above which a request is rejected at once: a provider this far behind would not catch up in time. */
const MAX_WAITING = 1_000;

interface Waiting {
  readonly request: OutboundRequest;
  begin(): void;
  refuse(failure: TransportFailure): void;
}

/** Queues calls above one limit of an account: round-robin by shopper, each bounded by its total timeout. */
export class CallLimiter {
  private readonly slots;
  private readonly rate;
  private readonly waiting = new FairQueue<Waiting>();
  private timer: NodeJS.Timeout | null = null;

  constructor({ parallel = Infinity, rate }: CallLimit) {
    this.slots = bulkhead(parallel, 0);
    this.rate = rate ? new RateWindow(rate) : null;
  }

  run(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    if (this.waiting.size === 0 && this.isFree()) return this.begin(request, send);
    return this.waitFor(request, send);
  }

  /** Rejects the queued requests for which `reasonFor` gives a failure. */
  refuseWaiting(reasonFor: (request: OutboundRequest) => TransportFailure | null): void {
    for (const entry of this.waiting) {
      const reason = reasonFor(entry.request);
      if (reason) entry.refuse(reason);
    }
  }

  private begin(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    this.rate?.record(performance.now());
    return this.slots.execute(() => send(request)).finally(() => this.beginWaiting());
  }

  private waitFor(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const { totalTimeoutMs, signal, caller } = request;
    if (signal.aborted)
      return Promise.reject(new TransportFailure('ABORTED', false, 'The caller aborted the request.'));
    const soonestMs = this.rate?.waitMs(performance.now()) ?? 0;
    if (this.waiting.size >= MAX_WAITING) return Promise.reject(notSent('QUEUE_FULL', soonestMs));
    if (soonestMs > totalTimeoutMs) return Promise.reject(notSent('QUEUE_TIMEOUT', soonestMs));
    const owner = caller.shopper.customerId ?? caller.actorId;
    const begunAt = performance.now();
    return new Promise((resolve, reject) => {
      const leave = () => {
        stop();
        this.waiting.delete(owner, entry);
      };
      const entry: Waiting = {
        request,
        // Started by whichever call ended before it, yet it runs in the async context of its own request.
        begin: AsyncResource.bind(() => {
          leave();
          resolve(this.begin(afterWaiting(request, performance.now() - begunAt), send));
        }),
        refuse: (failure) => {
          leave();
          reject(failure);
        },
      };
      this.waiting.push(owner, entry);
      const stop = watchDeadline({ timeoutMs: totalTimeoutMs, signal }, ({ kind, message }) =>
        entry.refuse(kind === 'TIMEOUT' ? notSent('QUEUE_TIMEOUT', null) : new TransportFailure(kind, false, message)),
      );
      this.beginWaiting();
    });
  }

  private isFree(): boolean {
    return this.slots.executionSlots > 0 && (this.rate?.waitMs(performance.now()) ?? 0) === 0;
  }

  private beginWaiting(): void {
    while (this.waiting.size > 0 && this.isFree()) this.waiting.shift()?.begin();
    if (this.waiting.size === 0 || this.timer !== null || this.slots.executionSlots === 0) return;
    // Slots are free: only the rate limit delays the queue.
    this.timer = setTimeout(() => {
      this.timer = null;
      this.beginWaiting();
    }, this.rate?.waitMs(performance.now())).unref();
  }
}

/** Reduces the timeouts of a request by the time it spent in the queue. */
function afterWaiting(request: OutboundRequest, waitedMs: number): OutboundRequest {
  const totalTimeoutMs = Math.max(request.totalTimeoutMs - waitedMs, 1);
  return { ...request, totalTimeoutMs, timeoutMs: Math.min(request.timeoutMs, totalTimeoutMs) };
}

function notSent(kind: 'QUEUE_FULL' | 'QUEUE_TIMEOUT', retryAfterMs: number | null): TransportFailure {
  return new TransportFailure(kind, false, 'The request was queued for too long.', retryAfterMs);
}
