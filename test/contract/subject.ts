import type { CapabilityKey } from '../../src/domain/capability.js';
import type { ItemChoice } from '../../src/domain/eligibility.js';
import type { DataSource } from '../../src/domain/provider.js';
import type { Frequency } from '../../src/domain/subscription.js';

/** One provider against its emulator, with the records the cases speak of. */
export interface ContractSubject {
  /** Opens the account for the shopper the records belong to. */
  open(): DataSource;
  openFor(customerId: string): DataSource;
  readonly shopper: string;
  readonly otherShopper: string;
  readonly orders: {
    /** Open for upsell, with lines. */
    readonly open: string;
    readonly alsoOpen: string;
    /** Takes no more items. */
    readonly closed: string;
    /** The other shopper's. */
    readonly foreign: string;
    /** Shaped like a key, of no order. */
    readonly unknown: string;
  };
  readonly items: {
    /** May be added to `orders.open` and is not on it. */
    readonly addable: ItemChoice;
    /** Is on `orders.open` as a one-time item. */
    readonly alreadyThere: ItemChoice;
    readonly unknown: ItemChoice;
  };
  /** A one-time line of `orders.open`. */
  readonly oneTimeLine: string;
  readonly frequency: Frequency;
  /** All orders and all that is sold, with the limits of the emulator switched off. */
  everything(): { readonly orders: readonly string[]; readonly items: readonly ItemChoice[] };
  readonly provoke: {
    /** Reads of this one order fail from now on. */
    orderFails(key: string): void;
    /** All reads fail from now on. */
    readsFail(): void;
    lineItemsFail(): void;
    /** The next write takes effect, and its answer is lost. */
    nextAnswerIsLost(): void;
    /** The connection breaks before the next write takes effect. */
    nextWriteIsCut(): void;
    nextWriteIsRefused(): void;
    /** The next write takes effect, and is answered as one that was refused. */
    nextWriteIsDeniedAndDone(): void;
    /** No more faults. */
    nothing(): void;
  };
  /** Requests since the last time they were asked for. */
  requests(): readonly { readonly method: string; readonly path: string }[];
  reset(): void | Promise<void>;
  close(): Promise<void>;
}

/** A case this provider does not pass, and why. */
export interface Gap {
  readonly case: string;
  readonly reason: string;
}

export interface ContractSubjectDefinition {
  readonly start: () => Promise<ContractSubject>;
  readonly gaps: readonly Gap[];
}

export interface ContractCase {
  /** Stable. */
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD';
  readonly says: string;
  /** Not asked of a provider that does not support it. */
  readonly needs?: CapabilityKey;
  readonly run: (subject: ContractSubject) => Promise<void>;
}

/** A port the case needs; without it the case fails, and the provider names a gap. */
export function port<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`the data source has no ${name}`);
  return found;
}
