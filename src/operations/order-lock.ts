import { createHash } from 'node:crypto';
import { problem } from '../domain/problem.js';
import { providerFailed } from '../domain/refusal.js';
import { type ConnectedAccount, lockNameOf, orderKeyOf } from '../domain/connected-account.js';
import type { GuardedWriter } from '../domain/provider.js';
import { targetNotFound, type WriteRequest } from '../domain/write.js';
import { adviceAfter } from './outcome/advice.js';
import { isRunning, type Ledger } from './ledger.js';
import type { WriteCommand } from './write-command.js';
import type { WriteRun } from './write-run.js';

/** Lets the writes on one order take turns, across replicas. */
export interface OrderLock {
  /** Runs the write in its turn. A write whose turn does not come is refused: nothing was sent. */
  inTurn(run: WriteRun, command: WriteCommand, asked: AskedLock, write: (turn: Turn) => Promise<void>): Promise<void>;
}

/** What was locked with the key of a write. */
export interface AskedLock {
  /** Null where the order could not be told without a read. */
  readonly lockName: string | null;
  readonly hasLock: boolean;
}

export interface Turn {
  readonly lockName: string;
  /** A writer that may be used until something is sent: what it has read is not older than the turn. */
  readonly writer: GuardedWriter<WriteRequest>;
}

export function createOrderLock(ledger: Ledger): OrderLock {
  return {
    async inTurn(run, command, asked, write) {
      const writer = run.writer(command.actor);
      const lockName = asked.lockName ?? (await locate(run, command, writer));
      const { id } = run.journal.operation;
      const isFirst = asked.lockName === null ? await ledger.lockOrder(lockName, id, 0) : asked.hasLock;
      if (!isFirst && !(await ledger.lockOrder(lockName, id, run.budget.leftMs() / 2))) {
        return refuseBusy(run, command);
      }
      try {
        // What was read while another write was running may have changed since.
        await write({ lockName, writer: isFirst ? writer : run.writer(command.actor) });
      } finally {
        // With its outcome the order was unlocked.
        if (isRunning(run.journal.operation)) await release(run);
      }
    },
  };

  async function release({ journal, report }: WriteRun): Promise<void> {
    try {
      await ledger.unlockOrder(journal.operation);
    } catch (error) {
      // The lock ends by itself.
      report('an order stayed locked after its write', error);
    }
  }
}

/** Returns the name to lock for a write; null where a line is to be located first. */
export function knownLockName(connected: ConnectedAccount, { account, request }: WriteCommand): string | null {
  if ('checkoutId' in request) return `${account}:checkout:${digestOf(request.checkoutId)}`;
  const orderKey = 'orderKey' in request ? request.orderKey : orderKeyOf(connected, request.lineItemKey);
  return orderKey === null ? null : lockNameOf(connected, orderKey);
}

/** Locates a line and returns the name to lock. One that cannot be gets its own, and may then only be refused. */
async function locate(run: WriteRun, { request }: WriteCommand, writer: GuardedWriter<WriteRequest>): Promise<string> {
  const { lineName } = run.journal.operation;
  if (lineName === null) throw new TypeError('only a line is located');
  const order = await writer.findTarget(request);
  return order.state === 'found' ? run.lockName(order.value.ref.key) : lineName;
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
