import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import SqliteDatabase from 'libsql';
import type { AccountStore } from '../../src/domain/account-store.js';
import type { Clock } from '../../src/domain/moment.js';
import type { Operation } from '../../src/domain/operation.js';
import { providerFailed } from '../../src/domain/refusal.js';
import type { OrderBefore } from '../../src/domain/write.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { createMemoryLedger } from '../../src/operations/memory-ledger.js';
import {
  type Lease,
  type Ledger,
  LedgerUnavailable,
  OperationTakenOver,
  type OwnOperations,
  TAKEOVER,
} from '../../src/operations/ledger.js';
import { openDataKey } from '../../src/storage/data-key.js';
import { type DatabaseLocation, openDatabase } from '../../src/storage/database.js';
import { operationFromJson, operationToJson } from '../../src/storage/operation-json.js';
import { createSqlAccountStore } from '../../src/storage/sql-account-store.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import type { Tables } from '../../src/storage/tables.js';
import { unavailable, usd } from '../operations/scripted-provider.js';
import { freshDatabase, whenPostgres } from './postgres.js';

const orderBefore: OrderBefore = {
  isThere: true,
  status: 'SCHEDULED',
  providerStatus: '1',
  totals: null,
  changeMark: '2026-03-01',
  lines: [{ key: 'line-1', productId: 'tea', quantity: 2, recurring: false, unitPrice: usd(700), total: usd('1400') }],
  elsewhere: null,
  subscriptions: [{ key: 's-1', status: 'ACTIVE' }],
  facts: { offer: 'open' },
};

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;

interface Store {
  /** Two openings of one store: two replicas. */
  open(): Promise<readonly [Ledger, Ledger]>;
  accountStores(account: string, clock: Clock): readonly [AccountStore, AccountStore];
  /** Every stored row; none where nothing is stored. */
  rows(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

function sqlStore(kind: 'file' | 'postgres'): Store {
  const databases: Kysely<Tables>[] = [];
  let drop = async () => {};
  return {
    async open() {
      const postgres = kind === 'postgres' ? await freshDatabase() : null;
      if (postgres) drop = () => postgres.drop();
      // One connection each: nothing needs a second one while it has the first.
      const location = {
        url: postgres?.url ?? null,
        connections: 1,
        file: join(folder, 'ledger.db'),
        encryptionKeys: ['key'],
      };
      // Together, as replicas of one deployment start.
      databases.push(...(await Promise.all([openDatabase(location), openDatabase(location)])));
      const [first, second] = databases;
      if (!first || !second) throw new Error('two databases were opened');
      const [key, same] = await Promise.all([openDataKey(first, location), openDataKey(second, location)]);
      return [createSqlLedger(first, key), createSqlLedger(second, same)];
    },
    async rows() {
      const [database] = databases;
      return database ? database.selectFrom('operations').selectAll().execute() : [];
    },
    accountStores(account, clock) {
      const [first, second] = databases.map((database) => createSqlAccountStore(database, account, clock));
      if (!first || !second) throw new Error('two databases were opened');
      return [first, second];
    },
    async close() {
      await Promise.all(databases.splice(0).map((database) => database.destroy()));
      await drop();
    },
  };
}

const memoryStore: Store = {
  async open() {
    const ledger = createMemoryLedger();
    return [ledger, ledger];
  },
  accountStores(_account, clock) {
    const accountStore = createMemoryAccountStore(clock);
    return [accountStore, accountStore];
  },
  async rows() {
    return [];
  },
  async close() {},
};

describe('in memory', () => ledgerSuite(memoryStore));
describe('in an embedded file', () => ledgerSuite(sqlStore('file')));
whenPostgres('in PostgreSQL', () => ledgerSuite(sqlStore('postgres')));

function ledgerSuite(store: Store) {
  let one: Ledger;
  let two: Ledger;
  const now = new Date('2026-03-01T12:00:00.000Z');
  const soon = { forMs: 30_000 };
  const due = { forMs: -1 };
  const never = { forMs: null };

  beforeAll(async () => {
    [one, two] = await store.open();
  });
  afterAll(() => store.close());

  let draft: Operation;
  beforeEach(() => {
    draft = operation();
  });

  test('an operation comes back as it was stored: instants, exact amounts and refusals included', async () => {
    const rich: Operation = {
      ...draft,
      baseline: { orderTotal: usd('900719925474099312'), expectedIncrease: null, maxIncrease: usd(-5) },
      progress: {
        context: { text: 'Ünïcode "line"' },
        before: orderBefore,
        done: { add_item: { lineItemKey: '1' } },
      },
      inFlightStep: {
        name: 'add_item',
        sentAt: now,
        refusal: providerFailed(unavailable, 'NEVER'),
        isRuledOut: true,
        seenClosedAt: now,
      },
      errors: [providerFailed({ ...unavailable, retryAt: now }, 'NEW_REQUEST')],
    };
    await one.claim(rich, soon);
    expect(await two.byId(rich.id)).toEqual(rich);
    expect((await two.byId(rich.id))?.baseline?.orderTotal?.amount).toBe('9007199254740993.12');
    expect(await two.byKey(rich.actorId, rich.idempotencyKey)).toEqual(rich);
    expect(await two.byKey('somebody else', rich.idempotencyKey)).toBeNull();
  });

  test('what is stored names nobody in clear', async () => {
    const who = { actorId: 'mailto:ada@example.com', idempotencyKey: `ada@example.com ${draft.idempotencyKey}` };
    await one.claim({ ...draft, ...who, shopper: { customerId: 'ada@example.com', recognised: false } }, soon);
    expect(await two.byKey(who.actorId, who.idempotencyKey)).toMatchObject({ ...who, id: draft.id });
    expect(JSON.stringify(await store.rows())).not.toContain('ada@example.com');
  });

  test('a key is claimed by one of many who try at once', async () => {
    const drafts = Array.from({ length: 20 }, () => ({ ...operation(), idempotencyKey: draft.idempotencyKey }));
    const claims = await Promise.all(drafts.map((each, index) => (index % 2 ? one : two).claim(each, soon)));
    const [winner, ...more] = claims.filter(({ claimed }) => claimed);
    expect(more).toEqual([]);
    for (const { operation: owner } of claims) expect(owner.id).toBe(winner?.operation.id);
  });

  test('a key may run once more only after a failure that changed nothing, and for the same input', async () => {
    const failed: Operation = {
      ...draft,
      status: 'FAILED',
      effect: 'NOT_SENT',
      errors: [providerFailed(unavailable, 'SAME_KEY')],
    };
    await one.claim(draft, soon);
    await one.save(failed, { forMs: null });
    const other = { ...operation(), idempotencyKey: draft.idempotencyKey, inputHash: 'another' };
    expect(await two.claim(other, soon)).toMatchObject({ claimed: false, operation: { id: draft.id } });
    const again = { ...operation(), idempotencyKey: draft.idempotencyKey };
    expect(await two.claim(again, soon)).toMatchObject({ claimed: true, operation: { id: again.id } });
    expect(await one.byKey(draft.actorId, draft.idempotencyKey)).toMatchObject({ id: again.id, status: 'PENDING' });
  });

  test('of two processes that save one operation the second learns that it was taken over', async () => {
    await one.claim(draft, soon);
    const saved = await one.save({ ...draft, status: 'INDETERMINATE' }, soon);
    expect(saved.version).toBe(draft.version + 1);
    await expect(two.save(draft, soon)).rejects.toBeInstanceOf(OperationTakenOver);
    expect(await two.save({ ...saved, status: 'SUCCEEDED', settledAt: now }, { forMs: null })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  test('a key that failed with an effect nobody knows runs no more', async () => {
    const errors = [providerFailed(unavailable, 'SAME_KEY')];
    await one.claim(draft, soon);
    await one.save({ ...draft, status: 'FAILED', effect: 'UNKNOWN', errors }, never);
    const again = { ...operation(), idempotencyKey: draft.idempotencyKey };
    expect(await two.claim(again, soon)).toMatchObject({ claimed: false, operation: { id: draft.id } });
  });

  test('an open operation whose lease ended is taken by exactly one process, and only its owner can go on', async () => {
    await one.claim(draft, due);
    const takers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? one : two).takeUnsettled(60_000, 50)),
    );
    const taken = takers.flatMap(({ operations }) => operations).filter(({ id }) => id === draft.id);
    expect(taken).toHaveLength(1);
    await expect(one.save(draft, soon)).rejects.toBeInstanceOf(OperationTakenOver);
    const [mine] = taken;
    if (mine) await one.save({ ...mine, status: 'FAILED', settledAt: now }, never);
    expect(await idsTaken(two)).not.toContain(draft.id);
  });

  test('an operation whose lease still runs is left alone, and one that renewed it as well', async () => {
    await one.claim(draft, soon);
    const renewed = operation();
    await one.claim(renewed, due);
    expect(await one.renew(renewed, 30_000)).toBe(true);
    const ids = await idsTaken(two);
    expect([ids.includes(draft.id), ids.includes(renewed.id)]).toEqual([false, false]);
  });

  test('nobody renews what another process took over, nor what has settled', async () => {
    await one.claim(draft, due);
    const { operations } = await two.takeUnsettled(30_000, 50);
    expect(operations.map(({ id }) => id)).toContain(draft.id);
    expect(await one.renew(draft, 30_000)).toBe(false);
    const mine = operations.find(({ id }) => id === draft.id);
    const done = mine && (await two.save({ ...mine, status: 'FAILED', settledAt: now }, never));
    expect(done && (await two.renew(done, 30_000))).toBe(false);
  });

  test('operations of an order or a line are found by its names, newest first, whoever asked for them', async () => {
    const of = (name: string, more: Partial<Operation>): Operation => ({ ...operation(), lockName: name, ...more });
    const name = `order-of-${draft.id}`;
    const older = of(name, { createdAt: new Date('2026-02-01T00:00:00Z') });
    const newer = of(name, { createdAt: new Date('2026-02-02T00:00:00Z'), actorId: 'shopper-2' });
    const ofLine = of('another', { lineName: `line-of-${draft.id}`, createdAt: new Date('2026-02-03T00:00:00Z') });
    for (const each of [older, newer, ofLine, of('elsewhere', {})]) await one.claim(each, soon);
    const found = async (...names: readonly string[]) => (await two.onOrder(names)).map(({ id }) => id);
    expect(await found(name)).toEqual([newer.id, older.id]);
    expect(await found(name, `line-of-${draft.id}`)).toEqual([ofLine.id, newer.id, older.id]);
    expect(await found('nothing')).toEqual([]);
  });

  test('an actor’s own operations are listed newest first, in parts, and by whether they are settled', async () => {
    const actorId = `actor-of-${draft.id}`;
    const at = (minute: number, more: Partial<Operation> = {}): Operation => ({
      ...operation(),
      actorId,
      createdAt: new Date(Date.UTC(2026, 1, 1, 0, minute)),
      ...more,
    });
    const [first, twin, last] = [at(1), at(1), at(2, { status: 'SUCCEEDED', settledAt: now })];
    for (const each of [first, last, twin, at(3, { actorId: 'another' })]) await one.claim(each, soon);
    const listed = async (request: Partial<OwnOperations>) =>
      (await two.ownedBy(actorId, { isSettled: null, limit: 10, after: null, ...request })).map(({ id }) => id);
    const sameTime = [first.id, twin.id].sort().reverse();
    expect(await listed({})).toEqual([last.id, ...sameTime]);
    expect(await listed({ isSettled: false })).toEqual(sameTime);
    expect(await listed({ isSettled: true })).toEqual([last.id]);
    expect(await listed({ limit: 2 })).toEqual([last.id, sameTime[0]]);
    const after = { createdMs: first.createdAt.getTime(), id: sameTime[0] ?? '' };
    expect(await listed({ after })).toEqual([sameTime[1]]);
  });

  test('operations of unknown outcome on an order are taken before their time, and no others', async () => {
    const lockName = `order-of-${draft.id}`;
    const on = async (status: Operation['status'], lease: Lease, name = lockName) => {
      const open = operation();
      await one.claim(open, soon);
      return one.save({ ...open, status, lockName: name }, lease);
    };
    const unknown = await on('INDETERMINATE', soon);
    await on('PENDING', soon);
    await on('INDETERMINATE', never);
    await on('INDETERMINATE', soon, 'another order');
    const { operations } = await two.takeIndeterminate([lockName, 'nothing'], 30_000);
    expect(operations.map(({ id, version }) => [id, version])).toEqual([[unknown.id, unknown.version + TAKEOVER]]);
    await expect(one.save(unknown, soon)).rejects.toBeInstanceOf(OperationTakenOver);
  });

  async function idsTaken(ledger: Ledger): Promise<readonly string[]> {
    return (await ledger.takeUnsettled(60_000, 1_000)).operations.map(({ id }) => id);
  }

  test('an order is locked for one at a time; the others get it in turn or give up at their deadline', async () => {
    const [first, second, third] = [operation(), operation(), operation()];
    for (const each of [first, second, third]) await one.claim(each, soon);
    expect(await one.lockOrder('og-us:order-1', first.id, 100)).toBe(true);
    expect(await two.lockOrder('og-us:order-1', second.id, 60)).toBe(false);
    expect(await two.lockOrder('og-us:order-2', third.id, 60)).toBe(true);
    const waiting = two.lockOrder('og-us:order-1', second.id, 20_000);
    await one.unlockOrder(first);
    expect(await waiting).toBe(true);
  });

  test('an order stays locked beyond its time for as long as the operation renews it', async () => {
    const [writer, next] = [operation(), operation()];
    await one.claim(writer, due);
    await one.claim(next, soon);
    expect(await one.lockOrder('og-us:order-3', writer.id, 100)).toBe(true);
    expect(await one.renew(writer, 60_000)).toBe(true);
    expect(await two.lockOrder('og-us:order-3', next.id, 60)).toBe(false);
    await one.unlockOrder(writer);
    expect(await two.lockOrder('og-us:order-3', next.id, 60)).toBe(true);
  });

  test('an order is locked with the key where it is free, and unlocked with the outcome', async () => {
    const [first, second, third] = [operation(), operation(), operation()];
    expect(await one.claim(first, soon, 'og-us:order-4')).toMatchObject({ hasLock: true });
    expect(await two.claim(second, soon, 'og-us:order-4')).toMatchObject({ claimed: true, hasLock: false });
    expect(await two.claim(third, soon)).toMatchObject({ hasLock: false });
    const running = await one.save(first, soon);
    expect(await two.lockOrder('og-us:order-4', second.id, 0)).toBe(false);
    await one.save({ ...running, status: 'SUCCEEDED', settledAt: now }, never);
    expect(await two.lockOrder('og-us:order-4', second.id, 0)).toBe(true);
    // One that rests while its outcome is unknown lets others on as well.
    await two.save({ ...second, status: 'INDETERMINATE' }, soon);
    expect(await one.lockOrder('og-us:order-4', third.id, 0)).toBe(true);
  });

  test('whoever lost an operation to another process does not unlock its order', async () => {
    const [writer, next] = [operation(), operation()];
    await one.claim(writer, due, 'og-us:order-5');
    await one.claim(next, soon);
    await two.takeUnsettled(60_000, 50);
    await one.unlockOrder(writer);
    expect(await two.lockOrder('og-us:order-5', next.id, 0)).toBe(false);
  });

  test('settled operations are forgotten after their time, open ones never', async () => {
    const hours = (count: number) => count * 3_600_000;
    const long = { createdAt: new Date(Date.now() - hours(1_000)) };
    const settled: Operation = {
      ...operation(),
      ...long,
      status: 'SUCCEEDED',
      settledAt: new Date(Date.now() - hours(999)),
    };
    const open: Operation = { ...operation(), ...long, status: 'INDETERMINATE' };
    await one.claim(settled, never);
    await one.claim(open, soon);
    await two.prune(hours(1_001));
    expect(await one.byId(settled.id)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await two.prune(hours(998))).toBeGreaterThanOrEqual(1);
    expect(await one.byId(settled.id)).toBeNull();
    expect(await one.byId(open.id)).toMatchObject({ status: 'INDETERMINATE' });
  });

  test('lists operations newest first, all or only the open ones', async () => {
    const newest = new Date('2040-01-01T00:00:00Z');
    const settled: Operation = { ...operation(), createdAt: newest, status: 'FAILED', settledAt: newest };
    await one.claim(settled, { forMs: null });
    await one.claim(draft, soon);
    expect((await two.list({ unsettledOnly: false, limit: 1 })).map(({ id }) => id)).toEqual([settled.id]);
    const open = (await two.list({ unsettledOnly: true, limit: 1000 })).map(({ id }) => id);
    expect(open).toContain(draft.id);
    expect(open).not.toContain(settled.id);
  });

  test('counts the open operations by who looks after them', async () => {
    const before = await one.countUnsettled();
    await one.claim({ ...draft, status: 'INDETERMINATE' }, { forMs: null });
    await one.claim({ ...operation(), status: 'INDETERMINATE' }, soon);
    await one.claim({ ...operation(), status: 'INDETERMINATE' }, soon);
    await one.claim(operation(), soon);
    await one.claim({ ...operation(), status: 'FAILED', settledAt: new Date() }, { forMs: null });
    expect(await two.countUnsettled()).toEqual({
      pending: before.pending + 1,
      indeterminate: before.indeterminate + 2,
      givenUp: before.givenUp + 1,
    });
  });

  test('a fact told only once is kept as it was first told, for all replicas, until its time', async () => {
    let time = new Date('2026-03-01T12:00:00Z');
    const [here, there] = store.accountStores('shop-se', () => time);
    const keepUntil = new Date('2026-03-01T13:00:00Z');
    expect(await here.get('order-1')).toBeNull();
    expect(await here.putIfAbsent('order-1', { start: '12:00' }, keepUntil)).toEqual({ start: '12:00' });
    expect(await there.putIfAbsent('order-1', { start: '12:05' }, keepUntil)).toEqual({ start: '12:00' });
    expect(await there.get('order-1')).toEqual({ start: '12:00' });
    time = keepUntil;
    expect(await there.get('order-1')).toBeNull();
  });

  test('is reachable', async () => {
    await expect(one.ping()).resolves.toBeUndefined();
  });
}

describe('writes to an embedded file that wait at the same time', () => {
  const file = join(folder, 'together.db');
  let database: Kysely<Tables>;
  let ledger: Ledger;
  const exec = SqliteDatabase.prototype.exec;
  const executed: string[] = [];

  beforeAll(async () => {
    database = await openDatabase({ url: null, file });
    ledger = createSqlLedger(database, Buffer.alloc(32));
    SqliteDatabase.prototype.exec = function (statement) {
      executed.push(statement);
      return exec.call(this, statement);
    };
  });

  afterAll(async () => {
    SqliteDatabase.prototype.exec = exec;
    await database.destroy();
  });

  test('share one commit, and one that fails leaves the others as they are', async () => {
    const writes = Array.from({ length: 10 }, () => operation());
    const [first] = writes;
    executed.length = 0;
    const claims = writes.map((each) => ledger.claim(each, { forMs: null }));
    // An identifier that is taken.
    const failing = ledger.claim({ ...operation(), id: first?.id ?? '' }, { forMs: null });
    await expect(failing).rejects.toBeInstanceOf(LedgerUnavailable);
    expect((await Promise.all(claims)).map(({ claimed }) => claimed)).toEqual(writes.map(() => true));
    // The first may have gone ahead.
    expect(executed.filter((statement) => statement === 'COMMIT').length).toBeLessThanOrEqual(2);
    for (const { id } of writes) expect((await ledger.byId(id))?.id).toBe(id);
  });

  test('wait for the disk, but for a claim, after which nothing is sent', async () => {
    const [alone, saved, claimed] = [operation(), operation(), operation()];
    await ledger.claim(alone, { forMs: null });
    await ledger.claim(saved, { forMs: null });
    executed.length = 0;
    await Promise.all([ledger.save(saved, { forMs: null }), ledger.claim(claimed, { forMs: null })]);
    const saving = executed.splice(0);
    await ledger.claim(operation(), { forMs: null });
    expect(saving.slice(0, 2)).toEqual(['PRAGMA synchronous = FULL', 'BEGIN IMMEDIATE']);
    expect(executed).toEqual(['PRAGMA synchronous = NORMAL', 'BEGIN IMMEDIATE', 'COMMIT']);
  });

  test('are all forgotten by a process that is killed before the commit, and none was told', async () => {
    const place = join(folder, 'killed.db');
    const { stdout, signal } = await killedInCommit(place);
    expect(signal).toBe('SIGKILL');
    expect(stdout).toBe('first told\n');
    const left = await openDatabase({ url: null, file: place });
    expect(await left.selectFrom('operations').select('id').execute()).toEqual([{ id: 'first' }]);
    await left.destroy();
  });
});

/** Runs a process that stores one operation, and is killed while it commits two more. */
async function killedInCommit(place: string) {
  const script = `
    import SqliteDatabase from 'libsql';
    import { openDatabase } from './dist/storage/database.js';
    import { createSqlLedger } from './dist/storage/sql-ledger.js';
    const operation = (id) => ({ ...JSON.parse(process.argv[2]), id, idempotencyKey: id, createdAt: new Date() });
    const ledger = createSqlLedger(await openDatabase({ url: null, file: process.argv[1] }), Buffer.alloc(32));
    await ledger.claim(operation('first'), { forMs: null });
    console.log('first told');
    const { exec } = SqliteDatabase.prototype;
    SqliteDatabase.prototype.exec = function (statement) {
      if (statement === 'COMMIT') process.kill(process.pid, 'SIGKILL');
      return exec.call(this, statement);
    };
    for (const id of ['second', 'third']) void ledger.claim(operation(id), { forMs: null }).then(() => console.log(id, 'told'));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, place, JSON.stringify(operation())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
  const [, signal] = await once(child, 'close');
  return { stdout, signal };
}

describe('an embedded file that another process writes to', () => {
  const file = join(folder, 'shared.db');
  let database: Kysely<Tables>;
  let other: SqliteDatabase.Database;

  beforeAll(async () => {
    database = await openDatabase({ url: null, file });
    other = new SqliteDatabase(file);
  });

  afterAll(async () => {
    other.close();
    await database.destroy();
  });

  test('is waited for without stopping this process, and what is then written is there for everybody', async () => {
    const ledger = createSqlLedger(database, Buffer.alloc(32));
    const [waiting, after] = [operation(), operation()];
    other.exec('BEGIN IMMEDIATE');
    const claim = ledger.claim(waiting, { forMs: null });
    // Timers go on while it waits: a process that stood still would never come to this commit.
    await sleep(50);
    other.exec('COMMIT');
    expect((await claim).claimed).toBe(true);
    await ledger.claim(after, { forMs: null });
    const seen = other.prepare('select id from operations').raw().all();
    expect(new Set(seen.flat())).toEqual(new Set([waiting.id, after.id]));
  });
});

describe('the key of the ledger', () => {
  const at = (name: string, ...encryptionKeys: readonly string[]) => ({
    url: null,
    file: join(folder, name, 'ledger.db'),
    encryptionKeys,
  });

  async function opened<T>(location: DatabaseLocation, use: (ledger: Ledger, database: Kysely<Tables>) => Promise<T>) {
    const database = await openDatabase(location);
    const ledger = createSqlLedger(database, await openDataKey(database, location));
    try {
      return await use(ledger, database);
    } finally {
      await database.destroy();
    }
  }

  const lease = { forMs: null };
  const draft = operation();
  const find = (ledger: Ledger) => ledger.byKey(draft.actorId, draft.idempotencyKey);

  test('is exchanged by naming the old one beside the new one, once', async () => {
    await opened(at('exchanged', 'old'), (ledger) => ledger.claim(draft, lease));
    expect(await opened(at('exchanged', 'new', 'old'), find)).toEqual(draft);
    expect(await opened(at('exchanged', 'new'), find)).toEqual(draft);
  });

  test('that is another one is refused with words an operator understands', async () => {
    await opened(at('other', 'old'), (ledger) => ledger.claim(draft, lease));
    await expect(opened(at('other', 'new'), find)).rejects.toThrow('The ledger was encrypted with another key.');
  });

  test('is kept beside an embedded file when none is configured, for its owner alone', async () => {
    const location = at('beside');
    await Promise.all([1, 2, 3].map(() => opened(location, (ledger) => ledger.claim(draft, lease))));
    expect(await opened(location, find)).toEqual(draft);
    expect(statSync(`${location.file}.key`).mode & 0o777).toBe(0o600);
    rmSync(`${location.file}.key`);
    await expect(opened(location, find)).rejects.toThrow(
      `The key of the ledger, ${location.file}.key, cannot be read.`,
    );
  });

  test('must be configured for a database', async () => {
    const location = at('database');
    const database = await openDatabase(location);
    await expect(openDataKey(database, { ...location, url: 'postgres://db/ledger' })).rejects.toThrow(
      'A ledger in a database needs storage.encryptionKey.',
    );
  });

  test('an operation stored by version 0.1 goes by the names of this one', () => {
    const context = { orderKey: 'order-1' };
    const request = { kind: 'CHANGE_UPSELL_ITEM_QUANTITY', lineItemKey: 'line-1', quantity: 2 } as const;
    const progress = { context, before: null, done: {} };
    const inFlightStep = {
      name: 'change',
      sentAt: draft.createdAt,
      refusal: null,
      isRuledOut: false,
      seenClosedAt: null,
    };
    const plannedSteps = [{ name: 'change', expects: [] }];
    const unproven = { effect: 'UNKNOWN', nextAction: null, history: [], lockName: null, lineName: null } as const;
    const operation = { ...draft, ...unproven, kind: request.kind, request, progress, inFlightStep, plannedSteps };
    const old = { kind: 'CHANGE_UPSELL_QUANTITY' };
    const {
      effect: _effect,
      nextAction: _action,
      history: _history,
      lockName: _lock,
      lineName: _line,
      ...known
    } = draft;
    const stored = JSON.stringify({
      ...known,
      ...old,
      plannedSteps: ['change'],
      inFlightStep: { name: 'change', sentAt: { $date: draft.createdAt } },
      request: { ...request, ...old },
      progress: { snapshot: { lineItemKeys: ['line-1'], facts: context }, done: {} },
      createdAt: { $date: draft.createdAt },
    });
    expect(operationFromJson(stored)).toEqual(operation);
    expect(operationFromJson(operationToJson(operation))).toEqual(operation);
  });

  test('seals operations that were stored in clear before there was one, and their keys go on', async () => {
    const location = at('clear', 'key');
    const old = await openDatabase(location);
    await old
      .insertInto('operations')
      .values({
        id: draft.id,
        actor_id: draft.actorId,
        idempotency_key: draft.idempotencyKey,
        input_hash: draft.inputHash,
        status: draft.status,
        may_restart: 0,
        version: draft.version,
        lease_until: 1,
        created_at: draft.createdAt.getTime(),
        settled_at: null,
        state: operationToJson(draft),
      })
      .execute();
    await old.destroy();
    expect(await opened(location, find)).toEqual(draft);
    expect(await opened(location, (ledger) => ledger.claim({ ...draft, id: 'another' }, lease))).toMatchObject({
      claimed: false,
      operation: { id: draft.id },
    });
    const rows = await opened(location, (_ledger, database) => database.selectFrom('operations').selectAll().execute());
    expect(rows).toMatchObject([{ id: draft.id, lease_until: 1 }]);
    expect(JSON.stringify(rows)).not.toContain(draft.actorId);
  });
});

describe('a database this code cannot use', () => {
  test('because a newer version wrote it is refused with words an operator understands', async () => {
    const location = { url: null, file: join(folder, 'newer.db') };
    const database = await openDatabase(location);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030')`.execute(database);
    await database.destroy();
    await expect(openDatabase(location)).rejects.toThrow(
      'The database was written by a newer version of upsell-graph.',
    );
  });

  test('because its place cannot be written is refused with that place', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const file = join(folder, 'a-file', 'ledger.db');
    await expect(openDatabase({ url: null, file })).rejects.toThrow(
      `The ledger file ${file} cannot be opened or written.`,
    );
  });
});

test('a database server that does not answer is named without its password', async () => {
  const url = 'postgres://shop:geheim@127.0.0.1:1/ledger';
  await expect(openDatabase({ url, file: '' })).rejects.toThrow(
    "The ledger's database on 127.0.0.1:1 cannot be reached.",
  );
});

function operation(): Operation {
  count += 1;
  return {
    id: `operation-${count}`,
    kind: 'REMOVE_UPSELL_ITEM',
    status: 'PENDING',
    idempotencyKey: `key-${count}`,
    actorId: 'shopper-1',
    account: 'og-us',
    shopper: { customerId: '00026001', recognised: false },
    request: { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'line-1' },
    inputHash: 'hash',
    effect: 'NOT_SENT',
    nextAction: null,
    history: [
      { at: new Date('2026-03-01T11:59:00.000Z'), status: 'PENDING', effect: 'NOT_SENT', step: null, cause: 'REQUEST' },
    ],
    lockName: 'og-us:order-1',
    lineName: null,
    progress: null,
    inFlightStep: null,
    plannedSteps: [{ name: 'remove_item', expects: [{ kind: 'line_gone', lineItemKey: 'line-1' }] }],
    baseline: null,
    orderRef: { type: 'Order', account: 'og-us', key: 'order-1' },
    lineItemRef: null,
    subscriptionRef: null,
    errors: [],
    differences: [],
    steps: [],
    createdAt: new Date('2026-03-01T11:59:00.000Z'),
    settledAt: null,
    version: 0,
  };
}
