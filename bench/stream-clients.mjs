/** The provider and the clients of `bench/streams.mjs` and `bench/stuck-readers.mjs`, in a process of their own: its memory does not count. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);
const ORDER = '1d8e5a70c3f94b6e9a2d7c41f0b35e01';
const SECRET = 'a secret of at least thirty-two bytes';
/** Streams that are being opened at a time. */
const AT_ONCE = 20;

export const auth = { secret: SECRET, issuer: 'https://issuer.test', audience: 'upsell-graph' };

/** Starts them; `ask` sends a message to them and returns the answer. */
export async function startClients() {
  const child = fork(script);
  const ask = async (message) => {
    child.send(message);
    return (await once(child, 'message'))[0];
  };
  const { account } = await ask({ start: true });

  return {
    ask,
    account,
    orderId: Buffer.from(`Order:${account.key}:${ORDER}`).toString('base64url'),
    topic: `order:${account.key}:${ORDER}`,
    /** A token of a service, which may read the orders of everybody and open 500 streams. */
    async tokenOf(sub) {
      const { mintToken } = await import('../dist/auth/mint-token.js');
      const claims = { kind: 'service', scopes: ['upsell:read'], customers: {}, orders: {}, lifetimeSeconds: 3_600 };
      return mintToken({ ...claims, sub }, auth, SECRET, new Date());
    },
    stop: () => child.kill(),
  };
}

/** Memory of this process after a collection, in bytes. */
export function used() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

if (process.argv[1] === script) await serve();

async function serve() {
  const { emulators, startEmulator } = await import('../dist/emulators/index.js');
  const emulator = await startEmulator(emulators.ordergroove);
  const { account } = emulators.ordergroove.sandbox(emulator.url);
  /** Events of each stream that is read. */
  const counts = [];
  const stuck = [];
  let failures = 0;
  let alive = 0;
  let calls = 0;

  const answers = {
    start: () => ({ account }),
    count() {
      calls += emulator.requests.list().length;
      emulator.requests.clear();
      return { counts, failures, alive, calls };
    },
    async open({ open, ...stream }) {
      const from = counts.length;
      for (let index = from; index < from + open; index += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, from + open - index) }, (_, each) => index + each);
        await Promise.all(some.map((each) => openStream(each, stream)));
      }
      return {};
    },
    /** Opens streams whose clients take nothing. */
    openStuck({ openStuck, ...stream }) {
      for (let count = 0; count < openStuck; count += 1) stuck.push(openUnread(stream));
      return {};
    },
    /** Reads what arrived for those, until their connections end. */
    async read() {
      const texts = await Promise.all(stuck.splice(0).map(readToTheEnd));
      return { completed: texts.filter((text) => text.includes('event: complete')).length };
    },
  };

  const answer = async (message) => process.send(await answers[Object.keys(message)[0]](message));
  process.on('message', (message) => void answer(message));
  process.on('disconnect', () => process.exit());

  async function openStream(index, { url, tokens, body }) {
    const sent = request(`${url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: headersOf(tokens[index % tokens.length]),
    });
    sent.end(body);
    const [response] = await once(sent, 'response');
    if (response.statusCode !== 200) throw new Error(`a stream was refused: ${response.statusCode}`);
    counts[index] = 0;
    alive += 1;
    response.setEncoding('utf8').on('data', (text) => {
      counts[index] += text.split('event: next').length - 1;
      failures += text.split('"errors":').length - 1;
    });
    response.on('close', () => (alive -= 1));
    while (counts[index] === 0) await sleep(5);
  }
}

function headersOf(token) {
  return { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` };
}

function openUnread({ url, tokens: [token], body }) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.pause();
  const headers = { host: 'bench', ...headersOf(token), 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  return socket;
}

/** Returns the end of what was read. */
async function readToTheEnd(socket) {
  let end = '';
  socket.on('data', (chunk) => (end = (end + chunk).slice(-1_000))).resume();
  // `once` would reject for the reset.
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  return end;
}
