import type { Operation, OperationEventCause } from '../domain/operation.js';
import { type Ledger, OperationTakenOver, type TakenOperations } from './ledger.js';
import type { CancelTimer, Timers } from './timers.js';

export interface RecoveryWorkerOptions {
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly leaseMs: number;
  readonly retentionMs: number;
  readonly intervalMs: number;
  /** Recovers an operation. `now`: the ledger's time when it was taken; `leasedMs`: the monotonic time before that. */
  recoverOne(operation: Operation, now: Date, leasedMs: number, cause: OperationEventCause): Promise<void>;
  report(message: string, fields: Readonly<Record<string, string>>, cause?: unknown): void;
}

/** Operations taken in one round. */
const BATCH = 20;

/** Between two looks at one order because of writes it holds up: a look that is interrupted by the next finds nothing. */
const HELD_UP_MS = 2_000;

/** Between two looks for operations past their retention. */
const PRUNE_MS = 3_600_000;

export interface RecoveryWorker {
  start(): void;
  /** Looks at once at operations of unknown outcome on orders of which a provider reported a change. */
  lookAt(lockNames: readonly string[]): void;
  /** Looks at the open operations of an order soon: a write was refused because of one. */
  lookBecauseOfRefusal(lockName: string): void;
  /** Resolves once what runs has ended. */
  stop(): Promise<void>;
}

/** Recovers operations that were left open, at once and then on a timer; one round at a time. */
export function createRecoveryWorker(options: RecoveryWorkerOptions): RecoveryWorker {
  const { ledger, timers, leaseMs, retentionMs, intervalMs, recoverOne, report } = options;
  let prunedMs = Number.NEGATIVE_INFINITY;
  let cancelTimer: CancelTimer = () => {};
  let running: Promise<void> = Promise.resolve();
  const looks = new Set<Promise<void>>();
  /** When an order was last looked at because of a refusal, oldest first. */
  const heldUp = new Map<string, number>();
  let isStopped = true;

  async function round(): Promise<void> {
    const leasedMs = timers.monotonicMs();
    await attemptAll(await ledger.takeUnsettled(leaseMs, BATCH), leasedMs, 'RECOVERY');
    if (timers.monotonicMs() - prunedMs >= PRUNE_MS) await prune();
  }

  async function prune(): Promise<void> {
    await ledger.prune(retentionMs);
    prunedMs = timers.monotonicMs();
  }

  async function attemptAll(
    { operations, now }: TakenOperations,
    leasedMs: number,
    cause: OperationEventCause,
  ): Promise<void> {
    await Promise.all(operations.map((operation) => attempt(operation, now, leasedMs, cause)));
  }

  /** Tries to recover an operation. One that cannot be must not keep the others waiting. */
  async function attempt(operation: Operation, now: Date, leasedMs: number, cause: OperationEventCause): Promise<void> {
    try {
      await recoverOne(operation, now, leasedMs, cause);
    } catch (error) {
      if (error instanceof OperationTakenOver) return;
      report('an open operation could not be recovered', { operationId: operation.id }, error);
    }
  }

  function schedule(): void {
    if (isStopped) return;
    cancelTimer = timers.schedule(intervalMs, run);
  }

  function run(): void {
    running = round()
      .catch((error: unknown) => report('open operations could not be looked for', {}, error))
      .finally(schedule);
  }

  function lookNow(lockNames: readonly string[], cause: OperationEventCause): void {
    if (isStopped || lockNames.length === 0) return;
    const leasedMs = timers.monotonicMs();
    const look = ledger
      .takeIndeterminate(lockNames, leaseMs)
      .then((taken) => attemptAll(taken, leasedMs, cause))
      .catch((error: unknown) => report('open operations could not be looked for', {}, error))
      .finally(() => looks.delete(look));
    looks.add(look);
  }

  return {
    start(): void {
      isStopped = false;
      run();
    },
    lookAt: (lockNames) => lookNow(lockNames, 'WEBHOOK'),
    lookBecauseOfRefusal(lockName): void {
      const nowMs = timers.monotonicMs();
      for (const [name, lookedMs] of heldUp) if (nowMs - lookedMs >= HELD_UP_MS) heldUp.delete(name);
      if (heldUp.has(lockName)) return;
      heldUp.set(lockName, nowMs);
      lookNow([lockName], 'RECOVERY');
    },
    async stop(): Promise<void> {
      isStopped = true;
      cancelTimer();
      await Promise.all([running, ...looks]);
    },
  };
}
