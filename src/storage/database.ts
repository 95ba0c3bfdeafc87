import { type Dialect, Kysely, sql } from 'kysely';
import { migrate } from './migrate.js';
import { StorageProblem } from './storage-problem.js';
import type { Tables } from './tables.js';

export interface DatabaseLocation {
  /** `postgres://…`; null for the embedded database. */
  readonly url: string | null;
  /** The most connections to PostgreSQL; 10 when absent. */
  readonly connections?: number;
  /** Path of the embedded file. */
  readonly file: string;
  /** Newest first; when absent, the key is kept in a file beside the embedded database. */
  readonly encryptionKeys?: readonly string[];
}

/** Longest wait of one statement for the database. */
const TIMEOUT_MS = 5_000;

const DEFAULT_CONNECTIONS = 10;

/** Opens and migrates the ledger's database. Throws `StorageProblem` with advice for the operator. */
export async function openDatabase(location: DatabaseLocation): Promise<Kysely<Tables>> {
  const database = new Kysely<Tables>({ dialect: await dialectOf(location) });
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

/** Loads only the library of the configured database. */
async function dialectOf({ url, file, connections = DEFAULT_CONNECTIONS }: DatabaseLocation): Promise<Dialect> {
  if (url === null) {
    const { embeddedFile } = await import('./embedded-file.js');
    return embeddedFile(file, TIMEOUT_MS);
  }
  const { postgres } = await import('./postgres.js');
  return postgres(url, { connections, timeoutMs: TIMEOUT_MS });
}
