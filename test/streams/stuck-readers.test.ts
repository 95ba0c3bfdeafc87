import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { orderTopic } from '../../src/domain/changes.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { createApp } from '../../src/server/app.js';
import { createLog } from '../../src/server/log.js';
import { memoryStorage } from '../../src/server/storage.js';
import { orderId, startFullStack, until } from '../support/full-stack.js';
import { longQuery } from './long-query.js';
import { openStream } from './raw-stream.js';

const READERS = 5;
/** More than the kernel takes for a client on this host: some 3 MB where nobody set it to more. */
const EVENT_BYTES = 6_000_000;

/** For clients that are stuck on purpose. */
const streamTiming = { heartbeatMs: 100, stuckMs: 300 };
const limits = { rate: { shopper: 0 }, streams: { shopper: READERS }, bodyKiB: 1_024 };

/** Whether each answer of the graph was sent or given up. */
const answers: { readonly destroyed: boolean }[] = [];
const onRequest = (message: unknown) => {
  const { request, response } = Object(message);
  if (request.url === '/graphql') answers.push(response);
};

beforeAll(() => subscribe('http.server.request.start', onRequest));
beforeEach(() => void answers.splice(0));
afterAll(() => void unsubscribe('http.server.request.start', onRequest));

const givenUp = () =>
  until(() => answers.length > 0 && answers.every(({ destroyed }) => destroyed), 'the answer was given up');

describe('clients that stop reading are disconnected', () => {
  test('from streams, and nothing of them is left', async () => {
    const storage = memoryStorage();
    const watching = new Set<object>();
    let opened = 0;
    const watch: typeof storage.changes.subscribe = (topic, onChange) => {
      const leave = storage.changes.subscribe(topic, onChange);
      const entry = { topic };
      watching.add(entry);
      opened += 1;
      return () => {
        watching.delete(entry);
        leave();
      };
    };
    const stack = await startFullStack({
      only: ['ordergroove'],
      groups: { server: { limits } },
      parts: { storage: { ...storage, changes: { ...storage.changes, subscribe: watch } }, streamTiming },
    });
    const { account } = stack.fixture('ordergroove');
    const id = orderId(account, demoOrders.next);
    const query = longQuery(
      'subscription ($id: ID!) { orderUpdated(orderId: $id) { window { asOf } … } }',
      'account',
      EVENT_BYTES,
    );
    const authorization = await stack.bearer();
    const readers = Array.from({ length: READERS }, () =>
      openUnread(stack.url, authorization, JSON.stringify({ query, variables: { id } })),
    );
    await until(() => opened === READERS, 'all streams were opened');
    await until(() => {
      storage.changes.publish([orderTopic(`${account}:${demoOrders.next}`)]);
      return watching.size === 0;
    }, 'all of them were disconnected');
    const texts = await Promise.all(readers.map(readToTheEnd));
    for (const text of texts) expect(text).not.toContain('event: complete');
    // Their places are free again.
    const others = await Promise.all(
      readers.map(() =>
        openStream(stack.url, {
          query: 'subscription ($id: ID!) { orderUpdated(orderId: $id) { id } }',
          variables: { id },
          headers: { authorization },
        }),
      ),
    );
    expect(others.map(({ status }) => status)).toEqual(Array(READERS).fill(200));
    for (const stream of others) stream.close();
    await stack.close();
  });

  test('from the single event of a query', async () => {
    const stack = await startFullStack({
      only: ['ordergroove'],
      groups: { server: { limits } },
      parts: { streamTiming },
    });
    const query = longQuery('{ … }', 'accounts', EVENT_BYTES);
    const reader = openUnread(stack.url, await stack.bearer(), JSON.stringify({ query }));
    await givenUp();
    expect(await readToTheEnd(reader)).not.toContain('event: complete');
    await stack.close();
  });

  test('from any other answer', async () => {
    const app = createApp(createLog('warn', { write() {} }), undefined, 300);
    const ANSWER = 'x'.repeat(5 * EVENT_BYTES);
    app.post('/graphql', () => ANSWER);
    const reader = openUnread(await app.listen({ host: '127.0.0.1', port: 0 }), '', '{}');
    await givenUp();
    expect((await readToTheEnd(reader)).length).toBeLessThan(ANSWER.length);
    await app.close();
  });
});

function openUnread(url: string, authorization: string, body: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.pause();
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: test\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n` +
      `authorization: ${authorization}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

async function readToTheEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk))).resume();
  // `once` would reject for the reset.
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  return text;
}
