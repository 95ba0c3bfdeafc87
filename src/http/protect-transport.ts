import type { CallLimit, CallLimits } from '../domain/call-limits.js';
import type { OutboundRequest, OutboundResponse, Transport } from '../domain/transport.js';
import { CallLimiter, type CreateRate } from './call-limiter.js';
import { Circuit } from './circuit.js';
import type { HeldCallEnd } from './hold.js';
import { type CachePolicy, type CachingTransport, coalesceReads } from './coalesce-reads.js';

export interface AccountPolicy extends CachePolicy {
  readonly limits: CallLimits;
  /** Creates what limits the calls of one budget, named by host and limit; by default this process has it alone. */
  readonly rateOf?: (budget: string) => CreateRate;
}

/**
 * Protects a provider from one account: coalesces equal reads, and for each host applies the account's call limits, keeps
 * the pauses it asks for and opens a circuit. Accounts share none of it, so a failing provider slows no other account.
 */
export function protectTransport(
  transport: Transport,
  { limits, rateOf, ...caching }: AccountPolicy,
): CachingTransport {
  const hosts = new Map<string, Transport>();

  /** Sends to the host of a URL. An account may have several, and one may fail or be asked too often alone. */
  function sendTo(url: string): Transport {
    const { origin } = new URL(url);
    const known = hosts.get(origin);
    if (known) return known;
    const send = protectHost(transport, limits, (name) => rateOf?.(`${origin} ${name}`));
    hosts.set(origin, send);
    return send;
  }

  return coalesceReads((request) => sendTo(request.url)(request), caching);
}

function protectHost(
  transport: Transport,
  limits: CallLimits,
  rateOf: (limit: string) => CreateRate | undefined,
): Transport {
  const limiters = new Map(Object.entries(limits).map(([name, limit]) => [name, createLimiter(name, limit)]));
  const circuit = new Circuit(() => {
    for (const limiter of limiters.values()) limiter.refuseWaiting((request) => circuit.rejectionFor(request));
  });

  function createLimiter(name: string, limit: CallLimit): CallLimiter {
    const endIn = (response: OutboundResponse, request: OutboundRequest): HeldCallEnd => {
      const throttling = request.throttlingIn?.(response) ?? null;
      const budget = throttling?.concerns === 'host' ? 'all' : budgetOf(request.limit ?? 'all');
      return throttling && budget === name ? throttling : 'answered';
    };
    return new CallLimiter(limit, endIn, rateOf(name));
  }

  /** Returns the widest limit below that of all calls: what is `within` it is a share of our own making. */
  function budgetOf(limit: string): string {
    const within = limits[limit]?.within;
    return within === undefined ? limit : budgetOf(within);
  }

  /** Chains the limiters, from the narrowest limit to that of all calls. */
  function limitedBy(name: string, send: Transport): Transport {
    const limiter = limiters.get(name);
    const next = name === 'all' ? send : limitedBy(limits[name]?.within ?? 'all', send);
    return limiter ? (request) => limiter.run(request, next) : next;
  }

  const sendNow: Transport = (request) => circuit.run(request, transport);
  const senders = new Map(Object.keys(limits).map((name) => [name, limitedBy(name, sendNow)]));

  return async (request) => {
    const rejection = circuit.rejectionFor(request);
    if (rejection) throw rejection;
    const send = senders.get(request.limit ?? 'all') ?? sendNow;
    return send(request);
  };
}
