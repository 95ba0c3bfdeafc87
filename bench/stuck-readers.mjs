/**
 * Part of `npm run bench:streams`: readers that open a stream and take nothing of it. By default 500 of them, and the times of the
 * server; `node --expose-gc bench/stuck-readers.mjs 40 3000` disconnects after 3 s.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { print } from './table.mjs';

const READERS = Number(process.argv[2] ?? 500);
const STUCK_MS = Number(process.argv[3] ?? 30_000);
const timing = { stuckMs: STUCK_MS, heartbeatMs: STUCK_MS / 3 };
const SECRET = 'a secret of at least thirty-two bytes';
const ORDER = '1d8e5a70c3f94b6e9a2d7c41f0b35e01';
/** The kernel takes some 2.7 MB for each before the server notices. */
const EVENT_BYTES = 700_000;
/** Hints without an event: nobody takes any more. */
const QUIET_MS = 2_000;
const MIB = 1_048_576;

if (process.send) await beEverybodyElse();
else await measure();

async function measure() {
  const { loadConfig } = await import('../dist/config.js');
  const { createUpsellServer } = await import('../dist/server.js');
  const { providers } = await import('../dist/providers/index.js');
  const { createLog } = await import('../dist/server/log.js');
  const { memoryStorage } = await import('../dist/server/storage.js');
  const { mintToken } = await import('../dist/auth/mint-token.js');
  const others = fork(fileURLToPath(import.meta.url));
  const ask = async (message) => {
    others.send(message);
    return (await once(others, 'message'))[0];
  };
  const { account, customerId } = await ask({ start: true });
  const auth = { secret: SECRET, issuer: 'https://issuer.test', audience: 'upsell-graph' };
  const limits = { rate: { shopper: 0 }, streams: { shopper: READERS, process: READERS }, bodyKiB: 1_024 };
  const file = { server: { port: 0, graphiql: false, limits }, auth, accounts: [account] };
  // JSON is YAML.
  const loaded = loadConfig({ configPath: 'bench', providers, env: {}, readFile: () => JSON.stringify(file) });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const storage = memoryStorage();
  const watching = new Set();
  const changes = {
    ...storage.changes,
    subscribe(topic, onChange) {
      const unsubscribe = storage.changes.subscribe(topic, onChange);
      watching.add(unsubscribe);
      return () => {
        watching.delete(unsubscribe);
        unsubscribe();
      };
    },
  };
  const server = await createUpsellServer({
    config: loaded.config,
    storage: { ...storage, changes },
    streamTiming: timing,
    log: createLog('error'),
  });
  const url = await server.listen();
  const customers = { [account.key]: customerId };
  const claims = {
    kind: 'customer',
    scopes: ['upsell:read'],
    orders: {},
    lifetimeSeconds: 3_600,
    sub: 'one',
    customers,
  };
  const token = await mintToken(claims, auth, SECRET, new Date());
  const hint = () => changes.publish([`order:${account.key}:${ORDER}`]);

  async function round() {
    await ask({ open: READERS, url, token });
    await until(() => watching.size === READERS);
    let { calls } = await ask({ count: true });
    let changedAt = performance.now();
    const hintUntil = async (isOver) => {
      while (!isOver()) {
        for (let count = 0; count < 10; count += 1) hint();
        await sleep(100);
        const now = (await ask({ count: true })).calls;
        if (now !== calls) changedAt = performance.now();
        calls = now;
      }
    };
    await hintUntil(() => performance.now() - changedAt >= QUIET_MS);
    const stuck = { ...used(), calls };
    for (let count = 0; count < 1_000; count += 1) hint();
    await sleep(STUCK_MS / 10);
    const stormed = { ...used(), calls: (await ask({ count: true })).calls };
    await hintUntil(() => watching.size === 0);
    const endedMs = performance.now() - changedAt;
    // Those that were disconnected learn so when they read again; what was not closed would stay.
    const { completed } = await ask({ read: true });
    await sleep(500);
    return { stuck, stormed, endedMs, completed, sockets: sockets() };
  }

  // What the first streams load stays loaded, and what they took from the system is not given back.
  await round();
  const before = used();
  const { stuck, stormed, endedMs, completed, sockets: open } = await round();
  const calls = stormed.calls - stuck.calls;
  const after = used();
  // The last event was under way when its call was made; a test has a machine that is busy.
  const most = STUCK_MS + timing.heartbeatMs + (STUCK_MS < 30_000 ? 10_000 : 1_000);
  const perReader = (heap) => (heap - before.heap) / READERS / 1_024;
  const failures = [
    endedMs > most && 'were not ended in time',
    stormed.heap - stuck.heap > READERS * 20_000 + calls * EVENT_BYTES && 'cost memory while hints came',
    calls > READERS / 10 && 'were read for',
    completed > 0 && 'were told that nothing follows',
    open > 0 && 'left connections',
    after.heap - before.heap > MIB + READERS * 4_096 && 'left memory',
    after.resident - before.resident > 0.2 * before.resident && 'left pages of memory',
  ].filter(Boolean);
  print(
    `${READERS} readers that take nothing: all disconnected ${(endedMs / 1_000).toFixed(1)} s after the last one was stuck `,
  );
  print(`(at most ${(most / 1_000).toFixed(0)} s), ${calls} calls to the provider for 1000 hints more\n`);
  print(
    `heap and buffers in MiB: ${mib(before.heap)} before, ${mib(stuck.heap)} when all were stuck, ${mib(stormed.heap)} after 1000 hints more, `,
  );
  print(
    `${mib(after.heap)} after their end (${perReader(after.heap).toFixed(2)} KiB a reader); ${open} connections left\n`,
  );
  print(
    `resident in MiB: ${mib(before.resident)} before, ${mib(stormed.resident)} at the most, ${mib(after.resident)} after\n`,
  );
  for (const failure of failures) print(`FAILED: they ${failure}\n`);
  await server.close();
  others.kill();
  process.exit(failures.length === 0 ? 0 : 1);
}

function mib(bytes) {
  return (bytes / MIB).toFixed(1);
}

async function until(holds) {
  while (!holds()) await sleep(20);
}

/** Accepted connections; those to the provider and to the other process are fewer than ten. */
function sockets() {
  return Math.max(0, process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length - 10);
}

function used() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** The provider and the readers, in a process of their own so that their memory does not count. */
async function beEverybodyElse() {
  const { emulators, startEmulator } = await import('../dist/emulators/index.js');
  const emulator = await startEmulator(emulators.ordergroove);
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const id = Buffer.from(`Order:${account.key}:${ORDER}`).toString('base64url');
  let readers = [];
  let calls = 0;
  let body = null;

  async function answer(message) {
    if (message.start) return process.send({ account, customerId: shopper.customerId });
    if (message.count) return process.send({ calls: takeCalls() });
    if (message.read) return process.send({ completed: await readAll() });
    body ??= JSON.stringify({ query: await longQuery(message), variables: { id } });
    readers = Array.from({ length: message.open }, () => openOne(message));
    return process.send({});
  }
  process.on('message', (message) => void answer(message));
  process.on('disconnect', () => process.exit());

  function takeCalls() {
    calls += emulator.requests.list().length;
    emulator.requests.clear();
    return calls;
  }

  /** Long by the name of a field, which comes once for each line of the order. */
  async function longQuery({ url, token }) {
    const query = (name) =>
      `query ($id: ID!) { orderUpdated: order(id: $id) { window { asOf } lineItems { nodes { ${name}: id } } } }`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: query('x'), variables: { id } }),
    });
    const lines = (await response.json()).data.orderUpdated.lineItems.nodes.length;
    return query('x'.repeat(EVENT_BYTES / lines))
      .replace('query', 'subscription')
      .replace('orderUpdated: order(id', 'orderUpdated(orderId');
  }

  function openOne({ url, token }) {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.pause();
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n` +
        `authorization: Bearer ${token}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    return socket;
  }

  async function readAll() {
    let completed = 0;
    await Promise.all(
      readers.map(async (socket) => {
        socket.on('data', (chunk) => (completed += chunk.includes('event: complete') ? 1 : 0)).resume();
        if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
      }),
    );
    readers = [];
    return completed;
  }
}
