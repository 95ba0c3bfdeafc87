import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 500;

/** A reverse proxy that sends requests to replicas in turn, and asks each now and then whether it is ready. */
export async function startProxy() {
  const replicas = new Set();
  const ready = new Set();
  const agent = new Agent({ keepAlive: true });
  const over = new AbortController();
  let next = 0;

  async function look(replica) {
    const isReady = await fetch(`${replica.url}/readyz`, { signal: over.signal }).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isReady && replicas.has(replica)) ready.add(replica);
    else ready.delete(replica);
  }

  async function watch() {
    while (!over.signal.aborted) {
      await Promise.all([...replicas].map(look));
      await sleep(LOOK_MS, null, { signal: over.signal }).catch(() => {});
    }
  }
  void watch();

  function forward(body, incoming, outgoing) {
    const replica = [...ready][(next += 1) % ready.size];
    if (!replica) return outgoing.writeHead(502).end('no replica is ready');
    const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
    const forwarded = send(
      new URL(incoming.url, replica.url),
      { method: incoming.method, headers, agent },
      (answer) => {
        const { connection: _hop, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode, rest);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', (error) => {
      // Nobody listens there any more, so nothing was sent: as every proxy does, the next one is asked.
      if (error.code === 'ECONNREFUSED') {
        ready.delete(replica);
        return forward(body, incoming, outgoing);
      }
      return outgoing.writeHead(502).end(`the connection to a replica failed: ${error.code}`);
    });
    forwarded.end(body);
  }

  const server = createServer((incoming, outgoing) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => forward(Buffer.concat(chunks), incoming, outgoing));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    replicas,
    async add(replica) {
      replicas.add(replica);
      await look(replica);
    },
    remove(replica) {
      replicas.delete(replica);
      ready.delete(replica);
    },
    close() {
      over.abort();
      server.close();
      agent.destroy();
    },
  };
}
