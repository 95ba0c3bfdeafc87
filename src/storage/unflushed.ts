import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** Marks statements of the embedded file whose commit does not wait for the disk. */
export const UNFLUSHED = 'commit unflushed';

/**
 * Returns what a statement is to return so that its commit does not wait for the disk. The next commit that does makes it
 * durable as well; until then a power cut forgets it.
 */
export function unflushed(database: Kysely<Tables>): RawBuilder<string> {
  const isPostgres = database.getExecutor().adapter instanceof PostgresAdapter;
  // For the transaction alone: https://www.postgresql.org/docs/current/wal-async-commit.html
  return isPostgres ? sql`set_config('synchronous_commit', 'off', true)` : sql`${sql.lit(UNFLUSHED)}`;
}
