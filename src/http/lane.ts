import { AsyncResource } from 'node:async_hooks';
import { bulkhead } from 'cockatiel';
import type { CallLimit } from '../domain/call-limits.js';
import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';
import { FairQueue } from './fair-queue.js';
import { RateWindow } from './rate-window.js';

/** Requests that wait at most: beyond, the provider is so far behind that a quick no is the better answer. */
const MAX_WAITING = 1_000;

interface Waiting {
  readonly request: OutboundRequest;
  begin(): void;
  refuse(failure: TransportFailure): void;
}

/** One limit of one account. What is beyond it waits for its turn, fairly between shoppers and not longer than it may. */
export class Lane {
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

  /** Refuses those who wait in vain. */
  refuseWaiting(reasonFor: (request: OutboundRequest) => TransportFailure | null): void {
    for (const entry of this.waiting) {
      const reason = reasonFor(entry.request);
      if (reason) entry.refuse(reason);
    }
  }

  private begin(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    this.rate?.note(performance.now());
    return this.slots.execute(() => send(request)).finally(() => this.beginWaiting());
  }

  private waitFor(request: OutboundRequest, send: Transport): Promise<OutboundResponse> {
    const { patienceMs, signal, caller } = request;
    if (signal.aborted) return Promise.reject(new TransportFailure('GIVEN_UP', false, 'Its caller has given it up.'));
    const soonestMs = this.rate?.waitMs(performance.now()) ?? 0;
    if (this.waiting.size >= MAX_WAITING) return Promise.reject(withheld('QUEUE_FULL', soonestMs));
    if (soonestMs > patienceMs) return Promise.reject(withheld('QUEUE_TIMEOUT', soonestMs));
    const owner = caller.shopper.customerId ?? caller.actorId;
    const begunAt = performance.now();
    return new Promise((resolve, reject) => {
      const leave = () => {
        stop();
        this.waiting.delete(owner, entry);
      };
      const entry: Waiting = {
        request,
        // Whoever ends before it lets it begin: it still belongs to its own request, not to theirs.
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
      const stop = watchDeadline({ timeoutMs: patienceMs, signal }, ({ kind, message }) =>
        entry.refuse(kind === 'TIMEOUT' ? withheld('QUEUE_TIMEOUT', null) : new TransportFailure(kind, false, message)),
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
    // Only the rate holds them back.
    this.timer = setTimeout(() => {
      this.timer = null;
      this.beginWaiting();
    }, this.rate?.waitMs(performance.now())).unref();
  }
}

/** What the wait has left of its time. */
function afterWaiting(request: OutboundRequest, waitedMs: number): OutboundRequest {
  const patienceMs = Math.max(request.patienceMs - waitedMs, 1);
  return { ...request, patienceMs, timeoutMs: Math.min(request.timeoutMs, patienceMs) };
}

function withheld(kind: 'QUEUE_FULL' | 'QUEUE_TIMEOUT', retryAfterMs: number | null): TransportFailure {
  return new TransportFailure(kind, false, 'The request waited too long for its turn.', retryAfterMs);
}
