import { type Kysely, Migrator } from 'kysely';
import { migrations } from './migrations/index.js';
import { StorageProblem } from './storage-problem.js';
import type { Tables } from './tables.js';

/** Another process may be migrating at this moment: SQLite answers "busy" instead of waiting. */
const ATTEMPTS = 10;
const WAIT_MS = 100;

/** Brings the database up to this version of the code. Safe when several replicas start together. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
  for (let attempt = 1; ; attempt += 1) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    if (isFromTheFuture(error)) {
      throw new StorageProblem(
        'The database was written by a newer version of upsell-graph. Start that version, or restore a backup.',
        { cause: error },
      );
    }
    if (attempt === ATTEMPTS)
      throw new StorageProblem('The database could not be brought up to date.', { cause: error });
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Kysely's words for a migration that was applied and that this code does not know. */
function isFromTheFuture(error: unknown): boolean {
  return error instanceof Error && /previously executed migration .* is missing/.test(error.message);
}
