import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Operation, OperationEventCause } from '../domain/operation.js';
import { recover } from './recover.js';
import { createRecoveryWorker, type RecoveryWorker } from './recovery-worker.js';
import { createTimeBudget } from './time-budget.js';
import { type BeginRun, observeWrite, type RunDependencies } from './write-run.js';

export interface RecoveryDependencies extends RunDependencies {
  readonly accounts: ConnectedAccounts;
  readonly beginRun: BeginRun;
  readonly deadlineMs: number;
  readonly intervalMs: number;
  readonly retentionMs: number;
}

/** Goes on with operations whose process died or whose outcome is unknown, in the background. */
export function createRecovery(dependencies: RecoveryDependencies): RecoveryWorker {
  const { accounts, beginRun, observe, timers, report, deadlineMs } = dependencies;

  async function recoverOne(
    operation: Operation,
    now: Date,
    leasedMs: number,
    cause: OperationEventCause,
  ): Promise<void> {
    const { id, account } = operation;
    const connected = accounts.get(account);
    if (!connected) {
      report('the account of an open operation is not configured', { operationId: id, account });
      return;
    }
    const budget = createTimeBudget(deadlineMs, timers);
    const run = beginRun({ operation, connected, budget, now, leasedMs, cause });
    try {
      await observeWrite(observe, operation, true, async () => {
        await recover(run);
        return run.journal.operation;
      });
    } finally {
      run.lease.stop();
    }
  }

  return createRecoveryWorker({ ...dependencies, recoverOne });
}
