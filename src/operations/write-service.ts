import { randomUUID } from 'node:crypto';
import type { Actor } from '../domain/actor.js';
import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Clock } from '../domain/moment.js';
import { type Observe, unobserved } from '../domain/observer.js';
import type { Operation } from '../domain/operation.js';
import type { Guard, GuardWriter } from '../domain/provider.js';
import { capabilityMissing, notFound } from '../domain/refusal.js';
import { conflictWith, isOwnedBy, newOperation } from './claim.js';
import { type Ledger, OperationTakenOver } from './ledger.js';
import { createOrderLock } from './order-lock.js';
import { createRecovery } from './recovery.js';
import { runWrite } from './run-write.js';
import { createTimeBudget } from './time-budget.js';
import { systemTimers, type Timers } from './timers.js';
import type { WriteCommand, WriteResult } from './write-command.js';
import { createBeginRun, observeWrite } from './write-run.js';
import { defaultTiming, type WriteTiming } from './write-timing.js';
import { capabilityFor } from './writers.js';

/** Writes that never charge twice, and what became of them. */
export interface WriteService {
  run(command: WriteCommand): Promise<WriteResult>;
  /** Null when there is none, or it is another actor's. */
  byId(actor: Actor, id: string): Promise<Operation | null>;
  byKey(actor: Actor, idempotencyKey: string): Promise<Operation | null>;
  /** Starts to settle operations that were left open. */
  start(): void;
  stop(): Promise<void>;
}

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
  /** Logs; never given a secret or a shopper's data. */
  readonly report: (message: string, fields: Readonly<Record<string, string>>, cause?: unknown) => void;
}

const defaults = { ...defaultTiming, timers: systemTimers, newId: randomUUID, observe: unobserved };

export function createWriteService(dependencies: WriteDependencies): WriteService {
  const settings = { ...defaults, ...dependencies };
  const { ledger, accounts, clock, timers, newId, observe, deadlineMs, leaseMarginMs } = settings;
  const leaseMs = deadlineMs + leaseMarginMs;
  const shared = { ...settings, leaseMs };
  const beginRun = createBeginRun(shared);
  const orderLock = createOrderLock(ledger, leaseMs);
  const recovery = createRecovery({ ...shared, beginRun, orderLock, intervalMs: settings.recoveryIntervalMs });

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
      const { claimed, operation } = await ledger.claim(draft, { until: new Date(clock().getTime() + leaseMs) });
      if (!claimed) return replay(operation, draft);
      try {
        const settled = await observeWrite(observe, operation, false, (trace) => {
          // Goes on record with the first transition: before that nothing is sent.
          const run = beginRun({ ...operation, trace }, connected, budget, command.session);
          return orderLock.inTurn(run, command, (lockName) => runWrite(run, command, lockName));
        });
        return { operation: settled, errors: settled.errors, replayed: false };
      } catch (error) {
        if (!(error instanceof OperationTakenOver)) throw error;
        // This process was silent for too long: whoever took the operation over knows how it goes on.
        return replay((await ledger.byId(operation.id)) ?? operation, draft);
      }
    },

    async byId(actor, id) {
      const operation = await ledger.byId(id);
      return operation && isOwnedBy(operation, actor) ? operation : null;
    },

    byKey: (actor, idempotencyKey) => ledger.byKey(actor.id, idempotencyKey),

    start: recovery.start,
    stop: recovery.stop,
  };
}

/** What the owner of the key has come to; a running one is a conflict. */
function replay(owner: Operation, draft: Operation): WriteResult {
  const conflict = conflictWith(owner, draft);
  if (conflict) return refusedBefore(conflict);
  return { operation: owner, errors: owner.errors, replayed: true };
}

function refusedBefore(refusal: WriteResult['errors'][number]): WriteResult {
  return { operation: null, errors: [refusal], replayed: false };
}
