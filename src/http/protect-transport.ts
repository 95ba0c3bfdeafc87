import type { CallLimits } from '../domain/call-limits.js';
import type { Transport } from '../domain/transport.js';
import { Circuit } from './circuit.js';
import { Lane } from './lane.js';
import { shareReads } from './share-reads.js';

export interface AccountPolicy {
  readonly limits: CallLimits;
  /** How long answers to reads are kept for the caller they were given to; 0: not at all. */
  readonly keepMs: number;
}

/**
 * How an account asks its provider: equal reads once, within the limits of the account, and not at all while the provider
 * is out. Nothing of it is shared with other accounts, so a provider in trouble slows nobody else.
 */
export function protectTransport(transport: Transport, { limits, keepMs }: AccountPolicy): Transport {
  const lanes = new Map(Object.entries(limits).map(([name, limit]) => [name, new Lane(limit)]));
  const circuits = new Map<string, Circuit>();

  /** An account may have several hosts, and one may fail alone. */
  function circuitOf(url: string): Circuit {
    const { origin } = new URL(url);
    const known = circuits.get(origin);
    if (known) return known;
    const circuit = new Circuit(() => {
      for (const lane of lanes.values()) {
        lane.refuseWaiting((request) => (circuitOf(request.url) === circuit ? circuit.objectionTo(request) : null));
      }
    });
    circuits.set(origin, circuit);
    return circuit;
  }

  /** From the narrowest limit to that of all calls. */
  function inTurn(name: string, send: Transport): Transport {
    const lane = lanes.get(name);
    const next = name === 'all' ? send : inTurn(limits[name]?.within ?? 'all', send);
    return lane ? (request) => lane.run(request, next) : next;
  }

  const sendNow: Transport = (request) => circuitOf(request.url).run(request, transport);
  const ways = new Map(Object.keys(limits).map((name) => [name, inTurn(name, sendNow)]));

  return shareReads(async (request) => {
    const objection = circuitOf(request.url).objectionTo(request);
    if (objection) throw objection;
    const send = ways.get(request.limit ?? 'all') ?? sendNow;
    return send(request);
  }, keepMs);
}
