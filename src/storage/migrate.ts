import type { Kysely, Transaction } from 'kysely';
import { migrations } from './migrations/index.js';
import { StorageProblem } from './storage-problem.js';
import type { Tables } from './tables.js';

/** Attempts while another process migrates: SQLite reports "busy" instead of waiting. */
const ATTEMPTS = 10;
const WAIT_MS = 100;

/**
 * Migrates the database to this version, all or nothing. Safe when several replicas start together, also behind a pooler.
 * Keeps Kysely's table but not its migrator, which locks by session. Throws `StorageProblem`.
 */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (pendingAfter(await appliedTo(database)).length === 0) return;
      await database.transaction().execute(migrateLocked);
      return;
    } catch (error) {
      if (error instanceof StorageProblem) throw error;
      const problem = problemOf(error);
      if (problem !== null || attempt === ATTEMPTS) {
        throw new StorageProblem(problem ?? 'The database could not be brought up to date.', { cause: error });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

async function migrateLocked(transaction: Transaction<Tables>): Promise<void> {
  await transaction.getExecutor().adapter.acquireMigrationLock(transaction, LOCK_TABLE);
  await transaction.schema
    .createTable(TABLE)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
  for (const name of pendingAfter(await namesIn(transaction))) {
    await migrations[name]?.up(transaction);
    const row = { name, timestamp: new Date().toISOString() };
    await ofMigrations(transaction).insertInto(TABLE).values(row).execute();
  }
}

/** Names used by Kysely's migrator. */
const TABLE = 'kysely_migration';
const LOCK_TABLE = { lockTable: 'kysely_migration_lock', lockRowId: 'migration_lock' };

async function appliedTo(database: Kysely<Tables>): Promise<readonly string[]> {
  try {
    return await namesIn(database);
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

async function namesIn(database: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await ofMigrations(database).selectFrom(TABLE).select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

function ofMigrations(database: Kysely<Tables>): Kysely<{ [TABLE]: { name: string; timestamp: string } }> {
  return database.withoutPlugins().withTables();
}

/** Returns the migrations still to apply. Throws `StorageProblem` when an applied one is unknown. */
function pendingAfter(applied: readonly string[]): readonly string[] {
  const known = Object.keys(migrations);
  if (applied.every((name, index) => known[index] === name)) return known.slice(applied.length);
  throw new StorageProblem(
    'The database was written by a newer version of upsell-graph. Start that version, or restore a backup.',
    { cause: new Error(`unknown migrations: ${applied.filter((name) => !known.includes(name)).join(', ')}`) },
  );
}

/** Describes a permanent failure for the operator; null when a retry may succeed. */
function problemOf(error: unknown): string | null {
  switch (codeOf(error)) {
    case '42501':
      return (
        `The database does not let this user bring it up to date: ${messageOf(error)}, in \`${statementOf(error)}\`. ` +
        'Grant it the right to create tables in its schema, or start once as a user that has it.'
      );
    case '25006':
      return 'The database is read-only: a standby, or a primary that was demoted. Name the one that can be written to.';
    default:
      return null;
  }
}

function isMissingTable(error: unknown): boolean {
  return codeOf(error) === '42P01' || messageOf(error).includes('no such table');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns the failed statement, as recorded by `postgres`. */
function statementOf(error: unknown): string {
  return error instanceof Error && 'statement' in error ? String(error.statement) : 'a statement';
}
