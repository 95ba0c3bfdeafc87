import type { Operation } from '../domain/operation.js';
import type { Ledger } from './ledger.js';
import type { CancelTimer, Timers } from './timers.js';

/** Keeps other processes off an operation while this one runs it. */
export interface LeaseKeeper {
  /** Returns the ledger's time, carried on by this process's monotonic clock. */
  now(): Date;
  /**
   * Whether a request may leave now: no other process can have taken the operation over yet, nor will before the request
   * is on its way. Asked right before the bytes leave, for a process may have been frozen since anything it checked.
   */
  mayStillSend(): boolean;
  /** Notes that a save renewed the lease. `startedMs`: the monotonic time when it began, for it may have come back late. */
  renewed(startedMs: number): void;
  stop(): void;
}

/** Renewals a lease lasts: two may be lost. */
const RENEWALS = 3;

export interface LeaseDependencies {
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly leaseMs: number;
  /** Logs a renewal that failed. It is tried again. */
  report(cause: unknown): void;
}

/** Renews the lease of an operation until it is stopped. `now`: the ledger's time when it was leased, at `leasedMs`. */
export function keepLease(
  { ledger, timers, leaseMs, report }: LeaseDependencies,
  now: Date,
  leasedMs: number,
  current: () => Pick<Operation, 'id' | 'version'>,
): LeaseKeeper {
  let lastMs = leasedMs;
  let isStopped = false;
  let cancel: CancelTimer = () => {};

  async function renew(): Promise<void> {
    const startedMs = timers.monotonicMs();
    const operation = current();
    try {
      if (await ledger.renew(operation, leaseMs)) lastMs = Math.max(lastMs, startedMs);
    } catch (error) {
      report(error);
    }
  }

  function schedule(): void {
    if (isStopped) return;
    cancel = timers.schedule(leaseMs / RENEWALS, () => {
      // One that hangs keeps no other waiting: the lease would end meanwhile.
      schedule();
      void renew();
    });
  }

  schedule();
  return {
    now: () => new Date(now.getTime() + (timers.monotonicMs() - leasedMs)),
    mayStillSend: () => timers.monotonicMs() - lastMs < leaseMs * SENDING_SHARE,
    renewed(startedMs) {
      lastMs = Math.max(lastMs, startedMs);
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** What is left of a lease when the last request leaves covers its way out of the process. */
const SENDING_SHARE = 0.8;
