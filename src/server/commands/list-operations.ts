import 'reflect-metadata';
import { loadConfig } from '../../config.js';
import { providers } from '../../providers/index.js';
import { operationsTable } from '../operations-table.js';
import { openStorage } from '../storage.js';
import { EXIT_CONFIG, EXIT_USAGE, fail, print } from './terminal.js';
import { withStorageProblems } from './with-storage.js';

const LISTED_OPERATIONS = 200;

/** Runs `upsell-graph operations`. */
export async function listOperations(configPath: string | null, unsettledOnly: boolean): Promise<void> {
  const loaded = loadConfig({ configPath, providers });
  if (loaded.outcome === 'invalid') return fail(EXIT_CONFIG, loaded.message);
  const { config } = loaded;
  if (config.mode === 'sandbox')
    return fail(EXIT_USAGE, 'A sandbox keeps its operations in memory. Name a file with --config.');
  await withStorageProblems(async () => {
    const storage = await openStorage(config.storage);
    print(operationsTable(await storage.ledger.list({ unsettledOnly, limit: LISTED_OPERATIONS }), new Date()));
    await storage.close();
  });
}
