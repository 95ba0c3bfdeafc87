/** `npm run bench:streams`: memory of open streams, and what a storm of hints makes of them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { print } from './table.mjs';

const STREAMS = Number(process.argv[2] ?? 2_000);
const HINTS = 1_000;
const SECRET = 'a secret of at least thirty-two bytes';
const ORDER = '1d8e5a70c3f94b6e9a2d7c41f0b35e01';
const QUERY = 'subscription ($id: ID!) { orderUpdated(orderId: $id) { id status window { state asOf } } }';
const KIB = 1_024;

if (process.send) await beEverybodyElse();
else await measure();

async function measure() {
  const { createServer, memoryStorage } = await import('../dist/index.js');
  const { mintToken } = await import('../dist/auth/mint-token.js');
  const others = fork(fileURLToPath(import.meta.url));
  const ask = async (message) => {
    others.send(message);
    return (await once(others, 'message'))[0];
  };
  const { account, customerId } = await ask({ start: true });
  const storage = memoryStorage();
  const auth = { secret: SECRET, issuer: 'https://issuer.test', audience: 'upsell-graph' };
  const limits = {
    rate: { shopper: 0, service: 0, anonymous: 0 },
    streams: { shopper: 1_000, process: STREAMS },
  };
  const server = await createServer({
    config: { server: { port: 0, graphiql: false, limits }, auth, accounts: [account] },
    storage,
    log: { write() {} },
  });
  const { url } = server;
  const claims = { kind: 'customer', scopes: ['upsell:read'], orders: {}, lifetimeSeconds: 3_600 };
  const customers = { [account.key]: customerId };
  const tokens = await Promise.all(
    ['one', 'two', 'three', 'four'].map((sub) => mintToken({ ...claims, sub, customers }, auth, SECRET, new Date())),
  );
  // What the first streams load stays loaded.
  await ask({ open: 50, url, tokens });
  const idle = used();
  await ask({ open: STREAMS - 50, url, tokens });
  const open = used();
  print(
    `${STREAMS} streams: ${((open.heap - idle.heap) / (STREAMS - 50) / KIB).toFixed(1)} KiB of heap and buffers each, `,
  );
  print(`${((open.resident - idle.resident) / (STREAMS - 50) / KIB).toFixed(1)} KiB resident each`);
  const before = await ask({ count: true });
  for (let hint = 0; hint < HINTS; hint += 1) storage.changes.publish([`order:${account.key}:${ORDER}`]);
  await sleep(20_000);
  const after = await ask({ count: true });
  const events = after.counts.map((count, index) => count - before.counts[index]);
  print(`${HINTS} hints: ${Math.min(...events)} to ${Math.max(...events)} events on each stream`);
  await server.close();
  await sleep(500);
  const { alive } = await ask({ count: true });
  print(`after the stop: ${alive} streams left open`);
  others.kill();
  process.exit(Math.max(...events) <= 2 && alive === 0 ? 0 : 1);
}

function used() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** The provider and the clients, in a process of their own so that their memory does not count. */
async function beEverybodyElse() {
  const { emulators, startEmulator } = await import('../dist/emulators/index.js');
  const emulator = await startEmulator(emulators.ordergroove);
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const id = Buffer.from(`Order:${account.key}:${ORDER}`).toString('base64url');
  const counts = [];
  let alive = 0;
  async function answer(message) {
    if (message.start) process.send({ account, customerId: shopper.customerId });
    if (message.count) process.send({ counts, alive });
    if (!message.open) return;
    const from = counts.length;
    for (let index = from; index < from + message.open; index += 20) {
      const some = Array.from({ length: Math.min(20, from + message.open - index) }, (_, each) => index + each);
      await Promise.all(some.map((each) => open(each, message)));
    }
    process.send({ opened: counts.length });
  }

  process.on('message', (message) => void answer(message));

  async function open(index, { url, tokens }) {
    const headers = {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: `Bearer ${tokens[index % tokens.length]}`,
    };
    const sent = request(`${url}/graphql`, { method: 'POST', agent: false, headers });
    sent.end(JSON.stringify({ query: QUERY, variables: { id } }));
    const [response] = await once(sent, 'response');
    if (response.statusCode !== 200) throw new Error(`a stream was refused: ${response.statusCode}`);
    counts[index] = 0;
    alive += 1;
    response.on('data', (chunk) => (counts[index] += chunk.toString().split('event: next').length - 1));
    response.on('close', () => (alive -= 1));
    while (counts[index] === 0) await sleep(5);
  }
}
