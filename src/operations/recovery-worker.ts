import type { Clock } from '../domain/moment.js';
import type { Operation } from '../domain/operation.js';
import { type Ledger, OperationTakenOver } from './ledger.js';
import type { CancelTimer, Timers } from './timers.js';

export interface RecoveryWorkerOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly leaseMs: number;
  readonly retentionMs: number;
  readonly intervalMs: number;
  recoverOne(operation: Operation): Promise<void>;
  report(message: string, fields: Readonly<Record<string, string>>, cause?: unknown): void;
}

/** Operations taken in one round. */
const BATCH = 20;

/** Between two looks for operations past their retention. */
const PRUNE_MS = 3_600_000;

export interface RecoveryWorker {
  start(): void;
  /** Resolves once the round that runs has ended. */
  stop(): Promise<void>;
}

/** Recovers operations that were left open, at once and then on a timer; one round at a time. */
export function createRecoveryWorker(options: RecoveryWorkerOptions): RecoveryWorker {
  const { ledger, clock, timers, leaseMs, retentionMs, intervalMs, recoverOne, report } = options;
  let prunedAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: CancelTimer = () => {};
  let running: Promise<void> = Promise.resolve();
  let isStopped = true;

  async function round(): Promise<void> {
    const now = clock();
    const due = await ledger.takeUnsettled(now, new Date(now.getTime() + leaseMs), BATCH);
    await Promise.all(due.map(attempt));
    if (now.getTime() - prunedAt >= PRUNE_MS) await prune(now);
  }

  async function prune(now: Date): Promise<void> {
    await ledger.prune(new Date(now.getTime() - retentionMs));
    prunedAt = now.getTime();
  }

  /** One operation that cannot be recovered must not keep the others waiting. */
  async function attempt(operation: Operation): Promise<void> {
    try {
      await recoverOne(operation);
    } catch (error) {
      if (error instanceof OperationTakenOver) return;
      report('an open operation could not be recovered', { operation: operation.id }, error);
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

  return {
    start(): void {
      isStopped = false;
      run();
    },
    async stop(): Promise<void> {
      isStopped = true;
      cancelTimer();
      await running;
    },
  };
}
