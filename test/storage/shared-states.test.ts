import { randomUUID } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SharedStates } from '../../src/domain/shared-states.js';
import { openDatabase } from '../../src/storage/database.js';
import { createRedisSharedStates } from '../../src/storage/redis-shared-states.js';
import { createSqlSharedStates } from '../../src/storage/sql-shared-states.js';
import { freshDatabase, whenPostgres } from './postgres.js';
import { redisUrl, whenRedis } from './redis.js';

interface Opened {
  /** Two processes on the same storage. */
  readonly processes: readonly SharedStates[];
  close(): Promise<void>;
}

function sharedStatesSuite(open: () => Promise<Opened>): void {
  let opened: Opened;
  const name = () => `test ${randomUUID()}`;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => opened.close());

  test('loses no change of processes that change one state at once', async () => {
    const key = name();
    const increment = (state: string | null) => {
      const count = Number(state ?? 0) + 1;
      return { state: String(count), result: count };
    };
    const rounds = Array.from({ length: 40 }, (_, index) => opened.processes[index % 2]);
    const results: number[] = [];
    // Two at a time: each is computed anew until it is first.
    for (let first = 0; first < rounds.length; first += 2) {
      const both = rounds.slice(first, first + 2).map(async (states) => (await states?.change(key, increment)) ?? 0);
      results.push(...(await Promise.all(both)));
    }
    expect(results.toSorted((a, b) => a - b)).toEqual(rounds.map((_, index) => index + 1));
  });

  test('tells the time by one clock, in milliseconds', async () => {
    const timeOf = (states: SharedStates | undefined) =>
      states?.change(name(), (_state, now) => ({ state: '', result: now }));
    const [first = 0, second = 0] = [await timeOf(opened.processes[0]), await timeOf(opened.processes[1])];
    expect(Number.isInteger(first)).toBe(true);
    expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
    expect(second).toBeGreaterThanOrEqual(first);
  });

  test('keeps states apart by their keys', async () => {
    const [here, there] = [name(), name()];
    const set = (key: string, text: string) =>
      opened.processes[0]?.change(key, (state) => ({ state: text, result: state }));
    expect([await set(here, 'a'), await set(there, 'b'), await set(here, 'c')]).toEqual([null, null, 'a']);
  });
}

describe('shared states in an embedded file', () => {
  sharedStatesSuite(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-states-'));
    const database = await openDatabase({ url: null, file: join(folder, 'ledger.db') });
    const states = createSqlSharedStates(database);
    return {
      processes: [states, states],
      async close() {
        await database.destroy();
        rmSync(folder, { recursive: true });
      },
    };
  });
});

whenPostgres('shared states in PostgreSQL', () => {
  sharedStatesSuite(async () => {
    const { url, drop } = await freshDatabase();
    const databases = [await openDatabase({ url, file: '' }), await openDatabase({ url, file: '' })];
    return {
      processes: databases.map((database) => createSqlSharedStates(database)),
      async close() {
        await Promise.all(databases.map((database) => database.destroy()));
        await drop();
      },
    };
  });
});

whenRedis('shared states in Redis', () => {
  sharedStatesSuite(async () => {
    const processes = [createRedisSharedStates(redisUrl, 5_000), createRedisSharedStates(redisUrl, 5_000)];
    await Promise.all(processes.map(untilReady));
    return { processes, close: async () => void (await Promise.all(processes.map((each) => each.close()))) };
  });

  test('fail at once while it is gone, are told why, and work again when it is back', async () => {
    const sockets = new Set<Socket>();
    const gone = await listenOn(0, (socket) => void sockets.add(socket));
    const { port } = Object(gone.address());
    const states = createRedisSharedStates(`redis://127.0.0.1:${port}`, 300);
    try {
      // A server that accepts and never answers.
      await expect(states.change('any', () => ({ state: '', result: 0 }))).rejects.toThrow(
        'There is no connection to Redis.',
      );
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => gone.close(resolve));
      const startedAt = performance.now();
      await expect(states.change('any', () => ({ state: '', result: 0 }))).rejects.toThrow(
        'There is no connection to Redis.',
      );
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      const { hostname, port: realPort } = new URL(redisUrl);
      const back = await listenOn(port, (socket) => {
        const onward = connect({ host: hostname, port: Number(realPort || 6379) });
        socket.pipe(onward).pipe(socket);
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
        socket.on('close', () => onward.destroy());
      });
      await untilReady(states);
      back.close();
    } finally {
      await states.close();
    }
  });
});

async function untilReady(states: SharedStates): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      return await states.change('readiness', () => ({ state: '', result: undefined }));
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function listenOn(port: number, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket);
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
