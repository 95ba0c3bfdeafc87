/**
 * The real server on real storage, with one difference: a write whose request names a point of the protocol in the header
 * `x-stop-at` goes no further than that point, and the process says so once, by the write's `x-stop-id`. Once all of them
 * stand there it can be killed as a power cut would kill it, or be frozen and let go on (a line `go on` on its input).
 * With `x-stop-at: nowhere` the process tells all points the write passes. Run as `node crashing-server.mjs <config file>`;
 * prints its URL when it listens.
 */
import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { loadConfig } from '../../dist/config.js';
import { createTransport } from '../../dist/http/transport.js';
import { providers } from '../../dist/providers/index.js';
import { openStorage } from '../../dist/server/storage.js';
import { createUpsellServer } from '../../dist/server.js';

/** Where the write of the current request stops: `point`, and how often it is still to be passed. Reads pass side by side. */
const stops = new AsyncLocalStorage();
subscribe('http.server.request.start', ({ request }) => {
  const { 'x-stop-at': point, 'x-stop-id': id, 'x-stop-pass': pass = '1' } = request.headers;
  if (point !== undefined)
    stops.enterWith({ point, id, passesLeft: Number(pass), intent: null, isSending: false, hasSent: false });
});

const released = once(process.stdin, 'data');

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
  // Writes stand still for long; a dead process is noticed by its lease, as ever.
  writeTiming: { deadlineMs: 300_000, recoveryIntervalMs: 100 },
});
process.stdout.write(`${await server.listen()}\n`);

async function passing(name) {
  const stop = stops.getStore();
  if (stop?.point === 'nowhere') process.stdout.write(`passed ${stop.id} ${name}\n`);
  if (stop?.point !== name) return;
  stop.passesLeft -= 1;
  if (stop.passesLeft > 0) return;
  if (stop.passesLeft === 0) process.stdout.write(`stopped ${stop.id}\n`);
  await released;
}

/** Every call of the ledger is a point, also one that nobody has thought of; renewals go on while a write stands still. */
function stoppingLedger(ledger) {
  const names = {
    claim: () => 'claim',
    lockOrder: () => 'taking the turn',
    onOrder: () => 'reading related writes',
    save: nameOfSave,
    unlockOrder: () => 'giving up the turn',
  };
  const calls = Object.entries(ledger).map(([method, call]) => {
    if (method === 'renew') return [method, call];
    return [
      method,
      async (...terms) => {
        const name = names[method]?.(...terms) ?? `the ledger's ${method}`;
        await passing(`before ${name}`);
        const answer = await call.apply(ledger, terms);
        await passing(`after ${name}`);
        const stop = stops.getStore();
        if (stop && name === INTENT) stop.isSending = true;
        return answer;
      },
    ];
  });
  return Object.fromEntries(calls);
}

const INTENT = 'recording the intent';

function nameOfSave({ status, inFlightStep }) {
  if (status !== 'PENDING') return 'settling';
  const stop = stops.getStore();
  const intent = inFlightStep && JSON.stringify([inFlightStep.name, inFlightStep.sentAt]);
  if (!stop || intent === null || intent === stop.intent) return 'recording an open outcome';
  stop.intent = intent;
  return INTENT;
}

function stoppingTransport(transport) {
  return {
    ...transport,
    async send(request) {
      const stop = stops.getStore();
      // Reads and dry runs may be POSTs too: the write is what follows its intent.
      if (request.method === 'GET' || stop?.isSending !== true) {
        await passing(stop?.hasSent ? 'during read-back' : 'while reading the target');
        return transport.send(request);
      }
      stop.hasSent = true;
      const isSlow = stop.point === 'while the provider works';
      const answer = transport.send(marked(request, isSlow ? 'x-slow' : stop.point.endsWith(OPEN) ? 'x-lost' : null));
      if (isSlow) setTimeout(() => void passing(stop.point), 150);
      const response = await answer;
      // However slow the others are, this one has not seen the answer when the process dies.
      if (isSlow) await released;
      // A call that was turned away is sent again.
      if (response.status < 400) {
        stop.isSending = false;
        await passing('with the answer received');
      }
      return response;
    },
  };
}

const OPEN = 'recording an open outcome';

/** The provider lets such a request wait, or never gets it. */
function marked(request, mark) {
  return mark === null ? request : { ...request, headers: { ...request.headers, [mark]: 'yes' } };
}
