import { LRUCache } from 'lru-cache';
import { type OutboundRequest, type OutboundResponse, type Transport, TransportFailure } from '../domain/transport.js';
import { watchDeadline } from './deadline.js';

/** A read that has been under way for longer is not joined: what it finds may be old by now. */
const LATEST_JOIN_MS = 1_000;

/** Of all answers kept for one account. */
const MAX_KEPT_CHARACTERS = 32 * 1024 * 1024;

interface Flight {
  readonly customerId: string | null;
  readonly begunAt: number;
  /** Null once it has ended: a map's former tables keep what was in them until all garbage is collected. */
  answer: Promise<OutboundResponse> | null;
}

interface Kept {
  readonly customerId: string | null;
  readonly response: OutboundResponse;
}

/**
 * Answers equal reads of one caller by one request: those that are under way at the same time, and those within `keepMs`
 * where the account allows to keep answers. A write ends that for its customer, when it begins and again when it ends, so
 * that no read is answered by what was there before it.
 */
export function shareReads(send: Transport, keepMs: number): Transport {
  const flights = new Map<string, Flight>();
  const kept =
    keepMs > 0
      ? new LRUCache<string, Kept>({
          ttl: keepMs,
          maxSize: MAX_KEPT_CHARACTERS,
          sizeCalculation: ({ response }, key) => response.text.length + key.length,
        })
      : null;

  /** A customer's own reads, and those of staff and guests, of whom it is not known what they read. */
  function forget(customerId: string | null): void {
    const isConcerned = (of: { readonly customerId: string | null }) =>
      customerId === null || of.customerId === null || of.customerId === customerId;
    for (const [key, flight] of flights) if (isConcerned(flight)) flights.delete(key);
    if (kept) for (const [key, entry] of kept.entries()) if (isConcerned(entry)) kept.delete(key);
  }

  async function write(request: OutboundRequest): Promise<OutboundResponse> {
    const { customerId } = request.caller.shopper;
    forget(customerId);
    try {
      return await send(request);
    } finally {
      forget(customerId);
    }
  }

  async function lead(key: string, request: OutboundRequest): Promise<OutboundResponse> {
    const { customerId } = request.caller.shopper;
    const answer = send(request);
    const flight: Flight = { customerId, begunAt: performance.now(), answer };
    flights.set(key, flight);
    try {
      const response = await answer;
      const isCurrent = flights.get(key) === flight;
      if (isCurrent && response.status >= 200 && response.status < 300) kept?.set(key, { customerId, response });
      return response;
    } finally {
      flight.answer = null;
      if (flights.get(key) === flight) flights.delete(key);
    }
  }

  /** Who joins keeps a deadline of their own; when the first one gives up they ask for themselves. */
  async function join(answer: Promise<OutboundResponse>, request: OutboundRequest): Promise<OutboundResponse> {
    try {
      return await beforeDeadline(answer, request);
    } catch (error) {
      const isOthersEnd = error instanceof TransportFailure && error.kind === 'GIVEN_UP' && !request.signal.aborted;
      if (isOthersEnd) return send(request);
      throw error;
    }
  }

  return (request) => {
    const { kind, caller } = request;
    if (kind === 'write') return write(request);
    if (caller.fresh) return send(request);
    const key = keyOf(request);
    const known = kept?.get(key);
    if (known) return Promise.resolve(known.response);
    const flight = flights.get(key);
    const isNew = flight !== undefined && performance.now() - flight.begunAt <= LATEST_JOIN_MS;
    return isNew && flight.answer ? join(flight.answer, request) : lead(key, request);
  };
}

/** Everything the answer may depend on. Headers hold who asks as the provider knows them. */
function keyOf({ caller, method, url, headers, body }: OutboundRequest): string {
  const { actorId, shopper } = caller;
  return JSON.stringify([actorId, shopper.customerId, shopper.recognised, method, url, headers, body]);
}

function beforeDeadline(answer: Promise<OutboundResponse>, request: OutboundRequest): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const stop = watchDeadline(request, ({ kind, message }) => reject(new TransportFailure(kind, true, message)));
    answer.then(resolve, reject).finally(stop);
  });
}
