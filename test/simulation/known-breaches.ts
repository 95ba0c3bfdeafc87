import { type Fault, faultNames } from './faults.js';
import type { Law } from './laws.js';

/**
 * What today's protocol does not withstand. Each is searched for with the other faults around it and must be found: once the
 * protocol is mended the search finds nothing and the case fails. Taken off this list, the fault joins the ordinary schedules.
 */
export interface KnownBreach {
  readonly name: string;
  /** The faults it takes; the first is what the protocol does not withstand. */
  readonly faults: readonly [Fault, ...Fault[]];
  readonly law: Law;
  /** What goes wrong, and what will mend it. */
  readonly reason: string;
}

export const knownBreaches: readonly KnownBreach[] = [
  {
    name: 'S1',
    faults: ['write late'],
    law: 'nothing changed is true',
    reason: 'a write that arrives after its settling time is told as FAILED, then made; absence must stay provisional',
  },
  {
    name: 'S1',
    faults: ['write late'],
    law: 'one decision, one effect',
    reason: 'a shopper who follows the advice to ask again with a new key buys twice',
  },
  {
    name: 'S3',
    faults: ['clocks a little apart', 'write barely in time'],
    law: 'nothing changed is true',
    reason: 'clocks a few seconds apart end the settling time of a slow write too early',
  },
  {
    name: 'S2',
    faults: ['freeze beyond the lease'],
    law: 'nothing leaves late',
    reason: 'a replica frozen between intent and send sends on waking; the deadline must be checked at dispatch',
  },
  {
    name: 'S2',
    faults: ['freeze beyond the lease'],
    law: 'nothing changed is true',
    reason: 'what a replica sends on waking was told as FAILED',
  },
  {
    name: 'S3',
    faults: ['clocks apart'],
    law: 'nothing leaves late',
    reason: "leases end by each replica's own clock; shared time must be the database's",
  },
  {
    name: 'S3',
    faults: ['clocks apart'],
    law: 'nothing changed is true',
    reason: "settling time is measured between two replicas' clocks",
  },
  {
    name: 'S8',
    faults: ['ledger failover'],
    law: 'one decision, one effect',
    reason: 'what recurs has no second net when the ledger forgets its last commits',
  },
  {
    name: 'W2',
    faults: ['quantity capped'],
    law: 'every operation ends',
    reason: 'a changed quantity that the provider capped is never visible as asked',
  },
  {
    name: 'W3',
    faults: ['order billed'],
    law: 'every operation ends',
    reason: 'once its order has closed, nothing settles an open operation',
  },
  {
    name: 'W4',
    faults: ['payment failed'],
    law: 'paid is paid',
    reason: 'an item whose payment failed is told as SUCCEEDED',
  },
  {
    name: 'W4',
    faults: ['price changed'],
    law: 'what deviates is told',
    reason: 'order and lines are read one after the other: the total may be from before the item showed',
  },
  {
    name: 'compensation',
    faults: ['moved and applied twice'],
    law: 'nothing changed is true',
    reason: 'of two items the provider put on another order one is taken back',
  },
  {
    name: 'stale read',
    faults: ['read stale'],
    law: 'success is in the books',
    reason: 'an item of the write before, missing from a stale snapshot, is taken for what a lost write did',
  },
];

const broken = new Set(knownBreaches.flatMap(({ faults }) => faults));

/** The protocol withstands these, in any combination. */
export const withstoodFaults: readonly Fault[] = faultNames.filter((fault) => !broken.has(fault));
