import type { Replica } from './replica.js';
import type { World } from './world.js';

/** What can go wrong. Each schedule has some of them switched on; the plainest has none. */
export const faultNames = [
  // Processes.
  'crash',
  'freeze',
  'freeze beyond the lease',
  'clock jump',
  'clocks a little apart',
  'clocks apart',
  // The ledger's database.
  'ledger slow',
  'ledger answer lost',
  'ledger down',
  'ledger read-only',
  'ledger failover',
  // Reads at the provider.
  'reads down',
  'read failed',
  'read partial',
  'read refused',
  'read stale',
  'lines behind',
  // Writes at the provider.
  'answer lost',
  'write lost',
  'write throttled',
  'write refused',
  'refused and applied',
  'write delayed',
  'write barely in time',
  'write late',
  'write applied twice',
  'target moved',
  'moved and applied twice',
  'quantity capped',
  'price changed',
  'payment failed',
  'order billed',
  'window margin',
  'writer throws',
  // Clients.
  'reply lost',
  'impatient client',
  'second tab',
  'neighbour',
] as const;

export type Fault = (typeof faultNames)[number];

/**
 * What is left out beside a fault, because nobody could tell what happened. Once the ledger forgot a write, the order alone tells
 * of it: not while it does not show there yet, nor once it is on another, nor whose it is where another tab asks for the same. Hence a ledger needs a
 * standby that is synchronous. A refusal is believed once the order has not moved since: not by an order of before. Where lines
 * show later than the total, whose they are cannot be told from it, and a provider's settling time includes that they do.
 */
const undecidable: Partial<Record<Fault, readonly Fault[]>> = {
  'ledger failover': [
    'second tab',
    'read stale',
    'write delayed',
    'write barely in time',
    'write late',
    'lines behind',
    'target moved',
  ],
  'refused and applied': ['read stale'],
  'lines behind': ['second tab', 'neighbour', 'write barely in time'],
};

/** Faults end after this: then everything must come to its end. */
const STORM_MS = [15_000, 60_000, 150_000] as const;

/** Crashes, freezes and jumps of one schedule. */
const MAX_STRIKES = 4;

/** A fault and its weight beside the other alternatives. */
export type Alternative = readonly [fault: Fault, weight: number];

export class Faults {
  readonly stormMs: number;
  private readonly on: ReadonlySet<Fault>;
  private readonly strikes: readonly number[];
  private strikesLeft = MAX_STRIKES;

  constructor(private readonly world: World) {
    const chosen = faultNames.filter((fault) => world.pick(`fault ${fault}`, [2, 1]) === 1);
    this.on = new Set(chosen.filter((fault) => !chosen.some((other) => undecidable[other]?.includes(fault))));
    this.stormMs = world.pickFrom('storm', STORM_MS, [2, 3, 1]);
    this.strikes = [
      1_000,
      this.on.has('crash') ? 15 : 0,
      this.on.has('freeze') ? 12 : 0,
      this.on.has('freeze beyond the lease') ? 12 : 0,
      this.on.has('clock jump') ? 12 : 0,
    ];
  }

  get names(): readonly Fault[] {
    return [...this.on];
  }

  isOn(fault: Fault): boolean {
    return this.on.has(fault);
  }

  /** What becomes of one message: 0 when nothing goes wrong, else the number of the alternative, from 1. */
  fate(site: string, plain: number, alternatives: readonly Alternative[]): number {
    const isOver = this.world.now >= this.stormMs;
    const weights = alternatives.map(([fault, weight]) => (isOver || !this.on.has(fault) ? 0 : weight));
    return this.world.pick(site, [plain, ...weights]);
  }

  /** Whether the fault happens here, one time in so many. */
  happens(fault: Fault, site: string, oneIn: number): boolean {
    return this.fate(site, oneIn - 1, [[fault, 1]]) === 1;
  }

  /** Decides, as something reaches a replica, what becomes of the replica. True when it met with a fault. */
  strike(replica: Replica): boolean {
    if (this.strikesLeft === 0 || this.world.now >= this.stormMs) return false;
    const fault = this.world.pick(`${replica.name}.strike`, this.strikes);
    if (fault === 0) return false;
    this.strikesLeft -= 1;
    switch (fault) {
      case 1:
        replica.crash();
        break;
      case 2:
        replica.freeze(false);
        break;
      case 3:
        replica.freeze(true);
        break;
      default:
        replica.jump();
    }
    return true;
  }
}
