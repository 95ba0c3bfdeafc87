import { AsyncResource } from 'node:async_hooks';
import { bulkhead } from 'cockatiel';
import type { CallLimit, Rate } from '../domain/call-limits.js';
import type { Caller } from '../domain/caller.js';
import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { afterWaiting, watchDeadline } from './deadline.js';
import { FairQueue } from './fair-queue.js';
import { Hold, type HeldCall, type HeldCallEnd } from './hold.js';
import { type CallRate, type Purpose, purposes, type RateListener, RateWindow } from './rate-window.js';

/** Share of a call's time it may spend in the queue: what is sent with hardly any time left ends as a time-out. */
const LONGEST_WAIT_SHARE = 0.8;

/** Queue length above which a request is rejected at once: a provider this far behind would not catch up in time. */
const MAX_WAITING = 1_000;

/** Creates what limits the calls of one budget to its rate. */
export type CreateRate = (rate: Rate, listener: RateListener) => CallRate;

interface Waiting {
  readonly request: OutboundRequest;
  readonly endsAt: number;
  begin(): void;
  refuse(failure: TransportFailure): void;
}

/**
 * Queues calls above one limit of an account, and while its provider wants a pause: round-robin by shopper, each bounded
 * by its total timeout.
 */
export class CallLimiter {
  private readonly slots;
  private readonly rate: CallRate | null;
  private readonly hold = new Hold();
  private readonly waiting = new FairQueue<Waiting>(purposes);
  private timer: NodeJS.Timeout | null = null;

  /** Limits calls. `endIn` reads from a response whether its provider wants a pause of the calls counted here. */
  constructor(
    { parallel = Infinity, rate }: CallLimit,
    private readonly endIn: (response: OutboundResponse, request: OutboundRequest) => HeldCallEnd,
    createRate: CreateRate = (own) => new RateWindow(own),
  ) {
    this.slots = bulkhead(parallel, 0);
    const listener = { refilled: () => this.beginWaiting(), paused: (ms: number) => this.pause(ms) };
    this.rate = rate ? createRate(rate, listener) : null;
  }

  run(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    if (this.waiting.size > 0) this.beginWaiting();
    // Who waits now may not begin, so that nobody is overtaken.
    return this.mayBegin(request) ? this.begin(request, send) : this.waitFor(request, send);
  }

  /** Rejects the queued requests for which `reasonFor` gives a failure. */
  refuseWaiting(reasonFor: (request: OutboundRequest) => TransportFailure | null): void {
    for (const entry of this.waiting) {
      const reason = reasonFor(entry.request);
      if (reason) entry.refuse(reason);
    }
  }

  private begin(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const now = performance.now();
    this.rate?.record(now, sharerOf(request.caller));
    this.rate?.refill?.(now, this.waiting.size);
    const call = this.hold.begin(now);
    return this.slots.execute(() => this.watch(call, request, send)).finally(() => this.beginWaiting());
  }

  private async watch(call: HeldCall, request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    let end: HeldCallEnd = 'unanswered';
    const begunAt = performance.now();
    try {
      const response = await send({ ...request, isHeldBack: () => !call.isProbe && !this.hold.isOpen });
      end = this.endIn(response, request);
      return response;
    } catch (error) {
      if (error !== heldBack) throw error;
      return await this.waitFor(afterWaiting(request, performance.now() - begunAt), send);
    } finally {
      const now = performance.now();
      this.hold.end(call, end, now);
      const pauseMs = typeof end === 'object' ? this.hold.waitMs(now) : 0;
      if (pauseMs > 0) this.rate?.pause?.(now, pauseMs);
      if (!this.hold.isOpen) this.refuseWhoCannotWait(now);
    }
  }

  private pause(ms: number): void {
    const now = performance.now();
    this.hold.pause(now, ms);
    this.refuseWhoCannotWait(now);
  }

  private refuseWhoCannotWait(now: number): void {
    const waitMs = this.hold.waitMs(now);
    for (const entry of this.waiting) if (now + waitMs > entry.endsAt) entry.refuse(notSent('HELD_BACK', waitMs));
  }

  private waitFor(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const { totalTimeoutMs, signal, caller } = request;
    const [owner, purpose] = [ownerOf(caller), purposeOf(request)];
    if (signal.aborted)
      return Promise.reject(new TransportFailure('ABORTED', false, 'The caller aborted the request.'));
    const longestMs = totalTimeoutMs * LONGEST_WAIT_SHARE;
    const begunAt = performance.now();
    const heldMs = this.hold.waitMs(begunAt);
    if (heldMs > longestMs) return Promise.reject(notSent('HELD_BACK', heldMs));
    const soonestMs = this.rate?.waitMs(begunAt, sharerOf(caller), purpose) ?? 0;
    if (soonestMs > longestMs) return Promise.reject(notSent('QUEUE_TIMEOUT', soonestMs));
    if (this.waiting.size >= (caller.background ? MAX_WAITING / 2 : MAX_WAITING)) {
      const full = notSent('QUEUE_FULL', Math.max(soonestMs, heldMs));
      const last = caller.background ? null : this.waiting.leastOfLargest(owner);
      if (!last) return Promise.reject(full);
      last.refuse(full);
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        stop();
        this.waiting.delete(owner, purpose, entry);
      };
      const entry: Waiting = {
        request,
        endsAt: begunAt + longestMs,
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
      this.waiting.push(owner, purpose, entry);
      const stop = watchDeadline({ timeoutMs: longestMs, signal }, ({ kind, message }) =>
        entry.refuse(kind === 'TIMEOUT' ? this.waitedInVain() : new TransportFailure(kind, false, message)),
      );
      this.beginWaiting();
    });
  }

  private waitedInVain(): TransportFailure {
    return this.hold.isOpen
      ? notSent('QUEUE_TIMEOUT', null)
      : notSent('HELD_BACK', this.hold.waitMs(performance.now()));
  }

  private mayBegin(request: OutboundRequest): boolean {
    const now = performance.now();
    if (this.slots.executionSlots === 0 || !this.hold.admits(now)) return false;
    return this.rate?.admits(now, sharerOf(request.caller), purposeOf(request)) ?? true;
  }

  private beginWaiting(): void {
    for (;;) {
      const entry = this.waiting.shift(({ request }) => this.mayBegin(request));
      if (!entry) break;
      if (entry.request.isHeldBack?.()) entry.refuse(heldBack);
      else entry.begin();
    }
    if (this.waiting.size === 0 || this.slots.executionSlots === 0) return;
    // Slots are free: only the rate limit or a pause delays the queue, and a call that finds out ends by itself.
    const now = performance.now();
    this.rate?.refill?.(now, this.waiting.size);
    const waitMs = this.hold.waitMs(now) || (this.rate?.nextMs(now) ?? 0);
    if (this.timer) clearTimeout(this.timer);
    this.timer = waitMs === 0 ? null : setTimeout(() => this.beginWaiting(), Math.ceil(waitMs)).unref();
  }
}

/** Returns whose turn a call takes. */
function ownerOf({ shopper, actorId }: Caller): string {
  return shopper.customerId ?? actorId;
}

/** Returns whose share of the rate a call takes; null for a service, which acts for many shoppers. */
function sharerOf(caller: Caller): string | null {
  return caller.isService ? null : ownerOf(caller);
}

function purposeOf({ kind, caller }: OutboundRequest): Purpose {
  if (kind === 'write') return 'write';
  if (caller.background) return 'background';
  return caller.fresh ? 'read-back' : 'read';
}

/** Sends a queued call back to its narrower limit. */
const heldBack = new TransportFailure('HELD_BACK', false, 'Its narrower limit is held back.');

function notSent(kind: 'HELD_BACK' | 'QUEUE_FULL' | 'QUEUE_TIMEOUT', retryAfterMs: number | null): TransportFailure {
  return new TransportFailure(kind, false, 'The request was not sent in time.', retryAfterMs);
}
