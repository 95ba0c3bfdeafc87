import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Dialect } from 'kysely';
import SqliteDatabase from 'libsql';
import { QueuedSqliteDialect } from './queued-sqlite-dialect.js';
import { StorageProblem } from './storage-problem.js';

export function embeddedFile(file: string, timeoutMs: number): Dialect {
  return new QueuedSqliteDialect(open(file, timeoutMs), timeoutMs);
}

function open(file: string, timeoutMs: number): SqliteDatabase.Database {
  try {
    makeFolder(dirname(resolve(file)));
    const database = new SqliteDatabase(file, { timeout: timeoutMs });
    // An intent must be on disk before its request leaves: a power cut must not forget it.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // From here on the dialect waits; SQLite's own wait would block the process.
    database.exec('PRAGMA busy_timeout = 0;');
    return database;
  } catch (error) {
    throw new StorageProblem(`The ledger file ${file} cannot be opened or written.`, { cause: error });
  }
}

/** Makes one folder at a time. Recursively, Node tries for ever where a file system, such as /proc, answers ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
