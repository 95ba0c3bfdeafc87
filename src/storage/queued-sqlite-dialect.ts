import { setTimeout as sleep } from 'node:timers/promises';
import { type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult, SqliteDialect } from 'kysely';
import type SqliteDatabase from 'libsql';
import { createKeyedMutex, type Release } from '../operations/keyed-mutex.js';
import { UNFLUSHED } from './unflushed.js';

const MIN_WAIT_MS = 1;
const MAX_WAIT_MS = 8;

/** Least gap between commits: SQLite has no queue, so a busy process would otherwise starve all others. */
const GAP_MS = 1;
/**
 * The gap beside the time a commit took, in which the process stands still, once statements share one. Meanwhile those
 * gather that share the next. Whoever writes alone waits for nobody.
 */
const GAP_PER_COMMIT = 2;
const MAX_GAP_MS = 20;

/** Prepared statements kept; beyond, all are prepared anew. */
const MAX_PREPARED = 200;

/**
 * Shares one SQLite file between processes. Waits by a timer while another process writes, because SQLite's own busy
 * timeout would block the event loop. Writes that wait at the same time share one commit. `timeoutMs` bounds the wait of a
 * statement, for the queue of this process and for the file.
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

class QueuedDriver implements Driver {
  private readonly queue: CommitQueue;

  constructor(
    private readonly file: SqliteDatabase.Database,
    timeoutMs: number,
  ) {
    this.queue = new CommitQueue(file, timeoutMs);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<QueuedConnection> {
    return new QueuedConnection(this.queue);
  }

  async beginTransaction(connection: QueuedConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: QueuedConnection): Promise<void> {
    connection.end('COMMIT');
  }

  async rollbackTransaction(connection: QueuedConnection): Promise<void> {
    connection.end('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.file.close();
  }
}

class QueuedConnection implements DatabaseConnection {
  private transaction: Transaction | null = null;

  constructor(private readonly queue: CommitQueue) {}

  async begin(): Promise<void> {
    this.transaction = await this.queue.begin();
  }

  end(how: 'COMMIT' | 'ROLLBACK'): void {
    this.transaction?.end(how);
    this.transaction = null;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await (this.transaction ?? this.queue).execute(query);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Whoever made the statement knows its rows.
    return result as QueryResult<Row>;
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery(query);
  }
}

interface Transaction {
  execute(query: CompiledQuery): Result;
  end(how: 'COMMIT' | 'ROLLBACK'): void;
}

type Result = QueryResult<unknown>;

interface WaitingWrite {
  readonly query: CompiledQuery;
  readonly deadline: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

interface Prepared {
  readonly statement: SqliteDatabase.Statement;
  readonly isReader: boolean;
}

/** Executes the statements of this process on the file, one transaction at a time. */
class CommitQueue {
  private readonly turns = createKeyedMutex();
  private readonly prepared = new Map<string, Prepared>();
  private waiting: WaitingWrite[] = [];
  private isCommitting = false;
  /** Whether a commit waits for the disk. */
  private isFlushing = true;

  constructor(
    private readonly file: SqliteDatabase.Database,
    private readonly timeoutMs: number,
  ) {}

  execute(query: CompiledQuery): Promise<Result> {
    const deadline = performance.now() + this.timeoutMs;
    if (query.query.kind === 'SelectQueryNode') return this.read(query, deadline);
    return new Promise((resolve, reject) => {
      this.waiting.push({ query, deadline, resolve, reject });
      void this.commitAll();
    });
  }

  /** Begins a transaction of several statements. Nothing else is executed until it ends. */
  async begin(): Promise<Transaction> {
    const deadline = performance.now() + this.timeoutMs;
    const release = await this.turn(deadline);
    if (!release) throw this.busy();
    try {
      while (!this.tryBegin(true)) {
        if (performance.now() > deadline) throw this.busy();
        await sleep(MAX_WAIT_MS * Math.random());
      }
    } catch (error) {
      release();
      throw error;
    }
    return {
      execute: (query) => this.run(query),
      end: (how) => {
        try {
          this.file.exec(how);
        } finally {
          release();
        }
      },
    };
  }

  /** Reads what is committed: not what a transaction of several statements has done so far. */
  private async read(query: CompiledQuery, deadline: number): Promise<Result> {
    for (let wait = MIN_WAIT_MS; ; wait = Math.min(wait * 2, MAX_WAIT_MS)) {
      try {
        if (!this.file.inTransaction) return this.run(query);
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
      if (performance.now() > deadline) throw this.busy();
      await sleep(wait * (0.5 + Math.random()));
    }
  }

  private async commitAll(): Promise<void> {
    if (this.isCommitting) return;
    this.isCommitting = true;
    while (this.waiting.length > 0) {
      const gapMs = await this.commitNext().catch((error: unknown) => {
        for (const write of this.waiting.splice(0)) write.reject(error);
        return GAP_MS;
      });
      await sleep(gapMs);
    }
    this.isCommitting = false;
  }

  /** Commits all that waits once the file is free. Returns for how long to leave the file to others. */
  private async commitNext(): Promise<number> {
    const [first] = this.waiting;
    const release = first && (await this.turn(first.deadline));
    if (!release) {
      this.rejectOverdue();
      return GAP_MS;
    }
    try {
      for (
        let wait = MIN_WAIT_MS;
        !this.tryBegin(this.waiting.some(needsFlush));
        wait = Math.min(wait * 2, MAX_WAIT_MS)
      ) {
        await sleep(wait * (0.5 + Math.random()));
        this.rejectOverdue();
        if (this.waiting.length === 0) return GAP_MS;
      }
      return this.commitTogether(this.waiting.splice(0));
    } finally {
      release();
    }
  }

  /** Commits writes together: each is told once all are on disk. One that fails leaves the others as they are. */
  private commitTogether(writes: readonly WaitingWrite[]): number {
    const told: (() => void)[] = [];
    let committing = 0;
    try {
      for (const write of writes) {
        try {
          const result = this.run(write.query);
          told.push(() => write.resolve(result));
        } catch (error) {
          // A full disk, for one, undoes them all.
          if (!this.file.inTransaction) throw error;
          told.push(() => write.reject(error));
        }
      }
      committing = performance.now();
      this.file.exec('COMMIT');
    } catch (error) {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
      for (const write of writes) write.reject(error);
      return GAP_MS;
    }
    for (const tell of told) tell();
    if (writes.length === 1) return GAP_MS;
    return Math.min(Math.max(GAP_MS, GAP_PER_COMMIT * (performance.now() - committing)), MAX_GAP_MS);
  }

  /** Waits until no other transaction of this process runs; null when one does beyond the deadline. */
  private turn(deadline: number): Promise<Release | null> {
    return this.turns.acquire('file', { timeoutMs: deadline - performance.now() });
  }

  /**
   * Takes SQLite's write lock by `exec`, before any prepared statement needs it. libsql does not reset a prepared statement
   * that fails with "busy", and while one is pending SQLite makes no later write of the connection durable.
   */
  private tryBegin(isFlushing: boolean): boolean {
    try {
      if (this.isFlushing !== isFlushing) {
        this.file.exec(`PRAGMA synchronous = ${isFlushing ? 'FULL' : 'NORMAL'}`);
        this.isFlushing = isFlushing;
      }
      this.file.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }

  private rejectOverdue(): void {
    const now = performance.now();
    const overdue = this.waiting.filter(({ deadline }) => deadline <= now);
    this.waiting = this.waiting.filter(({ deadline }) => deadline > now);
    for (const write of overdue) write.reject(this.busy());
  }

  private run({ sql, parameters }: CompiledQuery): Result {
    const { statement, isReader } = this.prepare(sql);
    try {
      if (isReader) return { rows: statement.all(parameters) };
      const { changes } = statement.run(parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      // It may be pending still.
      this.prepared.delete(sql);
      throw error;
    }
  }

  private prepare(sql: string): Prepared {
    const known = this.prepared.get(sql);
    if (known) return known;
    const statement = this.file.prepare(sql);
    const prepared = { statement, isReader: statement.reader };
    if (this.prepared.size >= MAX_PREPARED) this.prepared.clear();
    this.prepared.set(sql, prepared);
    return prepared;
  }

  private busy(): Error {
    return new Error(`the ledger file was busy for ${this.timeoutMs} ms`);
  }
}

function needsFlush({ query }: WaitingWrite): boolean {
  return !query.sql.includes(UNFLUSHED);
}

/** Whether the database is busy. See https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')
  );
}
