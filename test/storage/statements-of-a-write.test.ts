import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import SqliteDatabase from 'libsql';
import { Client } from 'pg';
import { guardSource, guardWriter } from '../../src/auth/guarded-source.js';
import { newOperation } from '../../src/operations/claim.js';
import { createWriteService } from '../../src/operations/write-service.js';
import { openDatabase } from '../../src/storage/database.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import { addOne, ScriptedProvider, shopper } from '../operations/scripted-provider.js';
import { freshDatabase, whenPostgres } from './postgres.js';

/** What the driver is asked to do, in order. */
const executed: string[] = [];

/** Begins with what a statement does, and names the columns that tell it from others. */
function inShort(statement: string): string {
  const kind = /^(\w+)/.exec(statement)?.[1]?.toLowerCase() ?? '';
  const marks = ['may_restart', 'locked_order', 'line_name'].filter((column) => statement.includes(`"${column}"`));
  return [kind, ...marks].join(' ');
}

const CLAIM = 'insert may_restart locked_order line_name';
const RELATED = 'select line_name';
const INTENT = 'update may_restart line_name';
const OUTCOME = 'update may_restart locked_order line_name';

describe('a plain write, in an embedded file', () => {
  const { exec, prepare } = SqliteDatabase.prototype;

  beforeEach(() => {
    SqliteDatabase.prototype.exec = function (statement) {
      if (!statement.startsWith('PRAGMA')) executed.push(inShort(statement));
      return exec.call(this, statement);
    };
    SqliteDatabase.prototype.prepare = function (this: SqliteDatabase.Database, text: string) {
      const statement: SqliteDatabase.Statement = prepare.call(this, text);
      for (const how of ['all', 'run'] as const) {
        const execute = statement[how];
        statement[how] = (...terms: unknown[]) => {
          executed.push(inShort(text));
          return Reflect.apply(execute, statement, terms);
        };
      }
      return statement;
    } as typeof prepare;
  });

  afterEach(() => {
    Object.assign(SqliteDatabase.prototype, { exec, prepare });
  });

  test('takes three transactions and a read: claim and lock, intent, outcome and unlock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-statements-'));
    const transaction = (statement: string) => ['begin', statement, 'commit'];
    expect(await statementsOf({ url: null, file: join(folder, 'ledger.db') })).toEqual([
      ...transaction(CLAIM),
      RELATED,
      ...transaction(INTENT),
      ...transaction(OUTCOME),
    ]);
    rmSync(folder, { recursive: true });
  });
});

whenPostgres('in PostgreSQL', () => {
  const { query } = Client.prototype;
  let database: { readonly url: string; drop(): Promise<void> };

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  afterEach(() => {
    Client.prototype.query = query;
  });

  test('a plain write takes three statements that write and one that reads, each prepared and a transaction of its own', async () => {
    Client.prototype.query = function (this: Client, statement: unknown, ...rest: unknown[]) {
      const { text, name } = Object(statement);
      executed.push(`${inShort(String(text))}${name === undefined ? ', not prepared' : ''}`);
      return Reflect.apply(query, this, [statement, ...rest]);
    } as typeof query;
    const statements = await statementsOf({ url: database.url, file: '' });
    expect(statements).toEqual([CLAIM, RELATED, INTENT, OUTCOME]);
  });

  test('a write goes on while the operation of another order is held', async () => {
    const held = await openDatabase({ url: database.url, file: '' });
    const service = await open({ url: database.url, file: '' });
    const other = newOperation(
      { ...command(), request: { ...command().request, orderKey: 'order-2' } },
      'other',
      new Date(),
    );
    await createSqlLedger(held, Buffer.alloc(32)).claim(other, { forMs: 60_000 }, 'og-us:order-2');
    await held.transaction().execute(async (transaction) => {
      await sql`select id from operations where id = 'other' for update`.execute(transaction);
      expect(await service.write()).toBe('SUCCEEDED');
    });
    await service.close();
    await held.destroy();
  });
});

interface Location {
  readonly url: string | null;
  readonly file: string;
}

async function statementsOf(location: Location): Promise<readonly string[]> {
  const { write, close } = await open(location);
  executed.length = 0;
  expect(await write()).toBe('SUCCEEDED');
  const statements = executed.splice(0);
  await close();
  return statements;
}

let keys = 0;

async function open(location: Location) {
  const database = await openDatabase(location);
  const service = createWriteService({
    ledger: createSqlLedger(database, Buffer.alloc(32)),
    accounts: new Map([['og-us', new ScriptedProvider().connected()]]),
    clock: () => new Date(),
    guard: guardSource,
    guardWriter,
    report: () => {},
  });
  return {
    async write() {
      const { operation } = await service.run(command());
      return operation?.status;
    },
    close: () => database.destroy(),
  };
}

function command() {
  return {
    actor: shopper,
    account: 'og-us',
    idempotencyKey: `key-0123456789abcdef-${(keys += 1)}`,
    request: { ...addOne, ifPresent: 'ADD' },
    guards: { preview: null, maxIncrease: null },
  } as const;
}
