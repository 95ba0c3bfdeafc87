import type { Actor } from '../domain/actor.js';
import type { Operation } from '../domain/operation.js';
import { capabilityMissing, notFound } from '../domain/refusal.js';
import { createEarlyAnswers } from './answer-within.js';
import { isOwnedBy, newOperation, refusedBefore, replay } from './claim.js';
import type { OrderView } from '../domain/write.js';
import { isHeldUp, OperationTakenOver, type OwnOperations } from './ledger.js';
import { type AskedLock, createOrderLock, knownLockName } from './order-lock.js';
import { createRecovery } from './recovery.js';
import { runWrite } from './run-write.js';
import { createTimeBudget } from './time-budget.js';
import type { WriteCommand, WriteResult } from './write-command.js';
import { defaultDependencies, type WriteDependencies } from './write-dependencies.js';
import { createBeginRun, observeWrite, type RunStart } from './write-run.js';
import { capabilityFor } from './writers.js';

/** Writes that never charge twice, and what became of them. */
export interface WriteService {
  run(command: WriteCommand): Promise<WriteResult>;
  /** Returns an operation; null when there is none, or it is another actor's. */
  byId(actor: Actor, id: string): Promise<Operation | null>;
  byKey(actor: Actor, idempotencyKey: string): Promise<Operation | null>;
  /** Lists the actor's own operations, newest first. */
  list(actor: Actor, request: OwnOperations): Promise<readonly Operation[]>;
  /** Starts to settle operations that were left open. */
  start(): void;
  /** Looks at once at operations of unknown outcome on orders of which their provider reported a change. */
  lookAt(lockNames: readonly string[]): void;
  /** Recovers nothing more. Resolves once what runs has ended; `drained` tells when no request is left that could begin more. */
  stop(drained?: Promise<void>): Promise<void>;
}

export function createWriteService(dependencies: WriteDependencies): WriteService {
  const settings = { ...defaultDependencies, ...dependencies };
  const { ledger, accounts, clock, timers, newId, observe, report, deadlineMs, leaseMs } = settings;
  const beginRun = createBeginRun(settings);
  const orderLock = createOrderLock(ledger);
  const recovery = createRecovery({ ...settings, beginRun, intervalMs: settings.recoveryIntervalMs });
  const early = createEarlyAnswers(ledger, timers, report);

  return {
    async run(command) {
      const connected = accounts.get(command.account);
      if (!connected) return refusedBefore(notFound(['orderId'], 'order'));
      const capability = capabilityFor(command.request, connected.capabilities);
      if (capability.support === 'UNSUPPORTED' || !connected.writes.includes(command.request.kind)) {
        return refusedBefore(capabilityMissing(capability));
      }
      const budget = createTimeBudget(deadlineMs, timers);
      const draft = newOperation(command, newId(), clock());
      const leasedMs = timers.monotonicMs();
      const lockName = knownLockName(connected, command);
      const claim = await ledger.claim(draft, { forMs: leaseMs }, lockName);
      if (!claim.claimed) return replay(claim.operation, draft);
      const { operation, now, hasLock } = claim;
      // Its age is told by the ledger's time.
      const begun = { operation: { ...operation, createdAt: now }, connected, budget, now, leasedMs };
      const settled = settle(command, begun, draft, { lockName, hasLock });
      return command.answerWithinMs ? early.within(command.answerWithinMs, operation, settled) : settled;
    },

    async byId(actor, id) {
      const operation = await ledger.byId(id);
      return operation && isOwnedBy(operation, actor) ? operation : null;
    },

    list: (actor, request) => ledger.ownedBy(actor.id, request),

    byKey: (actor, idempotencyKey) => ledger.byKey(actor.id, idempotencyKey),

    start: recovery.start,
    lookAt: recovery.lookAt,
    async stop(drained) {
      await Promise.all([recovery.stop(), drained]);
      await early.allSettled();
    },
  };

  /** Carries out a write whose key was claimed, in the turn of its order. */
  async function settle(
    command: WriteCommand,
    begun: Omit<RunStart, 'cause' | 'session'>,
    draft: Operation,
    lock: AskedLock,
  ): Promise<WriteResult> {
    let view: OrderView | null = null;
    try {
      const settled = await observeWrite(observe, begun.operation, false, async (trace) => {
        // Goes on record with the first transition: before that nothing is sent.
        const operation = { ...begun.operation, trace };
        const run = beginRun({ ...begun, operation, cause: 'REQUEST', session: command.session });
        try {
          await orderLock.inTurn(run, command, lock, async (turn) => {
            view = await runWrite(run, command, turn);
            if (view?.order.state === 'found' && !turn.writer.mayShow(view.order.value)) view = null;
          });
        } finally {
          run.lease.stop();
        }
        return run.journal.operation;
      });
      // Whatever the provider has done of the open one by now need not wait for its next look.
      if (isHeldUp(settled) && settled.lockName !== null) recovery.lookBecauseOfRefusal(settled.lockName);
      return { operation: settled, errors: settled.errors, replayed: false, view };
    } catch (error) {
      if (!(error instanceof OperationTakenOver)) throw error;
      // This process was silent for too long: whoever took the operation over knows how it goes on.
      return replay((await ledger.byId(begun.operation.id)) ?? begun.operation, draft);
    }
  }
}
