import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventWriter } from '../../src/server/streams/event-writer.js';
import { createOpenStreams } from '../../src/server/streams/open-streams.js';
import { MIN_INTERVAL_MS, SubscriptionEvents } from '../../src/server/streams/subscription-events.js';
import { until } from '../support/full-stack.js';

const server = createServer();
let port = 0;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

async function exchange(): Promise<{ readonly client: Socket; readonly response: ServerResponse }> {
  const requested = once(server, 'request');
  const client = connect(port, '127.0.0.1');
  client.on('error', () => {});
  client.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
  const [, response] = await requested;
  return { client, response };
}

describe('a client that stops reading', () => {
  test('gets one event more than fits, holds no second one, and is disconnected', async () => {
    const { client, response } = await exchange();
    client.pause();
    const streams = createOpenStreams(
      { shopper: 1, service: 1, process: 1 },
      { heartbeatMs: 50, stuckMs: 200, closeGraceMs: 50 },
    );
    const writer = new EventWriter(response, streams.stuckMs);
    writer.open({});
    const remove = streams.add({
      beat: (now) => writer.beat(now),
      interrupt: () => writer.interrupt(1),
      destroy: () => response.destroy(),
    });
    response.once('close', remove);
    let sent = 0;
    const event = JSON.stringify('x'.repeat(1_000_000));
    const sending = (async () => {
      while (!response.destroyed) {
        await writer.next(event);
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
    expect(most).toBeLessThan(2 * event.length);
    client.destroy();
  });

  test('is one of many that are disconnected in time, cost nothing by further hints and leave nothing behind', async () => {
    const script = fileURLToPath(new URL('../../bench/stuck-readers.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, '40', '3000']);
    expect(stdout).toContain('40 readers that take nothing: all disconnected');
  });
});

describe('a storm of hints', () => {
  test('makes at most one event at once and one after it', async () => {
    let executions = 0;
    let hint = (): void => {};
    const events = new SubscriptionEvents(async () => {
      executions += 1;
      return { json: `{"data":${executions}}`, isFailed: false };
    });
    const source: AsyncIterator<undefined> = {
      next: () => new Promise((resolve) => (hint = () => resolve({ value: undefined, done: false }))),
    };
    const sent: string[] = [];
    const running = events.run({ json: '{}', isFailed: false }, source, { next: async (json) => void sent.push(json) });
    const begunAt = performance.now();
    for (let count = 0; count < 1_000; count += 1) {
      hint();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => executions >= 1, 'an event was executed');
    // On a busy machine the hints themselves take some intervals.
    const intervals = Math.floor((performance.now() - begunAt) / MIN_INTERVAL_MS);
    expect(executions).toBeLessThanOrEqual(2 + intervals);
    events.stop();
    hint();
    expect(await running).toBe('stopped');
  });

  test('says nothing twice', async () => {
    let hint = (): void => {};
    let executions = 0;
    const events = new SubscriptionEvents(async () => {
      executions += 1;
      return { json: '{"data":1}', isFailed: false };
    });
    const source: AsyncIterator<undefined> = {
      next: () => new Promise((resolve) => (hint = () => resolve({ value: undefined, done: false }))),
    };
    const sent: string[] = [];
    const running = events.run({ json: '{"data":1}', isFailed: false }, source, {
      next: async (json) => void sent.push(json),
    });
    hint();
    await until(() => executions === 1, 'the event was executed');
    events.stop();
    hint();
    await running;
    expect(sent).toEqual(['{"data":1}']);
  });
});
