import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { type Storage, openStorage } from '../../src/server/storage.js';
import { StorageProblem } from '../../src/storage/storage-problem.js';
import { startPgBouncer, whenPgBouncer } from './pgbouncer.js';
import { freshDatabase, whenPostgres } from './postgres.js';

const ROUNDS = 50;
const REPLICAS = 5;
const key = 'a key of at least thirty-two bytes, for tests';

const after: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const tidy of after.splice(0).toReversed()) await tidy();
});

async function emptyDatabase(): Promise<string> {
  const { url, drop } = await freshDatabase();
  after.push(drop);
  return url;
}

/** An empty database, and the address of it that lets in so many connections at a time. */
async function databaseWithFew(connections: number) {
  const url = await emptyDatabase();
  const [limited, role] = [new URL(url), `upsell_few_${randomUUID().slice(0, 8)}`];
  limited.username = role;
  await run(url, `create role ${role} login connection limit ${connections}`, `grant all on schema public to ${role}`);
  after.push(async () => void (await run(url, `drop owned by ${role}`, `drop role ${role}`)));
  return { url, limited, role };
}

async function open(url: string, connections?: number): Promise<Storage> {
  const storage = await openStorage({ url, file: '', encryptionKeys: [key], ...(connections && { connections }) });
  after.push(() => storage.close());
  return storage;
}

async function run(url: string, ...statements: string[]): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    let rows: readonly Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** Those of this database: other suites lock others of the same server. */
const ADVISORY_LOCKS =
  "select 1 from pg_locks join pg_database on database = oid where locktype = 'advisory' and datname = current_database()";

/** Empties the database, so that the next start is a first one. */
const startOver = ['drop schema public cascade', 'create schema public'];

async function startTogether(url: string): Promise<number> {
  const opened = await Promise.all(
    Array.from({ length: REPLICAS }, () => openStorage({ url, file: '', encryptionKeys: [key] })),
  );
  const pings = await Promise.all(opened.map((storage) => storage.ledger.ping()));
  await Promise.all(opened.map((storage) => storage.close()));
  return pings.length;
}

whenPostgres('PostgreSQL as others run it', () => {
  whenPgBouncer(() => {
    test(`through PgBouncer in transaction mode, ${REPLICAS} replicas start at once on an empty database, ${ROUNDS} times`, async () => {
      const direct = await emptyDatabase();
      const pooler = await startPgBouncer(direct);
      after.push(() => pooler.close());
      let started = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        started += await startTogether(pooler.url);
        const locks = await run(direct, ADVISORY_LOCKS);
        expect(locks).toEqual([]);
        const [count] = await run(direct, 'select count(*)::int as applied from kysely_migration');
        expect(count?.['applied']).toBeGreaterThan(3);
        await run(direct, ...startOver);
      }
      process.stdout.write(`${started} starts through PgBouncer on an empty database: all came up, no lock was left\n`);
      expect(started).toBe(ROUNDS * REPLICAS);
    }, 600_000);
  });

  test('no statement of a transaction has a name: refused by a pooler, it would end the transaction without a word', async () => {
    const query = jest.spyOn(Client.prototype, 'query');
    await open(await emptyDatabase());
    const statements = query.mock.calls.map(([statement]) => Object(statement) as { text?: string; name?: string });
    query.mockRestore();
    let inTransaction = false;
    const named = { inside: [] as string[], outside: [] as string[] };
    for (const { text = '', name } of statements) {
      if (/^begin\b/.test(text)) inTransaction = true;
      if (name !== undefined) named[inTransaction ? 'inside' : 'outside'].push(text);
      if (/^(?:commit|rollback)$/.test(text)) inTransaction = false;
    }
    expect(named.inside).toEqual([]);
    expect(named.outside.length).toBeGreaterThan(0);
    expect(statements.map(({ text }) => text)).toContain('commit');
  });

  test('without a pooler replicas start at once as well', async () => {
    const url = await emptyDatabase();
    for (let round = 0; round < 5; round += 1) {
      expect(await startTogether(url)).toBe(REPLICAS);
      await run(url, ...startOver);
    }
  });

  test('a primary that is demoted is not ready, and is again when it is back', async () => {
    const url = await emptyDatabase();
    const { ledger } = await open(url);
    await Promise.all(Array.from({ length: 8 }, () => ledger.ping()));
    const database = new URL(url).pathname.slice(1);
    const demote = `alter database ${database} set default_transaction_read_only = on`;
    const kick = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`;
    await run(url, demote, kick);
    const whileDemoted = await Promise.allSettled(Array.from({ length: 12 }, () => ledger.ping()));
    expect(new Set(whileDemoted.map(({ status }) => status))).toEqual(new Set(['rejected']));
    // It answers what only reads.
    await expect(ledger.byId(randomUUID())).resolves.toBeNull();

    const admin = new URL(url);
    admin.pathname = '/postgres';
    await run(admin.href, `alter database ${database} set default_transaction_read_only = off`);
    // The sessions that were opened meanwhile stay read-only for good: one refusal, and all of them are replaced.
    await ledger.ping().catch(() => {});
    const back = await Promise.allSettled(Array.from({ length: 20 }, () => ledger.ping()));
    expect(back.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  test('all connections terminated, statements meanwhile fail and the next ones do not', async () => {
    const url = await emptyDatabase();
    const { ledger } = await open(url);
    const database = new URL(url).pathname.slice(1);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => ledger.ping()));
      await run(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
      );
      await Promise.allSettled(Array.from({ length: 10 }, () => ledger.ping()));
      const next = await Promise.allSettled(Array.from({ length: 10 }, () => ledger.ping()));
      expect(next.filter(({ status }) => status === 'rejected')).toEqual([]);
    }
  });

  test('a statement that hangs is given up, and its connection is not used again', async () => {
    const url = await emptyDatabase();
    const { ledger } = await open(url);
    await ledger.ping();
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('begin; lock table operations in access exclusive mode');
    await expect(ledger.ping()).rejects.toMatchObject({ name: 'LedgerUnavailable' });
    await blocker.query('rollback');
    await blocker.end();
    await ledger.ping();
  });

  test('a server with no connection left fails what cannot get one, and serves again once there are', async () => {
    const { url, limited, role } = await databaseWithFew(3);
    const { ledger } = await open(limited.href);
    // More at a time than the server lets in: none hangs, and each says so.
    const crowd = await Promise.allSettled(Array.from({ length: 20 }, () => ledger.ping()));
    const reasons = crowd.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(reasons.filter((reason) => !reason.includes('LedgerUnavailable'))).toEqual([]);

    // Others take what there is.
    await run(url, `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
    const others = Array.from({ length: 3 }, () => new Client({ connectionString: limited.href }));
    for (const client of others) await client.connect();
    const begun = performance.now();
    const refused = await Promise.allSettled([ledger.ping(), ledger.byId(randomUUID())]);
    expect(refused.map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
      expect.stringContaining('LedgerUnavailable'),
      expect.stringContaining('LedgerUnavailable'),
    ]);
    expect(performance.now() - begun).toBeLessThan(20_000);
    for (const client of others) await client.end();
    const back = await Promise.allSettled(Array.from({ length: 3 }, async () => ledger.ping()));
    expect(back.some(({ status }) => status === 'fulfilled')).toBe(true);
    await ledger.ping();
  });

  test('a server with few connections serves a process that is told to keep to them', async () => {
    const { limited } = await databaseWithFew(2);
    const { ledger } = await open(limited.href, 2);
    const crowd = await Promise.allSettled(Array.from({ length: 20 }, () => ledger.ping()));
    expect(crowd.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  describe('a role without the right to create tables', () => {
    async function asRole(url: string, ...grants: string[]): Promise<string> {
      const role = `upsell_test_${randomUUID().slice(0, 8)}`;
      await run(
        url,
        `create role ${role} login`,
        'revoke create on schema public from public',
        ...grants.map((grant) => `${grant} ${role}`),
      );
      after.push(async () => void (await run(url, `drop owned by ${role}`, `drop role ${role}`)));
      const own = new URL(url);
      own.username = role;
      return own.href;
    }

    test('is told at once which statement needs it', async () => {
      const url = await asRole(await emptyDatabase());
      const begun = performance.now();
      const refused = await openStorage({ url, file: '', encryptionKeys: [key] }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StorageProblem);
      expect(String(refused)).toMatch(/permission denied for schema public, in `create table/);
      // Ten attempts would have waited for a second in between.
      expect(performance.now() - begun).toBeLessThan(30_000);
    });

    test('serves a database that somebody else brought up to date', async () => {
      const owner = await emptyDatabase();
      await open(owner);
      const url = await asRole(owner, 'grant select, insert, update, delete on all tables in schema public to');
      const { ledger } = await open(url);
      await expect(ledger.ping()).resolves.toBeUndefined();
    });
  });
});
