import { randomUUID } from 'node:crypto';
import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { Guard, GuardWriter } from '../domain/provider.js';
import type { Ledger } from './ledger.js';
import { systemTimers, type Timers } from './timers.js';
import { defaultTiming, type WriteTiming } from './write-timing.js';

/** What the write service is made of. */
export interface WriteDependencies extends Partial<WriteTiming> {
  readonly ledger: Ledger;
  readonly accounts: ConnectedAccounts;
  readonly clock: Clock;
  readonly timers?: Timers;
  /** Makes the identifier of an operation; no two may be equal. */
  readonly newId?: () => string;
  /** Every record an operation looks at passes it. */
  readonly guard: Guard;
  /** Every write an operation prepares passes it. */
  readonly guardWriter: GuardWriter;
  readonly observe?: Observe;
  /** Logs a trouble; never given a secret or a shopper's data. */
  readonly report: (message: string, fields: Readonly<Record<string, string>>, cause?: unknown) => void;
}

/** Stand in for what is not given. */
export const defaultDependencies = { ...defaultTiming, timers: systemTimers, newId: randomUUID, observe: unobserved };
