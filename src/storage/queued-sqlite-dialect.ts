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
import { createKeyedMutex, type Release } from '../operations/keyed-mutex.js';

const MIN_WAIT_MS = 1;
const MAX_WAIT_MS = 8;

/** Gap between writes: SQLite has no queue, so a busy process would otherwise starve all others. */
const GAP_MS = 1;

/**
 * Shares one SQLite file between processes. Waits by a timer while another process writes, because SQLite's own busy
 * timeout would block the event loop. `timeoutMs` bounds the wait of a statement, for the queue of this process and for
 * the file.
 */
export class QueuedSqliteDialect extends SqliteDialect {
  constructor(
    private readonly file: SqliteDatabase.Database,
    private readonly timeoutMs: number,
  ) {
    super({ database: file });
  }

  override createDriver(): Driver {
    return new QueuedDriver(this.file, this.timeoutMs);
  }
}

class QueuedDriver extends SqliteDriver {
  private readonly queue = createKeyedMutex();
  private current: QueuedConnection | null = null;
  private release: Release = () => {};

  constructor(
    private readonly file: SqliteDatabase.Database,
    private readonly timeoutMs: number,
  ) {
    super({ database: file });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const deadline = performance.now() + this.timeoutMs;
    const release = await this.queue.acquire('file', { timeoutMs: this.timeoutMs });
    if (!release) throw new Error(`the ledger file was busy for ${this.timeoutMs} ms`);
    this.release = release;
    this.current = new QueuedConnection(await super.acquireConnection(), this.file, deadline);
    return this.current;
  }

  override async releaseConnection(): Promise<void> {
    const { release, current } = this;
    await super.releaseConnection();
    if (current?.hasWritten === true) setTimeout(release, GAP_MS);
    else release();
  }

  override async beginTransaction(): Promise<void> {
    await this.current?.beginWriting();
  }
}

class QueuedConnection implements DatabaseConnection {
  hasWritten = false;

  constructor(
    private readonly connection: DatabaseConnection,
    private readonly file: SqliteDatabase.Database,
    private readonly deadline: number,
  ) {}

  /**
   * Takes SQLite's write lock by `exec`, before any prepared statement needs it. libsql does not reset a prepared statement
   * that fails with "busy", and while one is pending SQLite makes no later write of the connection durable.
   */
  async beginWriting(): Promise<void> {
    this.hasWritten = true;
    await this.retryWhileBusy(() => this.file.exec('BEGIN IMMEDIATE'));
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.file.inTransaction) return this.connection.executeQuery<Row>(query);
    if (query.query.kind === 'SelectQueryNode')
      return this.retryWhileBusy(() => this.connection.executeQuery<Row>(query));
    await this.beginWriting();
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

  private async retryWhileBusy<T>(attempt: () => T | Promise<T>): Promise<T> {
    for (let wait = MIN_WAIT_MS; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
      try {
        return await attempt();
      } catch (error) {
        if (!isBusy(error) || performance.now() > this.deadline) throw error;
      }
      await sleep(wait * (0.5 + Math.random()));
    }
  }
}

/** Whether the database is busy. See https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')
  );
}
