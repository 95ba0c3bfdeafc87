import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventWriter } from '../../src/server/streams/event-writer.js';
import { createOpenStreams, type OpenStreams, type StreamTiming } from '../../src/server/streams/open-streams.js';
import { UntakenEvents } from '../../src/server/streams/untaken-events.js';
import { until } from '../support/full-stack.js';
import { HeldSocket } from './held-socket.js';

const server = createServer();
const REQUEST = 'GET / HTTP/1.1\r\nhost: test\r\n\r\n';
const LONG = JSON.stringify('x'.repeat(1_000_000));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

async function exchange(): Promise<{ readonly client: Socket; readonly response: ServerResponse }> {
  const requested = once(server, 'request');
  const { port } = server.address() as AddressInfo;
  const client = connect(port, '127.0.0.1');
  client.on('error', () => {});
  client.write(REQUEST);
  const [, response] = await requested;
  return { client, response };
}

/** An open stream, with its heartbeat. */
function openStream(response: ServerResponse, timing: Partial<StreamTiming> = {}, untaken = new UntakenEvents()) {
  const streams: OpenStreams = createOpenStreams({ shopper: 1, service: 1, process: 1 }, timing);
  const writer = new EventWriter(response, { stuckMs: streams.stuckMs, untaken });
  writer.open({});
  const remove = streams.add({
    beat: (now) => writer.beat(now),
    interrupt: () => writer.interrupt(1),
    destroy: () => response.destroy(),
  });
  response.once('close', remove);
  return writer;
}

describe('a client that stops reading', () => {
  test('gets one event more than fits, of which its connection holds no more than a piece, and is disconnected', async () => {
    const { client, response } = await exchange();
    client.pause();
    const writer = openStream(response, { heartbeatMs: 50, stuckMs: 200, closeGraceMs: 50 });
    let sent = 0;
    const sending = (async () => {
      while (!response.destroyed) {
        await writer.next(LONG);
        sent += 1;
      }
    })();
    let most = 0;
    await until(() => {
      most = Math.max(most, response.writableLength);
      return response.destroyed;
    }, 'the client was disconnected');
    await sending;
    expect(sent).toBeGreaterThan(0);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(64 * 1024);
    client.destroy();
  });
});

describe('by the clock', () => {
  beforeEach(
    () =>
      void jest.useFakeTimers({
        doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
      }),
  );
  afterEach(() => void jest.useRealTimers());

  async function held(untaken?: UntakenEvents) {
    const requested = once(server, 'request');
    const socket = new HeldSocket();
    server.emit('connection', socket);
    socket.push(REQUEST);
    const [, response] = await requested;
    const writer = openStream(response, {}, untaken);
    await socket.takeAll();
    return { socket, writer };
  }

  test('a heartbeat comes every ten seconds', async () => {
    const { socket } = await held();
    for (let beats = 1; beats <= 5; beats += 1) {
      await jest.advanceTimersByTimeAsync(10_000);
      await socket.takeAll();
      expect(socket.text.match(/\r\n:\n\n/g)).toHaveLength(beats);
    }
    socket.destroy();
  });

  test.each([
    ['right after a heartbeat', 0],
    ['right before one', 9_999],
  ])(
    'a client that takes nothing is reset after 30 to 40 seconds, without heartbeats (stuck %s)',
    async (_when, ms) => {
      const { socket, writer } = await held();
      await jest.advanceTimersByTimeAsync(ms);
      const sending = writer.next(LONG);
      await jest.advanceTimersByTimeAsync(29_999);
      expect(socket.destroyed).toBe(false);
      await jest.advanceTimersByTimeAsync(10_001);
      expect(socket.isReset).toBe(true);
      await sending;
      expect(socket.text).not.toContain(':\n\n');
    },
  );

  test('a client that takes everything within 30 seconds stays, and gets the next event then', async () => {
    const { socket, writer } = await held();
    for (let count = 0; count < 5; count += 1) {
      let isTaken = false;
      const sending = writer.next(LONG).then(() => (isTaken = true));
      await jest.advanceTimersByTimeAsync(29_000);
      expect(isTaken).toBe(false);
      await socket.takeAll();
      await sending;
    }
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  test('a client that reads slowly is not stuck: it gets a long event in twenty minutes, and no heartbeat in its midst', async () => {
    const { socket, writer } = await held();
    let isTaken = false;
    const sending = writer.next(LONG).then(() => (isTaken = true));
    for (let minutes = 0; minutes < 20; minutes += 1) {
      expect(isTaken).toBe(false);
      for (const ms of [25_000, 25_000, 10_000]) {
        await socket.takeOne();
        await jest.advanceTimersByTimeAsync(ms);
      }
    }
    expect(socket.destroyed).toBe(false);
    expect(socket.text).not.toContain('\n:\n\n');
    await socket.takeAll();
    await sending;
    expect(socket.data() === `event: next\ndata: ${LONG}\n\n`).toBe(true);
    socket.destroy();
  });

  test('a stream that ends while its client takes an event ends after it', async () => {
    const { socket, writer } = await held();
    const sending = writer.next(LONG);
    writer.interrupt(1_500);
    writer.complete();
    await socket.takeAll();
    await sending;
    await socket.takeAll();
    const data = socket.data();
    // A difference of a million characters would be shown.
    expect(data === `event: next\ndata: ${LONG}\n\nretry: 1500\n\n`).toBe(true);
    socket.destroy();
  });

  test('clients that take nothing hold no more than a process may, together: those that are stuck for longest go first', async () => {
    const untaken = new UntakenEvents(3.5 * LONG.length);
    const opened = [];
    for (let count = 0; count < 6; count += 1) {
      const { socket, writer } = await held(untaken);
      const sending = writer.next(LONG);
      // The second one takes something of it again and again.
      await opened[1]?.socket.takeOne();
      opened.push({ socket, sending });
    }
    expect(opened.map(({ socket }) => socket.isReset)).toEqual([true, false, true, true, false, false]);
    for (const { socket } of opened) socket.destroy();
    await Promise.all(opened.map(({ sending }) => sending));
  });
});
