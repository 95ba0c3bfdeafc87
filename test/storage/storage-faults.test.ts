import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { type Kysely, sql } from 'kysely';
import { loadConfig } from '../../src/config.js';
import { toGlobalId } from '../../src/domain/reference.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { createMemoryAccountStore } from '../../src/operations/memory-account-store.js';
import { providers } from '../../src/providers/index.js';
import { createLog } from '../../src/server/log.js';
import type { Storage } from '../../src/server/storage.js';
import { createUpsellServer, type UpsellServer } from '../../src/server.js';
import { createIdSealer } from '../../src/storage/sealer.js';
import { openDatabase } from '../../src/storage/database.js';
import { createLocalChanges } from '../../src/storage/local-changes.js';
import { createMemoryWebhookInbox } from '../../src/storage/memory-webhook-inbox.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import type { Tables } from '../../src/storage/tables.js';
import { startProcess } from '../e2e/server-process.js';
import { cuttableProxy, type CuttableProxy } from './cuttable-proxy.js';
import { freshDatabase, whenPostgres } from './postgres.js';

const secret = 'a secret of at least thirty-two bytes';
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-storage-'));
const log: string[] = [];
let emulator: RunningEmulator;
let token: string;
let orders: string[];

beforeAll(async () => {
  emulator = await startEmulator(emulators.ordergroove, { scenario: 'large', switches: { largeItemsPerOrder: 2 } });
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  token = await new SignJWT({
    kind: 'customer',
    scope: 'upsell:read upsell:write',
    customers: { [account.key]: shopper.customerId },
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('shopper-1')
    .setIssuer('https://issuer.test')
    .setAudience('upsell-graph')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  orders = shop().orders.flatMap(({ public_id: id, status }) => (status === 1 ? [id] : []));
});

afterEach(() => {
  emulator.faults.clear();
  emulator.requests.clear();
  log.length = 0;
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

describe('without its ledger the program does not start', () => {
  test('when the database is down: status 69 and where it was looked for, without the password', async () => {
    const program = startProcess(['--config', configFile({ url: 'postgres://shop:geheim@127.0.0.1:1/ledger' })]);
    expect(await program.ended()).toBe(69);
    expect(program.output()).toBe(
      "The ledger's database on 127.0.0.1:1 cannot be reached. (connect ECONNREFUSED 127.0.0.1:1)\n",
    );
  });

  test('when a newer version wrote the database: status 69 and what to do', async () => {
    const location = { url: null, file: join(folder, 'newer.db') };
    const database = await openDatabase(location);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030')`.execute(database);
    await database.destroy();
    const program = startProcess(['--config', configFile({ file: location.file })]);
    expect(await program.ended()).toBe(69);
    expect(program.output()).toMatch(
      /^The database was written by a newer version of upsell-graph\. Start that version, or restore a backup\. \(.*9999-from-the-future.*\)\n$/,
    );
  });
});

whenPostgres('a database lost in the middle of a write', () => {
  let proxy: CuttableProxy;
  let drop: () => Promise<void>;
  let server: UpsellServer;
  let url: string;

  beforeAll(async () => {
    const database = await freshDatabase();
    drop = () => database.drop();
    proxy = await cuttableProxy(database.url);
    server = await startServer({ url: proxy.url });
    url = await server.listen();
  });

  afterAll(async () => {
    await server.close();
    await proxy.close();
    await drop();
  });

  test('before the intent is on record: nothing is sent, and the same key does it once the ledger is back', async () => {
    const { order, input } = addItem();
    const before = countItems(order);
    emulator.faults.add({ match: { method: 'GET' }, action: { kind: 'delay', milliseconds: 300 } });
    const asked = send(url, input);
    await until(() => emulator.requests.list().some(({ method }) => method === 'GET'));
    proxy.cut();
    expect(await asked).toEqual(ledgerUnavailable);
    expect(writes()).toEqual([]);
    expect(await send(url, input)).toEqual(ledgerUnavailable);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    proxy.restore();
    expect(await settled(url, input)).toBe('SUCCEEDED');
    expect(countItems(order) - before).toBe(1);
    expect(log.join('')).toContain('"the ledger of operations cannot be reached"');
  });

  test('after it was sent: recovery finds the item, and the client is told of one', async () => {
    const { order, input } = addItem();
    const before = countItems(order);
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'delay', milliseconds: 3_000 } });
    const asked = send(url, input);
    await until(() => writes().length === 1);
    proxy.cut();
    expect(await asked).toEqual(ledgerUnavailable);
    await until(() => countItems(order) - before === 1);
    proxy.restore();
    expect(await settled(url, input)).toBe('SUCCEEDED');
    expect(writes()).toHaveLength(1);
    expect(countItems(order) - before).toBe(1);
  });

  test('that falls silent: the client is told so in time, and nothing is sent', async () => {
    proxy.silence();
    expect(await send(url, addItem().input)).toEqual(ledgerUnavailable);
    expect(writes()).toEqual([]);
    proxy.cut();
    proxy.restore();
  });
});

whenPostgres('a database that fell silent in the middle of a write', () => {
  test('does not keep the program from stopping in the documented time', async () => {
    const database = await freshDatabase();
    const proxy = await cuttableProxy(database.url);
    const program = startProcess(['--config', configFile({ url: proxy.url }, { drainDelaySeconds: 0 })]);
    const address = await program.find(/http:\/\/127\.0\.0\.1:\d+/);
    emulator.faults.add({ match: { method: 'POST' }, action: { kind: 'delay', milliseconds: 500 } });
    const asked = send(address, addItem().input).catch(() => null);
    await until(() => emulator.requests.list().some(({ method }) => method === 'POST'));
    proxy.silence();
    const signalledAt = performance.now();
    program.child.kill('SIGTERM');
    expect(await program.ended()).toBe(0);
    expect(performance.now() - signalledAt).toBeLessThan(30_000);
    await asked;
    await proxy.close();
    await database.drop();
  });
});

describe('a full disk under the embedded file', () => {
  let database: Kysely<Tables>;
  let server: UpsellServer;
  let url: string;

  beforeAll(async () => {
    database = await openDatabase({ url: null, file: join(folder, 'full.db') });
    const storage: Storage = {
      ledger: createSqlLedger(database, Buffer.alloc(32)),
      changes: createLocalChanges(),
      inbox: createMemoryWebhookInbox(),
      budgets: null,
      sealer: createIdSealer(secret, 'identifiers'),
      accountStoreFor: () => createMemoryAccountStore(() => new Date()),
      close: () => database.destroy(),
    };
    server = await startServer({ file: join(folder, 'full.db') }, storage);
    url = await server.listen();
  });

  afterAll(() => server.close());

  test('refuses a write readably before it is sent; reads go on, and writes do once there is room', async () => {
    const { order, input } = addItem();
    const before = countItems(order);
    await fillDisk();
    expect(await send(url, input)).toEqual(ledgerUnavailable);
    expect(writes()).toEqual([]);
    expect(await ask(url, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'CUSTOMER' } } });
    expect(log.join('')).toContain('database or disk is full');
    await makeRoom();
    expect(await settled(url, input)).toBe('SUCCEEDED');
    expect(countItems(order) - before).toBe(1);
  });

  /** Takes every page of the file, as a full disk does: what cannot grow cannot be written. */
  async function fillDisk() {
    await sql`create table filler (bytes blob)`.execute(database);
    await sql`pragma max_page_count = 1`.execute(database);
    // Pages of the table of operations may have room for a small row: those are filled as well.
    for (const size of [3_000, 300, 30]) {
      await fillWith(async () => {
        const ballast = sql`zeroblob(${size})`;
        await sql`insert into operations select 'ballast-' || hex(randomblob(8)), 'nobody', hex(randomblob(8)), '', 'FAILED', 0,
          0, null, 0, 0, ${ballast}, null, null, null`.execute(database);
      });
    }
  }

  async function fillWith(insert: () => Promise<void>) {
    for (;;) {
      try {
        await insert();
      } catch (error) {
        expect(String(error)).toContain('full');
        return;
      }
    }
  }

  async function makeRoom() {
    await sql`pragma max_page_count = 1000000`.execute(database);
    await sql`delete from operations where actor_id = 'nobody'`.execute(database);
  }
});

const ledgerUnavailable = {
  data: null,
  errors: [
    expect.objectContaining({
      message:
        'Writes cannot be looked up or recorded at the moment. Try again in a few seconds, and send a write with the ' +
        'same key, so that nothing is done twice.',
      extensions: { code: 'LEDGER_UNAVAILABLE', retry: 'SAME_KEY', requestId: expect.any(String) },
    }),
  ],
};

function configFile(storage: object, server: object = {}): string {
  const { account } = emulators.ordergroove.sandbox(emulator.url);
  const file = join(folder, `${randomUUID()}.yaml`);
  const place = { ...storage, encryptionKey: secret };
  const auth = { secret, issuer: 'https://issuer.test', audience: 'upsell-graph' };
  const accounts = [{ ...account, settlingSeconds: 1 }];
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({
      server: { host: '127.0.0.1', port: 0, graphiql: false, ...server },
      auth,
      storage: place,
      accounts,
    }),
  );
  return file;
}

/** With a short lease, so that recovery comes soon. */
async function startServer(place: object, storage?: Storage): Promise<UpsellServer> {
  const loaded = loadConfig({ configPath: configFile(place), providers, env: {} });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  return createUpsellServer({
    config: loaded.config,
    ...(storage && { storage }),
    writeTiming: { deadlineMs: 2_000, leaseMs: 300, recoveryIntervalMs: 50 },
    log: createLog('warn', { write: (line) => log.push(line) }),
  });
}

/** Each case has an order to itself. */
function addItem() {
  const order = orders.shift() ?? '';
  const input = {
    idempotencyKey: randomUUID(),
    orderId: toGlobalId({ type: 'Order', account: 'og-us', key: order }),
    item: { providerProduct: { providerId: '44931275500039' } },
  };
  return { order, input };
}

interface Answer {
  readonly data: { readonly addUpsellItem: Payload } | null;
}

interface Payload {
  readonly operation: { readonly status: string } | null;
  readonly errors: readonly { readonly retry: string }[];
}

function send(url: string, input: object): Promise<Answer> {
  const mutation = `mutation ($input: AddUpsellItemInput!) {
    addUpsellItem(input: $input) { operation { status } errors { retry } }
  }`;
  return ask(url, mutation, { input });
}

async function ask(url: string, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** What a client ends with that repeats the same request as long as it is advised to. */
async function settled(url: string, input: object): Promise<string | undefined> {
  for (;;) {
    const payload = (await send(url, input)).data?.addUpsellItem;
    if (payload?.errors.every(({ retry }) => retry === 'NEW_REQUEST')) return payload.operation?.status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function writes() {
  return emulator.requests.list().filter(({ method }) => method === 'POST');
}

function shop(): {
  readonly orders: readonly { readonly public_id: string; readonly status: number }[];
  readonly items: readonly { readonly order: string }[];
} {
  return JSON.parse(JSON.stringify(emulator.state()));
}

function countItems(order: string): number {
  return shop().items.filter((item) => item.order === order).length;
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a file system that refuses folders is reported at once', async () => {
  const opened = openDatabase({ url: null, file: '/proc/nope/deeper/ledger.db' });
  await expect(opened).rejects.toThrow('The ledger file /proc/nope/deeper/ledger.db cannot be opened or written.');
});
