import type { ConnectedAccounts } from '../domain/connected-account.js';
import type { Operation } from '../domain/operation.js';
import type { OrderLock } from './order-lock.js';
import { recover } from './recover.js';
import { createRecoveryWorker, type RecoveryWorker } from './recovery-worker.js';
import { createTimeBudget } from './time-budget.js';
import { type BeginRun, observeWrite, type RunDependencies } from './write-run.js';

export interface RecoveryDependencies extends RunDependencies {
  readonly accounts: ConnectedAccounts;
  readonly beginRun: BeginRun;
  readonly orderLock: OrderLock;
  readonly deadlineMs: number;
  readonly intervalMs: number;
  readonly retentionMs: number;
}

/** Goes on with operations whose process died or whose outcome is unknown, in the background. */
export function createRecovery(dependencies: RecoveryDependencies): RecoveryWorker {
  const { accounts, beginRun, orderLock, observe, timers, report, deadlineMs } = dependencies;

  async function recoverOne(operation: Operation): Promise<void> {
    const { id, account } = operation;
    const connected = accounts.get(account);
    if (!connected) {
      report('the account of an open operation is not configured', { operation: id, account });
      return;
    }
    const run = beginRun(operation, connected, createTimeBudget(deadlineMs, timers));
    await observeWrite(observe, operation, true, async () => {
      await recover(run);
      await orderLock.releaseSettled(run);
      return run.journal.operation;
    });
  }

  return createRecoveryWorker({ ...dependencies, recoverOne });
}
