/**
 * A process that calls one URL as often as the budget it shares lets it. Run as
 * `node spending-process.mjs <URL> <database> <calls> <seconds> <replicas> <hours its clock is off>`.
 */
import { openDatabase } from '../../dist/storage/database.js';
import { createSqlSharedStates } from '../../dist/storage/sql-shared-states.js';
import { LeasedRate } from '../../dist/http/leased-rate.js';
import { protectTransport } from '../../dist/http/protect-transport.js';
import { createTransport } from '../../dist/http/transport.js';

const [url, database, calls, seconds, replicas, hoursOff] = process.argv.slice(2);
const present = Date.now;
Date.now = () => present() + Number(hoursOff) * 3_600_000;

const states = createSqlSharedStates(await openDatabase({ url: database, file: '' }));
const share = { key: 'shop', states, replicas: Number(replicas), startedAt: 0 };
const transport = createTransport({ connections: 16, maxResponseBytes: 1_024 });
/** Says when it left, because a busy machine takes its time to deliver it. */
const stamped = (request) =>
  transport.send({ ...request, url: `${request.url}&left=${performance.timeOrigin + performance.now()}` });
const send = protectTransport(stamped, {
  limits: { all: { parallel: 16, rate: { calls: Number(calls), seconds: Number(seconds) } } },
  keepMs: 0,
  rateOf: () => (rate, listener) => new LeasedRate(rate, share, listener),
});

let sent = 0;

async function goOn() {
  for (;;) {
    sent += 1;
    const request = {
      method: 'GET',
      kind: 'read',
      url: `${url}?n=${process.pid}-${sent}`,
      urlTemplate: '/',
      headers: {},
      body: null,
      timeoutMs: 2_000,
      totalTimeoutMs: 2_000,
      signal: new AbortController().signal,
      caller: { actorId: 'service', shopper: { customerId: null }, isService: true, fresh: true },
    };
    await send(request).catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
  }
}

process.stdout.write('begins\n');
await Promise.all(Array.from({ length: 16 }, goOn));
