/**
 * The real server on real storage, with one difference: at the point of the write protocol named by CRASH_AT the process is
 * killed as a power cut would kill it. Run as `node crashing-server.mjs <config file>`; prints its URL when it listens.
 */
import 'reflect-metadata';
import { loadConfig } from '../../dist/config.js';
import { createTransport } from '../../dist/http/transport.js';
import { providers } from '../../dist/providers/index.js';
import { openStorage } from '../../dist/server/storage.js';
import { createUpsellServer } from '../../dist/server.js';

const point = process.env.CRASH_AT ?? 'never';
/** Which time the point is passed: the second step of a write passes some points again. */
let passesLeft = Number(process.env.CRASH_PASS ?? 1);
let hasSent = false;

const loaded = loadConfig({ configPath: process.argv[2] ?? null, providers });
if (loaded.outcome !== 'loaded') throw new Error(loaded.message);
const { config } = loaded;
const clock = () => new Date();
const storage = await openStorage(config.storage);
const server = await createUpsellServer({
  config,
  clock,
  storage: { ...storage, ledger: crashingLedger(storage.ledger) },
  transportFor: () => crashingTransport(createTransport()),
  writeTiming: { deadlineMs: 3_000, leaseMarginMs: 500, sweepMs: 100 },
});
process.stdout.write(`${await server.listen()}\n`);

async function passing(name) {
  if (name !== point) return;
  passesLeft -= 1;
  if (passesLeft > 0) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}

function crashingLedger(ledger) {
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
      return saved;
    },
  };
}

function transition({ status, inFlightStep, progress, plannedSteps }) {
  if (status !== 'PENDING') return 'settling';
  if (inFlightStep) return 'recording the intent';
  return progress && plannedSteps.some((step) => progress.done[step]) ? 'recording the answer' : 'recording the target';
}

function crashingTransport(transport) {
  return {
    ...transport,
    async send(request) {
      if (request.method === 'GET') {
        if (hasSent) await passing('during read-back');
        return transport.send(request);
      }
      hasSent = true;
      const answer = transport.send(request);
      if (point === 'while the provider works') setTimeout(() => void passing(point), 150);
      const response = await answer;
      await passing('with the answer received');
      return response;
    },
  };
}
