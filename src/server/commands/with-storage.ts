import { StorageProblem } from '../../storage/storage-problem.js';
import { EXIT_STORAGE, fail } from './terminal.js';

/** Reports a `StorageProblem` and exits: no command runs without the ledger. */
export async function withStorageProblems(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StorageProblem)) throw error;
    fail(EXIT_STORAGE, `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`);
  }
}
