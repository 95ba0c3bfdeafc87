import type { Actor } from '../domain/actor.js';
import type { ConnectedAccount } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import type { Observe } from '../domain/observer.js';
import type { Operation } from '../domain/operation.js';
import type { Guard, GuardedSource, GuardedWriter, GuardWriter } from '../domain/provider.js';
import type { TraceHeaders } from '../domain/trace.js';
import type { WriteRequest } from '../domain/write.js';
import { Journal } from './journal.js';
import type { Ledger } from './ledger.js';
import { recordedActor } from './recorded-actor.js';
import type { TimeBudget } from './time-budget.js';
import type { Timers } from './timers.js';
import type { WriteCommand } from './write-command.js';
import { writerFor } from './writers.js';

/** What one run of the protocol works with. */
export interface WriteRun {
  readonly journal: Journal;
  /**
   * Opens the account afresh, since after a write nothing may be answered from what was read before it. For whom the
   * operation was recorded, unless for whoever asks now.
   */
  open(actor?: Actor): GuardedSource;
  /** The operation's writer on a fresh data source, guarded for the same actor. */
  writer(actor?: Actor): GuardedWriter<WriteRequest>;
  /** The name under which writes on an order take turns. */
  lockName(orderKey: string): string;
  readonly budget: TimeBudget;
  readonly settlingMs: number;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Measures one step of the protocol. */
  step<T>(name: string, take: () => Promise<T>): Promise<T>;
  /** Logs what went wrong unexpectedly. */
  report(message: string, cause: unknown): void;
}

/** What all runs of a process share. */
export interface RunDependencies {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly guard: Guard;
  readonly guardWriter: GuardWriter;
  readonly observe: Observe;
  readonly report: (message: string, fields: Readonly<Record<string, string>>, cause?: unknown) => void;
  readonly leaseMs: number;
  readonly giveUpMs: number;
}

export type BeginRun = (
  operation: Operation,
  connected: ConnectedAccount,
  budget: TimeBudget,
  session?: WriteCommand['session'],
) => WriteRun;

/** Begins the run of a request, or of recovery, which has no session of the shopper. */
export function createBeginRun(dependencies: RunDependencies): BeginRun {
  const { ledger, clock, timers, guard, guardWriter, observe } = dependencies;

  return (operation, connected, budget, session = {}) => {
    const { account, kind } = operation;
    const { connection } = connected;
    const journal = new Journal(ledger, operation, clock, dependencies);
    let { sessionToken } = session;
    const onSessionToken = (token: string) => {
      sessionToken = token;
      session.onSessionToken?.(token);
    };
    const openUnguarded = () =>
      connection.open({
        actorId: operation.actorId,
        shopper: operation.shopper,
        signal: budget.signal,
        // Nothing that was read before this write may pass for what it did.
        fresh: true,
        ...(sessionToken !== undefined && { sessionToken, onSessionToken }),
      });
    const outcomeOf = (step: string) => journal.operation.steps.find(({ name }) => name === step)?.outcome ?? null;
    return {
      journal,
      open: (actor = recordedActor(journal.operation)) => guard(openUnguarded(), actor, connected),
      writer(actor = recordedActor(journal.operation)) {
        const source = openUnguarded();
        const writer = writerFor(source, operation.request);
        if (!writer) throw new TypeError(`no writer for ${kind}`);
        return guardWriter(writer, guard(source, actor, connected), actor, connected);
      },
      lockName: (orderKey) => `${account}:${connection.lockKey?.(orderKey) ?? orderKey}`,
      budget,
      settlingMs: connection.settlingMs,
      clock,
      timers,
      step: (step, take) => observe('writeStep', { account, kind, step }, take, () => ({ outcome: outcomeOf(step) })),
      report: (message, cause) => dependencies.report(message, { operation: operation.id, account }, cause),
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
