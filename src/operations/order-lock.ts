import { isSettled, type Operation } from '../domain/operation.js';
import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import { targetNotFound } from '../domain/write.js';
import type { Ledger } from './ledger.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Lets the writes on one order take turns, across replicas. */
export interface OrderLock {
  /** Runs the write in its turn. A write whose turn does not come is refused: nothing was sent. */
  inTurn(run: WriteRun, command: WriteCommand, write: (lockName: string) => Promise<void>): Promise<Operation>;
  /**
   * Ends the turn of a settled operation. While its outcome is unknown the order stays locked: what another write adds
   * could be taken for what this one did.
   */
  releaseSettled(run: WriteRun): Promise<void>;
}

export function createOrderLock(ledger: Ledger, leaseMs: number): OrderLock {
  async function releaseSettled({ journal: { operation }, report }: WriteRun): Promise<void> {
    if (!isSettled(operation)) return;
    try {
      await ledger.unlockOrder(operation.id);
    } catch (error) {
      // The outcome is on record, and the lock ends by itself.
      report('an order stayed locked after its write', error);
    }
  }

  return {
    async inTurn(run, command, write) {
      const name = await lockName(run, command);
      const { id } = run.journal.operation;
      if (!(await ledger.lockOrder(name, id, run.budget.leftMs() / 2, leaseMs))) return refuseBusy(run, command);
      await write(name);
      await releaseSettled(run);
      return run.journal.operation;
    },

    releaseSettled,
  };
}

/** A line is located first; one that cannot be is locked by its own name, and may then only be refused. */
async function lockName(run: WriteRun, { actor, account, request }: WriteCommand): Promise<string> {
  if ('orderKey' in request) return run.lockName(request.orderKey);
  const order = await run.writer(actor).findTarget(request);
  return order.state === 'found' ? run.lockName(order.value.ref.key) : `${account}:line:${request.lineItemKey}`;
}

/** Another shopper is not told that somebody writes to an order, nor that there is one. */
async function refuseBusy(run: WriteRun, { actor, request }: WriteCommand): Promise<Operation> {
  const order = await run.writer(actor).findTarget(request);
  if (order.state === 'missing') return run.journal.refuse('REJECTED', targetNotFound(request));
  const cause = order.state === 'failed' ? order.problem : busy;
  return run.journal.refuse('FAILED', providerFailed(cause, 'SAME_KEY'));
}

const busy = problem('CONFLICT', 'Another change of this order is still running, or its outcome is not known yet.');
