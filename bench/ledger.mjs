/**
 * What the ledger costs per write: in memory, in an embedded file, in PostgreSQL. Rounds alternate between them, so that a
 * slow moment of the machine hits all; medians of the rounds are printed. The provider is an emulator without latency.
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

const ROUNDS = 15;
const BARE_WRITES = 50;
const HTTP_WRITES = 20;

const clock = () => new Date();
const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
const emulator = await startEmulator(emulators.ordergroove, {
  scenario: 'large',
  switches: { largeOrders: 300, largeItemsPerOrder: 2, rateLimitPerMinute: 0 },
});
const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
const orders = emulator.state().orders.filter(({ status }) => status === 1);
const config = configOf(writeConfig(folder, account, { file: join(folder, 'unused.db') }));
const token = await tokenFor(account, shopper.customerId);
const database = await freshDatabase().catch(() => null);
if (!database) print('PostgreSQL is left out: there is no server for tests.');

const subjects = [
  await subject('memory', memoryStorage()),
  await subject('embedded file', await openStorage({ url: null, file: join(folder, 'ledger.db') })),
  ...(database
    ? [await subject('PostgreSQL', await openStorage({ url: database.url, file: '', encryptionKeys: ['bench'] }))]
    : []),
];
for (const each of subjects) await measure(each);
for (const each of subjects) each.forget();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const each of subjects) await measure(each);
}
report();

for (const each of subjects) await each.close();
await emulator.close();
await database?.drop();
rmSync(folder, { recursive: true });

/** One ledger under a whole server, with the states one write goes through in it. */
async function subject(name, storage) {
  const states = [];
  const server = await createUpsellServer({
    config,
    clock,
    storage: { ...storage, ledger: recording(storage.ledger, states) },
    log: createLog('warn'),
  });
  const url = await server.listen();
  await addItem(url);
  return {
    name,
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
    claim(draft, lease) {
      states.push({ operation: draft, lease });
      return ledger.claim(draft, lease);
    },
    save(operation, lease) {
      states.push({ operation, lease });
      return ledger.save(operation, lease);
    },
  };
}

async function measure({ url, ledger, states, bare, http }) {
  bare.push(await timeOfOne(BARE_WRITES, () => transitions(ledger, states)));
  http.push(await timeOfOne(HTTP_WRITES, () => addItem(url)));
}

/** Milliseconds of one call, measured over many in a row. */
async function timeOfOne(count, work) {
  const begun = performance.now();
  for (let done = 0; done < count; done += 1) await work();
  return (performance.now() - begun) / count;
}

/** All that one write does in the ledger: claim, lock, one save a transition, unlock. */
async function transitions(ledger, [first, ...others]) {
  const id = randomUUID();
  const identity = { id, idempotencyKey: id };
  await ledger.claim({ ...first.operation, ...identity }, current(first.lease));
  await ledger.lockOrder(id, id, 1_000, 60_000);
  let version = 0;
  for (const { operation, lease } of others) {
    ({ version } = await ledger.save({ ...operation, ...identity, version }, current(lease)));
  }
  await ledger.unlockOrder(id);
}

/** The recorded leases have ended by now, and recovery would take such an operation over. */
function current({ until }) {
  return { until: until && new Date(Date.now() + 60_000) };
}

async function addItem(url) {
  const order = orders.shift();
  orders.push(order);
  const query = `mutation ($input: AddUpsellItemInput!) {
    addUpsellItem(input: $input) { operation { status } errors { message } }
  }`;
  const input = {
    idempotencyKey: randomUUID(),
    orderId: toGlobalId({ type: 'Order', account: account.key, key: order.public_id }),
    item: { product: { id: '44931275500039' } },
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

function report() {
  const rows = subjects.map(({ name, bare, http }) => ({ name, bare: median(bare), http: median(http) }));
  const [{ bare: bareInMemory, http: httpInMemory }] = rows;
  const saves = subjects[0].states.length - 1;
  print(
    `One write is a claim, a lock, ${saves} saves and an unlock. Medians of ${ROUNDS} alternating rounds, in ms.\n`,
  );
  const table = [
    ['ledger', 'ledger alone', '× memory', 'addUpsellItem over HTTP', '× memory', 'share of the ledger'],
    ...rows.map(({ name, bare, http }) => [
      name,
      bare.toFixed(2),
      (bare / bareInMemory).toFixed(1),
      http.toFixed(2),
      (http / httpInMemory).toFixed(2),
      `${Math.round((bare / http) * 100)} %`,
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) print(`| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

function configOf(file) {
  const loaded = loadConfig({ configPath: file, providers, env: {} });
  if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
  return loaded.config;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
