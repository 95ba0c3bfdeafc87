import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ComputeChange, SharedStates } from '../../src/domain/shared-states.js';
import { emulators, type RunningEmulator, startEmulator } from '../../src/emulators/index.js';
import { SharedCounts } from '../../src/server/limits/shared-counts.js';
import { memoryStorage } from '../../src/server/storage.js';
import { authorization, type LimitedServer, startLimitedServer } from './limited-server.js';

/** A store of several processes, in memory. */
class Store implements SharedStates {
  readonly states = new Map<string, string>();
  fault: 'none' | 'gone' | 'answer lost' = 'none';
  changes = 0;
  now = 0;

  async change<T>(key: string, compute: ComputeChange<T>): Promise<T> {
    if (this.fault === 'gone') throw new Error('the store is gone');
    const { state, result } = compute(this.states.get(key) ?? null, this.now);
    this.states.set(key, state);
    this.changes += 1;
    if (this.fault === 'answer lost') throw new Error('the answer was lost');
    return result;
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const LIMIT = 400;
const HOUR_MS = 3_600_000;

describe('counts of several processes', () => {
  /** Counts one request after the other, at each process in turn. Returns how many are within the limit. */
  async function allowed(processes: readonly SharedCounts[], requests: number, caller = 'shopper') {
    const own = processes.map(() => 0);
    let within = 0;
    for (let count = 0; count < requests; count += 1) {
      const at = count % processes.length;
      own[at] = (own[at] ?? 0) + 1;
      const others = processes[at]?.add(caller, 1, LIMIT) ?? 0;
      if (own[at] + others <= LIMIT) within += 1;
      await settle();
    }
    return within;
  }

  test.each([1, 2, 3, 5])('add up to the limit, and a twentieth for each further process (%d)', async (replicas) => {
    const store = new Store();
    const processes = Array.from({ length: replicas }, () => new SharedCounts(store, HOUR_MS));
    const within = await allowed(processes, LIMIT * replicas);
    expect(within).toBeGreaterThanOrEqual(LIMIT);
    expect(within).toBeLessThanOrEqual(LIMIT * (1 + (replicas - 1) / 20));
    // Refused requests are not told: a caller who goes on costs the store nothing.
    expect(store.changes).toBeLessThan(60);
    // Whoever starts anew learns what was counted.
    expect(await allowed([new SharedCounts(store, HOUR_MS)], LIMIT)).toBeLessThanOrEqual(LIMIT / 20);
    expect(await allowed(processes, 50, 'somebody else')).toBe(50);
  });

  test('cost the store nothing for a caller who asks little, and tell it no names', async () => {
    const store = new Store();
    const counts = new SharedCounts(store, HOUR_MS);
    await allowed([counts], 9);
    expect(store.changes).toBe(0);
    await allowed([counts], 9);
    expect(store.changes).toBe(1);
    expect(JSON.stringify([...store.states])).not.toContain('shopper');
  });

  test('begin anew with each window, in the same few states', async () => {
    const store = new Store();
    for (let window = 0; window < 3; window += 1) {
      expect(await allowed([new SharedCounts(store, HOUR_MS)], LIMIT)).toBe(LIMIT);
      store.now += HOUR_MS;
    }
    expect(store.states.size).toBe(1);
    expect(Object.keys(JSON.parse([...store.states.values()].join('')).counts)).toHaveLength(1);
  });

  test.each(['gone', 'answer lost'] as const)('are those of each process while the store fails (%s)', async (fault) => {
    const store = new Store();
    store.fault = fault;
    const processes = [new SharedCounts(store, HOUR_MS), new SharedCounts(store, HOUR_MS)];
    expect(await allowed(processes, 2 * LIMIT)).toBe(2 * LIMIT);
    // One question a second at most, for all callers.
    expect(store.changes).toBeLessThan(20);
  });
});

describe('the limit of a shopper', () => {
  let emulator: RunningEmulator;
  const running: LimitedServer[] = [];

  beforeAll(async () => {
    emulator = await startEmulator(emulators.ordergroove);
  });

  afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));
  afterAll(() => emulator.close());

  test('is one for all replicas', async () => {
    const store = new Store();
    const limits = { rate: { windowSeconds: 3_600, shopper: 20 } };
    for (let count = 0; count < 2; count += 1) {
      const storage = { ...memoryStorage(), budgets: { replicas: 2, states: store } };
      running.push(await startLimitedServer(emulator, { limits }, storage));
    }
    const statuses = [];
    for (let count = 0; count < 40; count += 1) {
      const answer = await running[count % 2]?.post({ query: '{ __typename }' });
      statuses.push(answer?.status);
    }
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(20);
    expect(answered).toBeLessThanOrEqual(22);
    expect(statuses.slice(-10)).toEqual(Array(10).fill(429));
    const refused = await running[0]?.post({ query: '{ __typename }' });
    expect(refused?.headers.get('ratelimit')).toMatch(/^"shopper";r=0;/);
    const other = await running[0]?.post(
      { query: '{ __typename }' },
      { authorization: await authorization({ sub: 'other' }) },
    );
    expect(other?.headers.get('ratelimit')).toMatch(/^"shopper";r=19;/);
  });
});
