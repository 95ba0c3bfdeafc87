import type { Clock } from '../domain/moment.js';
import type { Operation } from '../domain/operation.js';
import { type Ledger, OperationTakenOver } from './ledger.js';

export interface RecoveryWorkerOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly retentionMs: number;
  readonly intervalMs: number;
  recoverOne(operation: Operation): Promise<void>;
  report(message: string, fields: Readonly<Record<string, string>>, cause?: unknown): void;
}

/** Operations taken in one sweep. */
const BATCH = 20;

/** Between two looks for operations old enough to forget. */
const PRUNE_MS = 3_600_000;

/** Looks for operations that were left open, at once and then on a timer; one sweep at a time. */
export function createRecoveryWorker(options: RecoveryWorkerOptions) {
  const { ledger, clock, leaseMs, retentionMs, intervalMs, recoverOne, report } = options;
  let prunedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = true;

  async function sweep(): Promise<void> {
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
    timer = setTimeout(run, intervalMs).unref();
  }

  function run(): void {
    running = sweep()
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
      clearTimeout(timer);
      await running;
    },
  };
}
