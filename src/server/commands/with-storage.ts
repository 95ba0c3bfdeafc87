import { StorageProblem } from '../../storage/storage-problem.js';
import { EXIT_STORAGE, fail } from './terminal.js';

/** The ledger is where money is remembered: without it nothing starts. */
export async function withStorageProblems(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    fail(EXIT_STORAGE, `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`);
  }
}
