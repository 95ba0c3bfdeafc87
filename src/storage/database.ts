import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import SqliteDatabase from 'libsql';
import { Pool } from 'pg';
import { migrate } from './migrate.js';
import { PatientSqliteDialect } from './patient-sqlite.js';
import { StorageProblem } from './storage-problem.js';
import type { Tables } from './tables.js';

export interface DatabaseLocation {
  /** `postgres://…`; null for an embedded file. */
  readonly url: string | null;
  /** Path of the embedded file. */
  readonly file: string;
  /** Newest first; none: a key is kept in a file beside the embedded one. */
  readonly encryptionKeys?: readonly string[];
}

/** How long one statement may wait for the database, in milliseconds. */
const TIMEOUT_MS = 5_000;

/** Opens and migrates the ledger's database. Throws `StorageProblem` with what an operator can do about it. */
export async function openDatabase(location: DatabaseLocation): Promise<Kysely<Tables>> {
  const database = new Kysely<Tables>({ dialect: dialectOf(location) });
  try {
    await reach(database, location);
    await migrate(database);
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
}

async function reach(database: Kysely<Tables>, { url, file }: DatabaseLocation): Promise<void> {
  try {
    await sql`select 1`.execute(database);
  } catch (error) {
    const place = url === null ? `file ${file}` : `database on ${new URL(url).host}`;
    throw new StorageProblem(`The ledger's ${place} cannot be reached.`, { cause: error });
  }
}

function dialectOf({ url, file }: DatabaseLocation) {
  return url === null ? new PatientSqliteDialect(openFile(file), TIMEOUT_MS) : postgres(url);
}

function openFile(file: string) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const database = new SqliteDatabase(file, { timeout: TIMEOUT_MS });
    // An intent must be on disk before its request leaves: a power cut must not forget it.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // From here on the dialect waits: this wait would block the process.
    database.exec('PRAGMA busy_timeout = 0;');
    return database;
  } catch (error) {
    throw new StorageProblem(`The ledger file ${file} cannot be opened or written.`, { cause: error });
  }
}

function postgres(url: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: TIMEOUT_MS,
    statement_timeout: TIMEOUT_MS,
    // For a server that says nothing any more; one that can still answer ends the statement itself.
    query_timeout: TIMEOUT_MS + 1_000,
  });
  // A lost connection is replaced, and the statement it carried reports the fault. Unheard, either event would end the process:
  // https://node-postgres.com/apis/pool#error, https://node-postgres.com/apis/client#error
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}
