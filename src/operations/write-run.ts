import { type Actor, onlyOrdersAt } from '../domain/actor.js';
import { type ConnectedAccount, lockNameOf } from '../domain/connected-account.js';
import type { Observe } from '../domain/observer.js';
import type { Operation, OperationEventCause } from '../domain/operation.js';
import type { Guard, GuardedWriter, GuardWriter } from '../domain/provider.js';
import type { TraceHeaders } from '../domain/trace.js';
import type { WriteRequest } from '../domain/write.js';
import { Journal } from './journal.js';
import { keepLease, type LeaseKeeper } from './lease.js';
import type { Ledger } from './ledger.js';
import { recordedActor } from './recorded-actor.js';
import type { TimeBudget } from './time-budget.js';
import type { Timers } from './timers.js';
import type { WriteCommand } from './write-command.js';
import { writerFor } from './writers.js';

/** What one run of the protocol works with. */
export interface WriteRun {
  readonly journal: Journal;
  readonly ledger: Ledger;
  /** Other writes on the order as they were read for this run; null until they are. */
  readonly related: { others: readonly Operation[] | null };
  /**
   * Opens the operation's writer on a fresh data source, since after a write nothing may be answered from what was read
   * before it. Guarded for whom the operation was recorded, unless for the actor who asks now.
   */
  writer(actor?: Actor): GuardedWriter<WriteRequest>;
  /** Returns the name under which writes on an order take turns. */
  lockName(orderKey: string): string;
  readonly budget: TimeBudget;
  readonly lease: LeaseKeeper;
  readonly settlingMs: number;
  readonly giveUpMs: number;
  readonly timers: Timers;
  /** Returns the ledger's time. */
  now(): Date;
  /** Measures one step of the protocol. */
  step<T>(name: string, take: () => Promise<T>): Promise<T>;
  /** Logs what went wrong unexpectedly. */
  report(message: string, cause: unknown): void;
}

/** What all runs of a process share. */
export interface RunDependencies {
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly guard: Guard;
  readonly guardWriter: GuardWriter;
  readonly observe: Observe;
  readonly report: (message: string, fields: Readonly<Record<string, string>>, cause?: unknown) => void;
  readonly leaseMs: number;
  readonly giveUpMs: number;
}

export interface RunStart {
  readonly operation: Operation;
  readonly connected: ConnectedAccount;
  readonly budget: TimeBudget;
  readonly cause: OperationEventCause;
  /** The ledger's time when the operation was leased. */
  readonly now: Date;
  /** The monotonic time before that. */
  readonly leasedMs: number;
  /** Absent for recovery, which has no session of the shopper. */
  readonly session?: WriteCommand['session'];
}

/** Begins a run; to be ended by `lease.stop()`. */
export type BeginRun = (start: RunStart) => WriteRun;

export function createBeginRun(dependencies: RunDependencies): BeginRun {
  const { ledger, timers, guard, guardWriter, observe, leaseMs, giveUpMs } = dependencies;

  return ({ operation, connected, budget, cause, now, leasedMs, session = {} }) => {
    const { account, kind } = operation;
    const { connection } = connected;
    const report = (message: string, error: unknown) =>
      dependencies.report(message, { operationId: operation.id, account }, error);
    const lease = keepLease(
      { ledger, timers, leaseMs, report: (error) => report('the lease of an operation was not renewed', error) },
      now,
      leasedMs,
      () => journal.operation,
    );
    const journal = new Journal(operation, {
      ledger,
      now: lease.now,
      cause,
      leaseMs,
      giveUpMs,
      settlingMs: connection.settlingMs,
      monotonicMs: timers.monotonicMs,
      saved: lease.renewed,
    });
    let { sessionToken } = session;
    const onSessionToken = (token: string) => {
      sessionToken = token;
      session.onSessionToken?.(token);
    };
    const open = (actor: Actor) =>
      connection.open({
        actorId: operation.actorId,
        shopper: operation.shopper,
        onlyOrders: onlyOrdersAt(actor, account),
        signal: budget.signal,
        mayStillSend: () => budget.leftMs() > 0 && lease.mayStillSend(),
        // Nothing that was read before this write may pass for what it did.
        fresh: true,
        ...(sessionToken !== undefined && { sessionToken, onSessionToken }),
      });
    const outcomeOf = (step: string) => journal.operation.steps.find(({ name }) => name === step)?.outcome ?? null;
    return {
      journal,
      ledger,
      related: { others: null },
      writer(actor = recordedActor(journal.operation)) {
        const source = open(actor);
        const writer = writerFor(source, operation.request);
        if (!writer) throw new TypeError(`no writer for ${kind}`);
        return guardWriter(writer, guard(source, actor, connected), actor, connected);
      },
      lockName: (orderKey) => lockNameOf(connected, orderKey),
      budget,
      lease,
      settlingMs: connection.settlingMs,
      giveUpMs,
      timers,
      now: lease.now,
      step: (step, take) => observe('writeStep', { account, kind, step }, take, () => ({ outcome: outcomeOf(step) })),
      report,
    };
  };
}

/** Measures a write from here to the state it settles or rests in. */
export function observeWrite(
  observe: Observe,
  { account, kind, id, trace: begunIn = {} }: Operation,
  isRecovery: boolean,
  work: (trace: TraceHeaders) => Promise<Operation>,
): Promise<Operation> {
  const observed = { account, kind, operationId: id, isRecovery, begunIn };
  return observe('write', observed, work, ({ status }) => ({ status }));
}
