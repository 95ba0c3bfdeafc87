/**
 * What the ledger costs per write: in memory, in an embedded file, in PostgreSQL. Rounds alternate between them, so that a
 * slow moment of the machine hits all; the medians of the rounds count. The provider is an emulator without latency.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../dist/config.js';
import { toGlobalId } from '../dist/domain/reference.js';
import { emulators, startEmulator } from '../dist/emulators/index.js';
import { providers } from '../dist/providers/index.js';
import { createLog } from '../dist/server/log.js';
import { memoryStorage, openStorage } from '../dist/server/storage.js';
import { createUpsellServer } from '../dist/server.js';
import { tokenFor, writeConfig } from './configured.mjs';
import { freshDatabase } from './databases.mjs';
import { median } from './load.mjs';

const BARE_WRITES = 50;
const HTTP_WRITES = 20;

export async function measureWrites(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
  const shop = await openShop(folder);
  const database = await freshDatabase().catch(() => null);
  const subjects = [
    await subject('memory', memoryStorage(), shop),
    await subject('embedded file', await openStorage({ url: null, file: join(folder, 'ledger.db') }), shop),
    ...(database
      ? [
          await subject(
            'PostgreSQL',
            await openStorage({ url: database.url, file: '', encryptionKeys: ['bench'] }),
            shop,
          ),
        ]
      : []),
  ];
  for (const each of subjects) await measure(each);
  for (const each of subjects) each.forget();
  for (let round = 0; round < rounds; round += 1) {
    for (const each of subjects) await measure(each);
  }
  for (const each of subjects) await each.close();
  await shop.emulator.close();
  await database?.drop();
  rmSync(folder, { recursive: true });
  const rows = subjects.map(({ name, bare, http }) => ({ name, bare: median(bare), http: median(http) }));
  return { rows, rounds, saves: subjects[0].states.length - 1 };
}

async function openShop(folder) {
  const emulator = await startEmulator(emulators.ordergroove, {
    scenario: 'large',
    switches: { largeOrders: 300, largeItemsPerOrder: 2, rateLimitPerMinute: 0 },
  });
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const unlimited = { ...account, limits: { all: { calls: 0 } } };
  return {
    emulator,
    account,
    orders: emulator.state().orders.filter(({ status }) => status === 1),
    config: configOf(writeConfig(folder, [unlimited], { file: join(folder, 'unused.db') })),
    token: await tokenFor({ [account.key]: shopper.customerId }),
  };
}

/** One ledger under a whole server, with the states one write goes through in it. */
async function subject(name, storage, shop) {
  const states = [];
  const server = await createUpsellServer({
    config: shop.config,
    clock: () => new Date(),
    storage: { ...storage, ledger: recording(storage.ledger, states) },
    log: createLog('warn'),
  });
  const url = await server.listen();
  await addItem(url, shop);
  return {
    name,
    shop,
    url,
    ledger: storage.ledger,
    states: states.splice(0),
    bare: [],
    http: [],
    forget() {
      this.bare = [];
      this.http = [];
    },
    close: () => server.close(),
  };
}

function recording(ledger, states) {
  return {
    ...ledger,
    claim(draft, lease, lockName) {
      states.push({ operation: draft, lease });
      return ledger.claim(draft, lease, lockName);
    },
    save(operation, lease) {
      states.push({ operation, lease });
      return ledger.save(operation, lease);
    },
  };
}

async function measure({ url, shop, ledger, states, bare, http }) {
  bare.push(await timeOfOne(BARE_WRITES, () => transitions(ledger, states)));
  http.push(await timeOfOne(HTTP_WRITES, () => addItem(url, shop)));
}

/** Milliseconds of one call, measured over many in a row. */
async function timeOfOne(count, work) {
  const begun = performance.now();
  for (let done = 0; done < count; done += 1) await work();
  return (performance.now() - begun) / count;
}

/** All that one write does in the ledger: claim with the lock, and one save a transition, the last of which unlocks. */
async function transitions(ledger, [first, ...others]) {
  const id = randomUUID();
  const identity = { id, idempotencyKey: id };
  await ledger.claim({ ...first.operation, ...identity }, first.lease, id);
  let version = 0;
  for (const { operation, lease } of others) {
    ({ version } = await ledger.save({ ...operation, ...identity, version }, lease));
  }
}

async function addItem(url, { orders, account, token }) {
  const order = orders.shift();
  orders.push(order);
  const query = `mutation ($input: AddUpsellItemInput!) {
    addUpsellItem(input: $input) { operation { status } errors { message } }
  }`;
  const input = {
    idempotencyKey: randomUUID(),
    orderId: toGlobalId({ type: 'Order', account: account.key, key: order.public_id }),
    item: { providerProduct: { providerId: '44931275500039' } },
    ifPresent: 'ADD',
  };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = await response.json();
  if (data?.addUpsellItem.operation?.status !== 'SUCCEEDED') throw new Error('A write that is measured must succeed.');
}

function configOf(file) {
  const loaded = loadConfig({ configPath: file, providers, env: {} });
  if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
  return loaded.config;
}
