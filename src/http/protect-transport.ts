import type { CallLimits } from '../domain/call-limits.js';
import type { Transport } from '../domain/transport.js';
import { CallLimiter } from './call-limiter.js';
import { Circuit } from './circuit.js';
import { coalesceReads } from './coalesce-reads.js';

export interface AccountPolicy {
  readonly limits: CallLimits;
  /** How long responses to reads are cached for their caller; 0 disables the cache. */
  readonly keepMs: number;
}

/**
 * Protects a provider from one account: coalesces equal reads, applies the account's call limits and opens a circuit per
 * host. Accounts share none of it, so a failing provider slows no other account.
 */
export function protectTransport(transport: Transport, { limits, keepMs }: AccountPolicy): Transport {
  const limiters = new Map(Object.entries(limits).map(([name, limit]) => [name, new CallLimiter(limit)]));
  const circuits = new Map<string, Circuit>();

  /** Returns the circuit of a host: an account may have several, and one may fail alone. */
  function circuitOf(url: string): Circuit {
    const { origin } = new URL(url);
    const known = circuits.get(origin);
    if (known) return known;
    const circuit = new Circuit(() => {
      for (const limiter of limiters.values()) {
        limiter.refuseWaiting((request) => (circuitOf(request.url) === circuit ? circuit.rejectionFor(request) : null));
      }
    });
    circuits.set(origin, circuit);
    return circuit;
  }

  /** Chains the limiters, from the narrowest limit to that of all calls. */
  function limitedBy(name: string, send: Transport): Transport {
    const limiter = limiters.get(name);
    const next = name === 'all' ? send : limitedBy(limits[name]?.within ?? 'all', send);
    return limiter ? (request) => limiter.run(request, next) : next;
  }

  const sendNow: Transport = (request) => circuitOf(request.url).run(request, transport);
  const senders = new Map(Object.keys(limits).map((name) => [name, limitedBy(name, sendNow)]));

  return coalesceReads(async (request) => {
    const rejection = circuitOf(request.url).rejectionFor(request);
    if (rejection) throw rejection;
    const send = senders.get(request.limit ?? 'all') ?? sendNow;
    return send(request);
  }, keepMs);
}
