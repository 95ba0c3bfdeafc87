import { LRUCache } from 'lru-cache';
import { type SameCustomer, sameText } from '../domain/same-customer.js';
import type { OutboundRequest, OutboundResponse, Transport } from '../domain/transport.js';
import { joinRead } from './join-read.js';
import { shareEventReads } from './share-event-reads.js';

/** Age above which a read in flight is not joined: its result may be stale. */
const LATEST_JOIN_MS = 1_000;

/** Limit of all responses cached for one account. */
const MAX_CACHED_CHARACTERS = 32 * 1024 * 1024;

export interface CachePolicy {
  /** How long responses to reads are cached for their caller; 0 disables the cache. */
  readonly keepMs: number;
  /** How the provider's customer identifiers compare; as text when absent. */
  readonly sameCustomer?: SameCustomer;
}

interface Flight {
  readonly customerId: string | null;
  readonly target: string;
  readonly startedAt: number;
  /** Null once settled: a map's former tables retain their entries until a full garbage collection. */
  pending: Promise<OutboundResponse> | null;
}

interface CachedResponse {
  readonly customerId: string | null;
  readonly target: string;
  readonly response: OutboundResponse;
}

/** A transport that may answer reads without sending them. */
export interface CachingTransport extends Transport {
  /** Answers no later read from what was read until now, because records changed elsewhere. */
  forgetReads(): void;
}

/**
 * Coalesces equal reads of one caller into one request, and caches responses for `keepMs` where the account allows it.
 * A write invalidates both for its customer when it begins and again when it ends, so that no read returns data from
 * before the write.
 */
export function coalesceReads(send: Transport, { keepMs, sameCustomer = sameText }: CachePolicy): CachingTransport {
  const flights = new Map<string, Flight>();
  const cache =
    keepMs > 0
      ? new LRUCache<string, CachedResponse>({
          ttl: keepMs,
          maxSize: MAX_CACHED_CHARACTERS,
          sizeCalculation: ({ response }, key) => response.text.length + key.length,
        })
      : null;

  /** Drops a customer's reads, and those of staff and guests, which may concern any customer. */
  function invalidate(customerId: string | null): void {
    const isConcerned = (of: { readonly customerId: string | null }) =>
      customerId === null || of.customerId === null || sameCustomer(of.customerId, customerId);
    for (const [key, flight] of flights) if (isConcerned(flight)) flights.delete(key);
    if (cache) for (const [key, entry] of cache.entries()) if (isConcerned(entry)) cache.delete(key);
  }

  async function write(request: OutboundRequest): Promise<OutboundResponse> {
    const { customerId } = request.caller.shopper;
    invalidate(customerId);
    try {
      return await send(request);
    } finally {
      invalidate(customerId);
    }
  }

  /** Reads for a write past the cache. What it saw may be newer than what was kept, whoever that was given to. */
  async function readAfresh(request: OutboundRequest): Promise<OutboundResponse> {
    const response = await send(request);
    const target = targetOf(request);
    for (const [key, flight] of flights) if (flight.target === target) flights.delete(key);
    if (cache) for (const [key, entry] of cache.entries()) if (entry.target === target) cache.delete(key);
    return response;
  }

  async function lead(key: string, request: OutboundRequest): Promise<OutboundResponse> {
    const { customerId } = request.caller.shopper;
    const pending = send(request);
    const target = targetOf(request);
    const flight: Flight = { customerId, target, startedAt: performance.now(), pending };
    flights.set(key, flight);
    try {
      const response = await pending;
      const isCurrent = flights.get(key) === flight;
      if (isCurrent && response.status >= 200 && response.status < 300)
        cache?.set(key, { customerId, target, response });
      return response;
    } finally {
      flight.pending = null;
      if (flights.get(key) === flight) flights.delete(key);
    }
  }

  const readForEvent = shareEventReads(readAfresh, keyOf);
  const transport: Transport = (request) => {
    const { kind, caller } = request;
    if (kind === 'write') return write(request);
    if (caller.fresh) return caller.background && !caller.unshared ? readForEvent(request) : readAfresh(request);
    const key = keyOf(request);
    const cached = cache?.get(key);
    if (cached) return Promise.resolve(cached.response);
    const flight = flights.get(key);
    const isNew = flight !== undefined && performance.now() - flight.startedAt <= LATEST_JOIN_MS;
    return isNew && flight.pending ? joinRead(flight.pending, request, send) : lead(key, request);
  };
  return Object.assign(transport, { forgetReads: () => invalidate(null) });
}

/** Names what is asked, whoever asks. */
function targetOf({ method, url, body }: OutboundRequest): string {
  return JSON.stringify([method, url, body]);
}

/** Builds a key of everything the response may depend on; the headers identify the caller to the provider. */
function keyOf({ caller, method, url, headers, body }: OutboundRequest): string {
  const { actorId, shopper } = caller;
  return JSON.stringify([actorId, shopper.customerId, shopper.recognised, method, url, headers, body]);
}
