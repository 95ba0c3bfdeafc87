/** Part of `npm run bench:streams`: clients that open a stream and take nothing of it. */
import { subscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { auth, startClients, used } from './stream-clients.mjs';
import { print } from './table.mjs';

const READERS = Number(process.argv[2] ?? 500);
const WARM_UP_READERS = 50;
/** From the moment the server can hand nothing more to the kernel: 30 s, and up to a heartbeat. */
const TARGET_MS = 40_000;
/** Of the clocks that tell it. */
const TOLERANCE_MS = 1_000;
/** Resolution of what is measured. */
const SAMPLE_MS = 250;
/** Whoever takes nothing for this long takes no more. */
const STAYS_STUCK_MS = 1_500;
/** The kernel takes some 2.7 MB for each before the server notices. */
const EVENT_BYTES = 1_000_000;
const HINTS = 1_000;
const MIB = 1_048_576;
/** What all of them together may leave untaken. */
const MAX_UNTAKEN = 32 * MIB;
/** Long by the name of a field, which comes once for each of these. */
const TIMES = 14;
const ACCOUNTS = Array.from({ length: TIMES }, (_, index) => `account${index}: account { ...Long }`).join(' ');
const QUERY = `
  subscription ($id: ID!) { orderUpdated(orderId: $id) { window { asOf } ${ACCOUNTS} } }
  fragment Long on ProviderAccount { ${'x'.repeat(Math.ceil(EVENT_BYTES / TIMES))}: key }
`;

const { loadConfig } = await import('../dist/config.js');
const { createUpsellServer } = await import('../dist/server.js');
const { providers } = await import('../dist/providers/index.js');
const { createLog } = await import('../dist/server/log.js');
const { memoryStorage } = await import('../dist/server/storage.js');

/** Open responses: since when each is stuck, null while it is not. */
const stuckSince = new Map();
/** How long each that ended was stuck. */
let endedAfterMs = [];
subscribe('http.server.request.start', ({ request, response }) => {
  if (request.headers.accept !== 'text/event-stream') return;
  stuckSince.set(response, null);
  response.once('close', () => {
    endedAfterMs.push(stuckSince.get(response) === null ? 0 : performance.now() - stuckSince.get(response));
    stuckSince.delete(response);
  });
});
setInterval(() => {
  for (const [response, since] of stuckSince)
    stuckSince.set(response, response.writableLength > 0 ? (since ?? performance.now()) : null);
}, SAMPLE_MS).unref();

const clients = await startClients();
const token = await clients.tokenOf('one');
const hint = (storage) => storage.changes.publish([clients.topic]);

// What the first streams load stays loaded, and what they took from the system is not given back.
await measure(WARM_UP_READERS, { stuckMs: 2_000, heartbeatMs: 500 });
const before = used();
const { stuck, stormed, fillMs, calls, completed } = await measure(READERS);
const after = used();
const open = sockets();
const slowestMs = Math.max(...endedAfterMs);
clients.stop();

const mib = (bytes) => (bytes / MIB).toFixed(1);
print(`${READERS} readers that take nothing: all were stuck after ${(fillMs / 1_000).toFixed(1)} s`);
print(
  `disconnected ${(Math.min(...endedAfterMs) / 1_000).toFixed(1)} to ${(slowestMs / 1_000).toFixed(1)} s after each was (at most ${TARGET_MS / 1_000} s), ${completed} of them with "complete"`,
);
print(
  `heap and buffers in MiB: ${mib(before.heap)} before, ${mib(stuck.heap)} when all were stuck, ${mib(stormed.heap)} after ${HINTS} hints more, ${mib(after.heap)} after their end`,
);
print(
  `resident in MiB: ${mib(before.resident)} before, ${mib(stuck.resident)} when all were stuck, ${mib(stormed.resident)} after ${HINTS} hints more, ${mib(after.resident)} after their end`,
);
print(`${calls} calls to the provider for ${HINTS} hints more; ${open} connections left`);
const failures = [
  slowestMs > TARGET_MS + TOLERANCE_MS && 'were not disconnected in time',
  stuck.heap - before.heap > MAX_UNTAKEN + MIB && 'cost memory while they were stuck',
  stormed.heap - stuck.heap > MIB && 'cost memory while hints came',
  calls > 0 && 'were read for',
  completed > 0 && 'were told that nothing follows',
  open > 0 && 'left connections',
  after.heap - before.heap > MIB + READERS * 4_096 && 'left memory',
].filter(Boolean);
for (const failure of failures) print(`FAILED: they ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);

/** Opens the streams at a server of their own, with its own times unless others are given, until all are disconnected. */
async function measure(readers, streamTiming = {}) {
  const limits = { rate: { service: 0 } };
  const file = { server: { port: 0, graphiql: false, limits }, auth, accounts: [clients.account] };
  // JSON is YAML.
  const loaded = loadConfig({ configPath: 'bench', providers, env: {}, readFile: () => JSON.stringify(file) });
  if (loaded.outcome === 'invalid') throw new Error(loaded.message);
  const storage = memoryStorage();
  const server = await createUpsellServer({ config: loaded.config, storage, streamTiming, log: createLog('error') });
  const url = await server.listen();
  const body = JSON.stringify({ query: QUERY, variables: { id: clients.orderId } });
  endedAfterMs = [];
  const begunAt = performance.now();
  await clients.ask({ openStuck: readers, url, tokens: [token], body });
  while (endedAfterMs.length + stuckCount() < readers) {
    hint(storage);
    await sleep(SAMPLE_MS);
  }
  const fillMs = performance.now() - begunAt;
  const { calls } = await clients.ask({ count: true });
  const stuck = used();
  for (let count = 0; count < HINTS; count += 1) hint(storage);
  await sleep(1_000);
  const stormed = used();
  const callsOfStorm = (await clients.ask({ count: true })).calls - calls;
  while (endedAfterMs.length < readers) {
    // The kernel has room again for some once others have ended.
    hint(storage);
    await sleep(SAMPLE_MS);
  }
  const { completed } = await clients.ask({ read: true });
  await server.close();
  return { stuck, stormed, fillMs, calls: callsOfStorm, completed };
}

function stuckCount() {
  const latest = performance.now() - STAYS_STUCK_MS;
  return [...stuckSince.values()].filter((since) => since !== null && since < latest).length;
}

/** Accepted connections; those to the provider and to the other process are fewer than ten. */
function sockets() {
  return Math.max(0, process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length - 10);
}
