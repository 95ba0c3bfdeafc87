import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { mintToken } from '../../src/auth/mint-token.js';
import { AUDIENCE, ISSUER, orderId, SECRET, until } from '../support/full-stack.js';
import { longQuery } from '../streams/long-query.js';
import { type ServerProcess, startProcess } from './server-process.js';

const auth = { secret: SECRET, issuer: ISSUER, audience: AUDIENCE };
/** More than the kernel takes for a client that reads nothing: some 3 MB where nobody set it to more. */
const ANSWER_BYTES = 20_000_000;
/** What the process writes when it ends at the limit. */
const AT_THE_LIMIT = 'what ran had not ended in 1 s';

let folder: string;
let emulator: RunningEmulator;
const started: ServerProcess[] = [];
const clients: Socket[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stop-limit-'));
  emulator = await startEmulator(emulators.ordergroove);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(started.splice(0).map((each) => each.stop()));
  emulator.faults.clear();
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function start(server: object = {}): Promise<{ readonly process: ServerProcess; readonly url: string }> {
  const { account } = emulators.ordergroove.sandbox(emulator.url);
  const file = join(folder, 'upsell-graph.yaml');
  const settings = { port: 0, drainDelaySeconds: 0, limits: { bodyKiB: 2_048 }, ...server };
  const storage = { file: join(folder, 'ledger.db') };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ server: settings, auth, storage, accounts: [account] }));
  const process = startProcess(['--config', file]);
  started.push(process);
  return { process, url: await process.find(/(http:\/\/127\.0\.0\.1:\d+)\/graphql/) };
}

async function send(url: string, accept: string, query: string): Promise<Socket> {
  const { account, shopper } = emulators.ordergroove.sandbox(emulator.url);
  const body = JSON.stringify({ query, variables: { id: orderId(account.key, demoOrders.next) } });
  const claims = { kind: 'customer', sub: 'a-shopper', scopes: ['upsell:read'], orders: {}, lifetimeSeconds: 600 };
  const customers = { [account.key]: shopper.customerId };
  const token = await mintToken({ ...claims, customers }, auth, SECRET, new Date());
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  clients.push(socket);
  socket.on('error', () => {});
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: test\r\naccept: ${accept}\r\ncontent-type: application/json\r\n` +
      `authorization: Bearer ${token}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

/** Takes the beginning of an answer, no more. */
async function stopReading(socket: Socket): Promise<void> {
  await once(socket, 'data');
  socket.pause();
}

describe('a stop', () => {
  test('ends at its limit although a provider never answers', async () => {
    const { process, url } = await start({ stopSeconds: 1 });
    emulator.faults.add({ times: 'always', action: { kind: 'hang' } });
    await send(url, 'application/json', '{ upcomingOrders { nodes { id } } }');
    await until(() => emulator.requests.list().length > 0, 'the provider was asked');
    process.child.kill('SIGTERM');
    expect(await process.ended()).toBe(1);
    expect(process.output()).toContain(AT_THE_LIMIT);
  });

  test('ends at its limit although a client never reads its answer', async () => {
    const { process, url } = await start({ stopSeconds: 1 });
    await stopReading(await send(url, 'application/json', longQuery('query { … }', 'accounts', ANSWER_BYTES)));
    process.child.kill('SIGTERM');
    expect(await process.ended()).toBe(1);
    expect(process.output()).toContain(AT_THE_LIMIT);
  });

  test('is in order, long before its limit, although a client never reads its stream', async () => {
    const { process, url } = await start();
    const operation = 'subscription ($id: ID!) { orderUpdated(orderId: $id) { … } }';
    await stopReading(await send(url, 'text/event-stream', longQuery(operation, 'account', ANSWER_BYTES)));
    process.child.kill('SIGTERM');
    expect(await process.ended()).toBe(0);
    expect(process.output()).not.toContain('shutdown failed');
  });
});
