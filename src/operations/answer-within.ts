import type { Operation } from '../domain/operation.js';
import type { WriteResult } from './write-command.js';
import type { WriteDependencies } from './write-dependencies.js';
import type { Ledger } from './ledger.js';
import type { Timers } from './timers.js';

/** Answers writes before they have settled. */
export interface EarlyAnswers {
  /** Returns the result, or after `ms` the operation as it is by then; the write goes on. */
  within(ms: number, operation: Operation, settled: Promise<WriteResult>): Promise<WriteResult>;
  /** Waits for the writes that go on although they were answered. */
  allSettled(): Promise<unknown>;
}

export function createEarlyAnswers(ledger: Ledger, timers: Timers, report: WriteDependencies['report']): EarlyAnswers {
  const answered = new Set<Promise<void>>();

  async function finish(operation: string, settled: Promise<WriteResult>): Promise<void> {
    try {
      await settled;
    } catch (error) {
      report('a write that was answered early went wrong', { operation }, error);
    }
  }

  return {
    async within(ms, { id }, settled) {
      const inTime = await new Promise<WriteResult | null>((resolve, reject) => {
        const cancel = timers.schedule(ms, () => resolve(null));
        settled.then(resolve, reject).finally(cancel);
      });
      if (inTime) return inTime;
      const rest = finish(id, settled).finally(() => answered.delete(rest));
      answered.add(rest);
      const operation = await ledger.byId(id);
      return operation ? { operation, errors: operation.errors, replayed: false, view: null } : settled;
    },
    allSettled: () => Promise.all(answered),
  };
}
