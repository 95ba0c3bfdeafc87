import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

const RUNS = 60;

/**
 * KiB that each run leaves in memory until all garbage is collected. The quick collections, which look at young memory
 * only, should leave nothing of what has ended.
 */
export async function leftByEach(run: () => Promise<unknown>): Promise<number> {
  await repeat(run);
  const before = usedAfterQuickCollections();
  await repeat(run);
  return (usedAfterQuickCollections() - before) / 1024 / RUNS;
}

async function repeat(run: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < RUNS; done += 1) await run();
}

function usedAfterQuickCollections(): number {
  if (typeof collect !== 'function') throw new Error('Garbage cannot be collected on demand.');
  // What survived once is looked at once more.
  for (let round = 0; round < 3; round += 1) collect({ type: 'minor' });
  return process.memoryUsage().heapUsed;
}
