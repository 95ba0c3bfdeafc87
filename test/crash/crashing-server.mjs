/**
 * The real server on real storage, with one difference: a write whose request names a point of the protocol in the header
 * `x-stop-at` goes no further than that point, and the process says so once, by the write's `x-stop-id`. Once all of them
 * stand there it can be killed as a power cut would kill it. Run as `node crashing-server.mjs <config file>`; prints its URL
 * when it listens.
 */
import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { loadConfig } from '../../dist/config.js';
import { createTransport } from '../../dist/http/transport.js';
import { providers } from '../../dist/providers/index.js';
import { openStorage } from '../../dist/server/storage.js';
import { createUpsellServer } from '../../dist/server.js';

/** Where the write of the current request stops: `point`, and how often it is still to be passed. Reads pass side by side. */
const stops = new AsyncLocalStorage();
subscribe('http.server.request.start', ({ request }) => {
  const { 'x-stop-at': point, 'x-stop-id': id, 'x-stop-pass': pass = '1' } = request.headers;
  if (point !== undefined) stops.enterWith({ point, id, passesLeft: Number(pass), isSending: false, hasSent: false });
});

const loaded = loadConfig({ configPath: process.argv[2] ?? null, providers });
if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
const { config } = loaded;
const clock = () => new Date();
const storage = await openStorage(config.storage);
const server = await createUpsellServer({
  config,
  clock,
  storage: { ...storage, ledger: stoppingLedger(storage.ledger) },
  transportFor: () => stoppingTransport(createTransport()),
  // A busy machine may be slow, yet nobody wants to wait long for a dead process: the lease ends 20 seconds after the last step.
  writeTiming: { deadlineMs: 90_000, leaseMarginMs: -70_000, recoveryIntervalMs: 100 },
});
process.stdout.write(`${await server.listen()}\n`);

async function passing(name) {
  const stop = stops.getStore();
  if (stop?.point !== name) return;
  stop.passesLeft -= 1;
  if (stop.passesLeft > 0) return;
  if (stop.passesLeft === 0) process.stdout.write(`stopped ${stop.id}\n`);
  await new Promise(() => {});
}

function stoppingLedger(ledger) {
  return {
    ...ledger,
    async claim(draft, lease) {
      await passing('before claim');
      const claim = await ledger.claim(draft, lease);
      await passing('after claim');
      return claim;
    },
    async save(operation, lease) {
      const name = transition(operation);
      await passing(`before ${name}`);
      const saved = await ledger.save(operation, lease);
      await passing(`after ${name}`);
      const stop = stops.getStore();
      if (stop) stop.isSending = name === 'recording the intent';
      return saved;
    },
  };
}

function transition({ status, inFlightStep, progress, plannedSteps }) {
  if (status !== 'PENDING') return 'settling';
  if (inFlightStep) return 'recording the intent';
  return progress && plannedSteps.some((step) => progress.done[step]) ? 'recording the answer' : 'recording the target';
}

function stoppingTransport(transport) {
  return {
    ...transport,
    async send(request) {
      const stop = stops.getStore();
      // Reads and dry runs may be POSTs too: the write is what follows its intent.
      if (request.method === 'GET' || stop?.isSending !== true) {
        if (stop?.hasSent) await passing('during read-back');
        return transport.send(request);
      }
      stop.hasSent = true;
      const isSlow = stop.point === 'while the provider works';
      const answer = transport.send(isSlow ? marked(request) : request);
      if (isSlow) setTimeout(() => void passing(stop.point), 150);
      const response = await answer;
      // A call that was turned away is sent again.
      if (response.status < 400) await passing('with the answer received');
      return response;
    },
  };
}

/** The provider lets such a request wait. */
function marked(request) {
  return { ...request, headers: { ...request.headers, 'x-slow': 'yes' } };
}
