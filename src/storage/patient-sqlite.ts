import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import type SqliteDatabase from 'libsql';

const MIN_WAIT_MS = 1;
const MAX_WAIT_MS = 25;

/**
 * SQLite for several processes on one file. While another one writes this one waits by a timer: SQLite's own busy
 * timeout would block the process, and with it every request. `patienceMs` is how long it waits.
 */
export class PatientSqliteDialect extends SqliteDialect {
  constructor(
    private readonly file: SqliteDatabase.Database,
    private readonly patienceMs: number,
  ) {
    super({ database: file });
  }

  override createDriver(): Driver {
    return new PatientDriver(this.file, this.patienceMs);
  }
}

class PatientDriver extends SqliteDriver {
  constructor(
    private readonly file: SqliteDatabase.Database,
    private readonly patienceMs: number,
  ) {
    super({ database: file });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection(), this.file, this.patienceMs);
  }

  override beginTransaction(): Promise<void> {
    return beginWriting(this.file, this.patienceMs);
  }
}

class PatientConnection implements DatabaseConnection {
  constructor(
    private readonly connection: DatabaseConnection,
    private readonly file: SqliteDatabase.Database,
    private readonly patienceMs: number,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.file.inTransaction) return this.connection.executeQuery<Row>(query);
    if (query.query.kind === 'SelectQueryNode') {
      return patiently(this.patienceMs, () => this.connection.executeQuery<Row>(query));
    }
    await beginWriting(this.file, this.patienceMs);
    try {
      const result = await this.connection.executeQuery<Row>(query);
      this.file.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
      throw error;
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.connection.streamQuery(query, chunkSize);
  }
}

/**
 * Takes SQLite's write lock before any statement needs it. libsql does not reset a prepared statement that was answered
 * "busy", and SQLite makes no later write of the connection durable while such a statement stands: `exec` leaves none.
 */
function beginWriting(file: SqliteDatabase.Database, patienceMs: number): Promise<void> {
  return patiently(patienceMs, () => {
    file.exec('BEGIN IMMEDIATE');
  });
}

async function patiently<T>(patienceMs: number, attempt: () => T | Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  for (let wait = MIN_WAIT_MS; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await sleep(wait * (0.5 + Math.random()));
  }
}

/** https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')
  );
}
