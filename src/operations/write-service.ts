import type { Actor } from '../domain/actor.js';
import type { ConnectedAccount, ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import { isSettled, type Operation } from '../domain/operation.js';
import { problem } from '../domain/problem.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { AccountConnection, DataSource, Guard, GuardedSource } from '../domain/provider.js';
import type { TraceHeaders } from '../domain/trace.js';
import { capabilityMissing, notFound, providerFailed } from '../domain/refusal.js';
import type { WriteRequest } from '../domain/write.js';
import { conflictWith, isOwnedBy, newOperation } from './claim.js';
import { Journal } from './journal.js';
import { type Ledger, OperationTakenOver } from './ledger.js';
import { recordedActor } from './recorded-actor.js';
import { recover } from './recover.js';
import { runWrite, type WriteRun } from './run-write.js';
import { createRecoveryWorker } from './recovery-worker.js';
import { targetNotFound, targetOrder, targetOrderKey } from './target-order.js';
import { type TimeBudget, timeBudget } from './time-budget.js';
import type { WriteCommand, WriteResult } from './write-command.js';
import { capabilityFor, writerFor } from './writers.js';

/** Writes that never charge twice, and what became of them. */
export interface WriteService {
  run(command: WriteCommand): Promise<WriteResult>;
  /** Null when there is none, or it is another actor's. */
  byId(actor: Actor, id: string): Promise<Operation | null>;
  byKey(actor: Actor, idempotencyKey: string): Promise<Operation | null>;
  /** Begins to settle operations that were left open. */
  start(): void;
  stop(): Promise<void>;
}

export interface WriteDependencies extends WriteTiming {
  readonly ledger: Ledger;
  readonly accounts: ConnectedAccounts;
  readonly clock: Clock;
  /** Every record an operation looks at passes it. */
  readonly guard: Guard;
  readonly observe?: Observe;
  /** For the log; never given a secret or a shopper's data. */
  readonly report: (message: string, fields: Readonly<Record<string, string>>, cause?: unknown) => void;
}

export interface WriteTiming {
  /** How long one write may take from claim to answer. */
  readonly deadlineMs?: number;
  /** A process silent for this long after its deadline is taken for dead. */
  readonly leaseMarginMs?: number;
  /** How often open operations are looked for. */
  readonly recoveryIntervalMs?: number;
  /** After this long an open operation is left for a person to look at. */
  readonly giveUpMs?: number;
  /** How long settled operations are kept. */
  readonly retentionMs?: number;
}

const DEFAULT_DEADLINE_MS = 20_000;
const DEFAULT_RECOVERY_INTERVAL_MS = 2_000;
const DAY_MS = 86_400_000;
const DEFAULT_GIVE_UP_MS = DAY_MS;
const DEFAULT_RETENTION_MS = 30 * DAY_MS;

const DEFAULT_LEASE_MARGIN_MS = 15_000;

export function createWriteService(dependencies: WriteDependencies): WriteService {
  const {
    ledger,
    accounts,
    clock,
    guard,
    report,
    observe = unobserved,
    deadlineMs = DEFAULT_DEADLINE_MS,
  } = dependencies;
  const { giveUpMs = DEFAULT_GIVE_UP_MS, retentionMs = DEFAULT_RETENTION_MS } = dependencies;
  const leaseMs = deadlineMs + (dependencies.leaseMarginMs ?? DEFAULT_LEASE_MARGIN_MS);

  function begin(
    operation: Operation,
    connected: ConnectedAccount,
    budget: TimeBudget,
    session: WriteCommand['session'] = {},
  ): WriteRun {
    const { connection } = connected;
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
    const { account, kind } = operation;
    const journal = new Journal(ledger, operation, clock, { leaseMs, giveUpMs });
    const outcomeOf = (step: string) => journal.operation.steps.find(({ name }) => name === step)?.outcome ?? null;
    return {
      journal,
      open: (actor = recordedActor(journal.operation)) => guard(openUnguarded(), actor, connected),
      writer: () => requireWriter(openUnguarded(), operation.request),
      budget,
      settlingMs: connection.settlingMs,
      clock,
      step: (step, take) => observe('writeStep', { account, kind, step }, take, () => ({ outcome: outcomeOf(step) })),
      report: (message, cause) => report(message, { operation: operation.id, account: operation.account }, cause),
    };
  }

  async function runClaimed(
    operation: Operation,
    connected: ConnectedAccount,
    command: WriteCommand,
    budget: TimeBudget,
  ): Promise<Operation> {
    const run = begin(operation, connected, budget, command.session);
    const order = await lockName(run.open(command.actor), connected.connection, command);
    if (!(await ledger.lockOrder(order, operation.id, run.budget.leftMs() / 2, leaseMs))) {
      return refuseBusy(run, command);
    }
    await runWrite(run, command);
    await unlockOnceSettled(run);
    return run.journal.operation;
  }

  /** Another shopper is not told that somebody writes to an order, nor that there is one. */
  async function refuseBusy(run: WriteRun, { actor, request }: WriteCommand): Promise<Operation> {
    const order = await targetOrder(run.open(actor), request);
    if (order.state === 'missing') return run.journal.refuse('REJECTED', targetNotFound(request));
    const cause = order.state === 'failed' ? order.problem : busy;
    return run.journal.refuse('FAILED', providerFailed(cause, 'SAME_KEY'));
  }

  /** While the outcome is unknown nobody else may write: what they add could be taken for what this one did. */
  async function unlockOnceSettled({ journal: { operation }, report }: WriteRun): Promise<void> {
    if (!isSettled(operation)) return;
    try {
      await ledger.unlockOrder(operation.id);
    } catch (error) {
      // The outcome is on record, and the lock ends by itself.
      report('an order stayed locked after its write', error);
    }
  }

  async function recoverOne(operation: Operation): Promise<void> {
    const connected = accounts.get(operation.account);
    if (!connected) {
      report('the account of an open operation is not configured', {
        operation: operation.id,
        account: operation.account,
      });
      return;
    }
    const run = begin(operation, connected, timeBudget(deadlineMs));
    await observeWrite(operation, true, async () => {
      await recover(run);
      await unlockOnceSettled(run);
      return run.journal.operation;
    });
  }

  function observeWrite(
    operation: Operation,
    isRecovery: boolean,
    work: (trace: TraceHeaders) => Promise<Operation>,
  ): Promise<Operation> {
    const { account, kind, id, trace: begunIn = {} } = operation;
    const observed = { account, kind, operationId: id, isRecovery, begunIn };
    return observe('write', observed, work, ({ status }) => ({ status }));
  }

  const sweep = createRecoveryWorker({
    ledger,
    clock,
    leaseMs,
    retentionMs,
    intervalMs: dependencies.recoveryIntervalMs ?? DEFAULT_RECOVERY_INTERVAL_MS,
    recoverOne,
    report,
  });

  return {
    async run(command) {
      const connected = accounts.get(command.account);
      if (!connected) return refusedBefore(notFound(['orderId'], 'order'));
      const source = connected.connection.open({ ...NOBODY, signal: AbortSignal.abort() });
      const capability = capabilityFor(command.request, connected.capabilities);
      if (capability.support === 'UNSUPPORTED' || !writerFor(source, command.request)) {
        return refusedBefore(capabilityMissing(capability));
      }
      const budget = timeBudget(deadlineMs);
      const draft = newOperation(command, clock());
      const until = new Date(clock().getTime() + leaseMs);
      const { claimed, operation } = await ledger.claim(draft, { until });
      if (!claimed) return answerAgain(operation, draft);
      try {
        const settled = await observeWrite(operation, false, (trace) =>
          // Goes on record with the first transition: before that nothing is sent.
          runClaimed({ ...operation, trace }, connected, command, budget),
        );
        return { operation: settled, errors: settled.errors, replayed: false };
      } catch (error) {
        if (!(error instanceof OperationTakenOver)) throw error;
        // This process was silent for too long: whoever took the operation over knows how it goes on.
        return answerAgain((await ledger.byId(operation.id)) ?? operation, draft);
      }
    },

    async byId(actor, id) {
      return visibleTo(actor, await ledger.byId(id));
    },

    async byKey(actor, idempotencyKey) {
      return ledger.byKey(actor.id, idempotencyKey);
    },

    start: sweep.start,
    stop: sweep.stop,
  };
}

const busy = problem('CONFLICT', 'Another change of this order is still running, or its outcome is not known yet.');

/** To ask for ports only: every call through it is aborted. */
const NOBODY = { actorId: '', shopper: { customerId: null, recognised: false } };

/** What the owner of the key has come to; a running one is told as such. */
function answerAgain(owner: Operation, draft: Operation): WriteResult {
  const conflict = conflictWith(owner, draft);
  if (conflict) return refusedBefore(conflict);
  return { operation: owner, errors: owner.errors, replayed: true };
}

function refusedBefore(refusal: WriteResult['errors'][number]): WriteResult {
  return { operation: null, errors: [refusal], replayed: false };
}

function visibleTo(actor: Actor, operation: Operation | null): Operation | null {
  return operation && isOwnedBy(operation, actor) ? operation : null;
}

function requireWriter(source: DataSource, request: WriteRequest) {
  const writer = writerFor(source, request);
  if (!writer) throw new TypeError(`no writer for ${request.kind}`);
  return writer;
}

/** Writes on one order take turns. A line is located first; one that cannot be is left for the protocol to refuse. */
async function lockName(source: GuardedSource, connection: AccountConnection, command: WriteCommand): Promise<string> {
  const { account, request } = command;
  const orderKey = await targetOrderKey(source, request);
  if (orderKey === null && 'lineItemKey' in request) return `${account}:line:${request.lineItemKey}`;
  return `${account}:${connection.lockKey?.(orderKey ?? '') ?? orderKey}`;
}
