import { createHash } from 'node:crypto';
import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import type { GuardedWriter } from '../domain/provider.js';
import { targetNotFound, type WriteRequest } from '../domain/write.js';
import { adviceAfter } from './outcome/advice.js';
import type { Ledger } from './ledger.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Lets the writes on one order take turns, across replicas. */
export interface OrderLock {
  /** Runs the write in its turn. A write whose turn does not come is refused: nothing was sent. */
  inTurn(run: WriteRun, command: WriteCommand, write: (turn: Turn) => Promise<void>): Promise<void>;
}

export interface Turn {
  readonly lockName: string;
  /** A writer that may be used until something is sent: what it has read is not older than the turn. */
  readonly writer: GuardedWriter<WriteRequest>;
}

export function createOrderLock(ledger: Ledger, leaseMs: number): OrderLock {
  return {
    async inTurn(run, command, write) {
      const writer = run.writer(command.actor);
      const lockName = await lockNameOf(run, command, writer);
      const { id } = run.journal.operation;
      const isFirst = await ledger.lockOrder(lockName, id, 0, leaseMs);
      if (!isFirst && !(await ledger.lockOrder(lockName, id, run.budget.leftMs() / 2, leaseMs))) {
        return refuseBusy(run, command);
      }
      try {
        // What was read while another write was running may have changed since.
        await write({ lockName, writer: isFirst ? writer : run.writer(command.actor) });
      } finally {
        await release(run);
      }
    },
  };

  async function release({ journal, report }: WriteRun): Promise<void> {
    try {
      await ledger.unlockOrder(journal.operation.id);
    } catch (error) {
      // The outcome is on record, and the lock ends by itself.
      report('an order stayed locked after its write', error);
    }
  }
}

/** Returns the name to lock. A line is located first; one that cannot be gets its own, and may then only be refused. */
async function lockNameOf(
  run: WriteRun,
  { account, request }: WriteCommand,
  writer: GuardedWriter<WriteRequest>,
): Promise<string> {
  if ('checkoutId' in request) return `${account}:checkout:${digestOf(request.checkoutId)}`;
  if ('orderKey' in request) return run.lockName(request.orderKey);
  const known = run.orderKeyOf(request.lineItemKey);
  if (known !== null) return run.lockName(known);
  const order = await writer.findTarget(request);
  return order.state === 'found' ? run.lockName(order.value.ref.key) : `${account}:line:${request.lineItemKey}`;
}

/** Refuses a write to a busy order. Another shopper is not told that it is written to, nor that there is one. */
async function refuseBusy(run: WriteRun, { actor, request }: WriteCommand): Promise<void> {
  const order = await run.writer(actor).findTarget(request);
  if (order.state === 'missing') {
    await run.journal.refuse(targetNotFound(request));
    return;
  }
  const cause = order.state === 'failed' ? order.problem : busy;
  await run.journal.refuse(providerFailed(cause, adviceAfter(cause)));
}

const busy = problem('CONFLICT', 'Another change of this order is still running.');

/** Hashes the identifier of a checkout: lock names are stored as they are, and who knows the identifier may finish it. */
function digestOf(checkoutId: string): string {
  return createHash('sha256').update(checkoutId).digest('base64url');
}
