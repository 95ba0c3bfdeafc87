import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Changes, operationTopic } from '../../src/domain/changes.js';
import { createSharedChanges, type ChangeStore, type SharedChange } from '../../src/storage/shared-changes.js';
import { openStorage, type Storage } from '../../src/server/storage.js';
import { emulators, EmulatorClock, startEmulator } from '../../src/emulators/index.js';
import { exampleOperations, exampleVariables } from '../schema/example-operations.js';
import { createPostgresChanges } from '../../src/storage/postgres-changes.js';
import { openDatabase } from '../../src/storage/database.js';
import { cuttableProxy, type CuttableProxy } from '../storage/cuttable-proxy.js';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';
import { startPgBouncer, whenPgBouncer } from '../storage/pgbouncer.js';
import { startProcess } from '../e2e/server-process.js';
import { AUDIENCE, ISSUER, SECRET, startFullStack, until } from '../support/full-stack.js';
import { Json } from '../emulators/calls.js';
import { openStream } from './raw-stream.js';

const key = 'k'.repeat(32);
const TOPIC = operationTopic('one');

/** A store in memory, whose notifications may get lost. */
class ScriptedStore {
  readonly stored = new Map<string, number>();
  isDown = false;
  notifies = true;
  private readonly listeners = new Set<(changes: readonly SharedChange[]) => void>();
  private time = 1_000;

  /** As one replica sees it: its own notifications do not come back. */
  replica(): ChangeStore {
    let own: ((changes: readonly SharedChange[]) => void) | null = null;
    return {
      announce: async (topics) => {
        if (this.isDown) throw new Error('the store is down');
        this.time += 1;
        for (const topic of topics) this.stored.set(topic, this.time);
        const changes = topics.map((topic) => ({ topic, changedAt: this.time }));
        for (const listener of this.notifies ? this.listeners : []) if (listener !== own) listener(changes);
        return this.time;
      },
      changedSince: async (since) =>
        [...this.stored]
          .map(([topic, changedAt]) => ({ topic, changedAt }))
          .filter(({ changedAt }) => changedAt > since),
      latest: async () => Math.max(0, ...this.stored.values()),
      prune: async () => {},
      listen: (onChange) => {
        own = onChange;
        this.listeners.add(onChange);
        return { close: async () => void this.listeners.delete(onChange) };
      },
    };
  }
}

describe('changes of several replicas', () => {
  const open: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  /** With its own times. */
  function usual(store: ScriptedStore) {
    const changes = createSharedChanges(store.replica(), { report() {} });
    changes.start();
    open.push(changes);
    return changes;
  }

  function replica(store: ScriptedStore, reports: string[] = []) {
    const changes = createSharedChanges(store.replica(), { pollMs: 20, report: (message) => reports.push(message) });
    changes.start();
    open.push(changes);
    return changes;
  }

  test.each([true, false])(
    'reach a subscriber at another replica once (notifications arrive: %s)',
    async (notifies) => {
      const store = new ScriptedStore();
      store.notifies = notifies;
      const [one, other] = [replica(store), replica(store)];
      let here = 0;
      let there = 0;
      one.subscribe(TOPIC, () => (here += 1));
      other.subscribe(TOPIC, () => (there += 1));
      one.publish([TOPIC]);
      await until(() => here === 1, 'its own streams were told');
      await until(() => there === 1, 'the other replica was told');
      // Several polls see it again.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect([here, there]).toEqual([1, 1]);
      other.publish([TOPIC]);
      await until(() => here === 2, 'the first replica was told');
      expect(there).toBe(2);
    },
  );

  test.each([
    ['within a second where notifications arrive', true, 100],
    ['within six seconds where only polls serve', false, 5_100],
  ])('show %s', async (_when, notifies, mostMs) => {
    jest.useFakeTimers();
    try {
      const store = new ScriptedStore();
      store.notifies = notifies;
      const [one, other] = [usual(store), usual(store)];
      let told = 0;
      other.subscribe(TOPIC, () => (told += 1));
      // Whenever it happens between two polls.
      for (const afterMs of [0, 17, 2_500, 4_999, 5_000]) {
        await jest.advanceTimersByTimeAsync(20_000 + afterMs);
        const before = told;
        one.publish([TOPIC]);
        await jest.advanceTimersByTimeAsync(mostMs);
        expect(told).toBe(before + 1);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  test('are announced once the store is back', async () => {
    const store = new ScriptedStore();
    const reports: string[] = [];
    const [one, other] = [replica(store, reports), replica(store)];
    let there = 0;
    other.subscribe(TOPIC, () => (there += 1));
    store.isDown = true;
    one.publish([TOPIC]);
    await until(() => reports.length > 0, 'it was reported');
    store.isDown = false;
    await until(() => there === 1, 'the other replica was told');
    expect(reports).toContain('changes could not be announced to other replicas');
  });
});

whenPostgres('changes in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const storages: Storage[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
  });

  afterEach(async () => {
    await Promise.all(storages.splice(0).map((storage) => storage.close()));
  });

  afterAll(() => database.drop());

  async function storage(url: string, listenUrl: string | null = null, reports: string[] = []): Promise<Storage> {
    const opened = await openStorage({ url, listenUrl, file: '', encryptionKeys: [key] }, (message) =>
      reports.push(message),
    );
    opened.listen?.();
    storages.push(opened);
    return opened;
  }

  /** Milliseconds until a change at one replica is told at the other. */
  async function latency(one: Changes, other: Changes): Promise<number> {
    const topic = operationTopic(randomUUID());
    let told = 0;
    const stop = other.subscribe(topic, () => (told += 1));
    const begunAt = performance.now();
    one.publish([topic]);
    await until(() => told > 0, 'the other replica was told');
    stop();
    return performance.now() - begunAt;
  }

  test('are notified', async () => {
    const pool = await openDatabase({ url: database.url, file: '' });
    const [one, other] = [0, 0].map(() => {
      // Polls would come after this test.
      const changes = createSharedChanges(
        createPostgresChanges(pool, database.url, () => {}),
        {
          pollMs: 3_600_000,
          report() {},
        },
      );
      changes.start();
      return changes;
    });
    if (!one || !other) throw new Error('there are no replicas');
    // The first may be told by the poll that follows the connection.
    await latency(one, other);
    const notified = await latency(one, other);
    expect(notified).toBeGreaterThan(0);
    process.stdout.write(`Told another replica by notification in ${notified.toFixed(0)} ms.\n`);
    await Promise.all([one.close(), other.close()]);
    await pool.destroy();
  });

  test('arrive also after the server cut every connection', async () => {
    const [{ changes: one }, { changes: other }] = [await storage(database.url), await storage(database.url)];
    await latency(one, other);
    await cutAll(database.url);
    // By the poll, or by a connection made anew.
    expect(await latency(one, other)).toBeGreaterThan(0);
  });

  whenPgBouncer(() => {
    test('are polled for, and start says so, unless listening has a URL of its own', async () => {
      const pooler = await startPgBouncer(database.url);
      const reports: string[] = [];
      const quiet: string[] = [];
      const [one, polls] = [await storage(database.url), await storage(pooler.url, null, reports)];
      const listens = await storage(pooler.url, database.url, quiet);
      await until(() => reports.some((message) => message.includes('storage.listenUrl')), 'start said so');
      const polled = await latency(one.changes, polls.changes);
      process.stdout.write(`Told another replica by polling in ${polled.toFixed(0)} ms.\n`);
      await latency(polls.changes, listens.changes);
      expect(quiet).toEqual([]);
      await Promise.all(storages.splice(0).map((each) => each.close()));
      await pooler.close();
    });
  });

  describe('over a connection that falls silent', () => {
    let proxy: CuttableProxy;
    let pool: Awaited<ReturnType<typeof openDatabase>>;

    beforeAll(async () => {
      proxy = await cuttableProxy(database.url);
      pool = await openDatabase({ url: database.url, file: '' });
    });

    afterAll(async () => {
      await pool.destroy();
      await proxy.close();
    });

    /** Notifications come through the proxy; everything else goes directly. */
    function listen(onConnect: () => void, timeoutMs: number, lookMs: number) {
      return createPostgresChanges(pool, proxy.url, () => {}, { timeoutMs, lookMs }).listen(() => {}, onConnect);
    }

    test('notifications arrive again once another can be made', async () => {
      let connections = 0;
      const listener = listen(() => (connections += 1), 500, 100);
      await until(() => connections === 1, 'it listened');
      proxy.silence();
      // Longer than an answer may take: what was lost is lost.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      proxy.restore();
      await until(() => connections > 1, 'it listened again');
      await listener.close();
      expect(connections).toBe(2);
    });

    test.each([
      ['before it was made', 0],
      ['while it was used', 1],
    ])('closing is not kept waiting (%s)', async (_when, connected) => {
      let connections = 0;
      if (connected === 0) proxy.silence();
      const listener = listen(() => (connections += 1), 60_000, 60_000);
      await until(() => connections === connected && proxy.connections() > 0, 'it was under way');
      proxy.silence();
      const begunAt = performance.now();
      await listener.close();
      expect(performance.now() - begunAt).toBeLessThan(30_000);
      proxy.restore();
    });
  });

  test('show a write at one replica on a stream of the other, and a client of one that is killed misses nothing', async () => {
    const emulator = await startEmulator(emulators.ordergroove, { clock: new EmulatorClock() });
    const stored = { url: database.url, encryptionKey: key };
    const first = await startFullStack({
      only: ['ordergroove'],
      running: { ordergroove: emulator },
      groups: { storage: stored },
    });
    const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-replica-'));
    const file = join(folder, 'upsell-graph.yaml');
    const { account } = emulators.ordergroove.sandbox(emulator.url);
    const auth = { secret: SECRET, issuer: ISSUER, audience: AUDIENCE };
    writeFileSync(
      file,
      JSON.stringify({ server: { host: '127.0.0.1', port: 0 }, auth, storage: stored, accounts: [account] }),
    );
    const second = startProcess(['--config', file]);
    const secondUrl = await second.find(/(http:\/\/127\.0\.0\.1:\d+)\/graphql/);
    const text = exampleOperations.find(({ name }) => name === 'AddUpsellItem')?.text ?? '';
    const { input }: { input: { orderId: string } } = Object(exampleVariables['AddUpsellItem']);
    const watched = {
      query: 'subscription ($id: ID!) { orderUpdated(orderId: $id) { lineItems { nodes { quantity } } } }',
      variables: { id: input.orderId },
    };
    const open = async (url: string) =>
      openStream(url, { ...watched, headers: { authorization: await first.bearer() } });
    const unitsIn = (result: unknown): number =>
      new Json(result)
        .rows('data', 'orderUpdated', 'lineItems', 'nodes')
        .reduce((sum, line) => sum + Number(line.at('quantity')), 0);
    const stream = await open(secondUrl);
    const [before] = await stream.wait(1);
    await first.ask(text, { input: { ...input, idempotencyKey: randomUUID() } });
    const settledAt = performance.now();
    const [, after] = await stream.wait(2);
    process.stdout.write(
      `A write showed at the other replica ${(performance.now() - settledAt).toFixed(0)} ms after its answer.\n`,
    );
    expect(unitsIn(after)).toBe(unitsIn(before) + 1);

    await second.stop();
    await stream.ended;
    expect(stream.events().some(({ event }) => event === 'complete')).toBe(false);
    await first.ask(text, { input: { ...input, idempotencyKey: randomUUID(), ifPresent: 'ADD' } });
    const again = await open(first.url);
    const [now] = await again.wait(1);
    expect(unitsIn(now)).toBe(unitsIn(after) + 1);
    again.close();
    await first.close();
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
});

async function cutAll(url: string): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  );
  await client.end();
}
