/** Part of `npm run bench:streams`: memory of open streams, and what a storm of hints on one order makes of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { auth, startClients, used } from './stream-clients.mjs';
import { print } from './table.mjs';

const STREAMS = Number(process.argv[2] ?? 2_000);
const HINTS = 1_000;
/** What the first streams load stays loaded. */
const FIRST = 50;
/** Longer than a failed event waits to be repeated. */
const QUIET_MS = 6_000;
const QUERY = 'subscription ($id: ID!) { orderUpdated(orderId: $id) { id status window { state asOf } } }';
const KIB = 1_024;
const TARGET_KIB = 30;
const TARGET_EVENTS = 2;

const { createServer, memoryStorage } = await import('../dist/index.js');
const clients = await startClients();
const storage = memoryStorage();
// All others are the defaults: 500 streams for each service, 2,000 for the process.
const limits = { rate: { service: 0 } };
const server = await createServer({
  config: { server: { port: 0, graphiql: false, limits }, auth, accounts: [clients.account] },
  storage,
  log: { write() {} },
});
const tokens = await Promise.all(['one', 'two', 'three', 'four'].map(clients.tokenOf));
const body = JSON.stringify({ query: QUERY, variables: { id: clients.orderId } });
const stream = { url: server.url, tokens, body };

await clients.ask({ open: FIRST, ...stream });
const idle = used();
await clients.ask({ open: STREAMS - FIRST, ...stream });
const open = used();
const eachKib = (kind) => (open[kind] - idle[kind]) / (STREAMS - FIRST) / KIB;
print(
  `${STREAMS} streams: ${eachKib('heap').toFixed(1)} KiB of heap and buffers each (at most ${TARGET_KIB}), ${eachKib('resident').toFixed(1)} KiB resident`,
);

const before = await clients.ask({ count: true });
const begunAt = performance.now();
for (let hint = 0; hint < HINTS; hint += 1) storage.changes.publish([clients.topic]);
const stormMs = performance.now() - begunAt;
const { after, quietSince } = await untilQuiet();
const events = after.counts.map((count, index) => count - before.counts[index]);
const most = Math.max(...events);
const failures = after.failures - before.failures;
print(
  `${HINTS} hints in ${stormMs.toFixed(0)} ms: ${Math.min(...events)} to ${most} events on each stream (at most ${TARGET_EVENTS}), ${failures} of them failures, the last after ${((quietSince - begunAt) / 1_000).toFixed(1)} s; ${after.calls - before.calls} calls to the provider`,
);

await server.close();
await sleep(500);
const { alive } = await clients.ask({ count: true });
print(`${alive} streams are open after the stop`);
clients.stop();
const isMet = eachKib('heap') <= TARGET_KIB && most <= TARGET_EVENTS && failures === 0 && alive === 0;
process.exit(isMet ? 0 : 1);

/** Waits until no event and no call to the provider came for a while; returns the counts, and since when they are these. */
async function untilQuiet() {
  let after = before;
  let quietSince = performance.now();
  while (performance.now() - quietSince < QUIET_MS) {
    await sleep(100);
    const now = await clients.ask({ count: true });
    if (JSON.stringify(now) !== JSON.stringify(after)) quietSince = performance.now();
    after = now;
  }
  return { after, quietSince };
}
