import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Rate } from '../../src/domain/call-limits.js';
import type { SharedStates } from '../../src/domain/shared-states.js';
import { LeasedRate } from '../../src/http/leased-rate.js';

/** The clock of the store is not that of the processes. */
const STORE_AHEAD_MS = 3_600_000;

/** How long a process may be held up between the decision to call and the arrival of the call. */
const LATEST_PART = 1 / 20;

/** A store in simulated time: slow, gone, or one whose answer is lost although it changed. */
class SimulatedStore implements SharedStates {
  private readonly states = new Map<string, string>();
  delayMs = 1;
  fault: 'none' | 'gone' | 'answer lost' = 'none';
  changes = 0;

  async change<T>(key: string, compute: Parameters<SharedStates['change']>[1]): Promise<T> {
    const { delayMs, fault } = this;
    await sleep(delayMs);
    if (fault === 'gone') throw new Error('the store is gone');
    const { state, result } = compute(this.states.get(key) ?? null, Date.now() + STORE_AHEAD_MS);
    this.states.set(key, state);
    this.changes += 1;
    await sleep(delayMs);
    if (fault === 'answer lost') throw new Error('the answer was lost');
    return result as T;
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** One process that sends as much as it may whenever it may. */
class Replica {
  readonly pauses: number[] = [];
  private isRunning = true;
  private rate: LeasedRate;

  constructor(
    private readonly store: SharedStates,
    private readonly limit: Rate,
    private readonly replicas: number,
    private readonly arrived: () => void,
    startedAt = Number.NEGATIVE_INFINITY,
  ) {
    this.rate = this.start(startedAt);
  }

  /** Dies with what it had leased, and begins anew. */
  restart(): void {
    this.rate = this.start(performance.now());
  }

  stop(): void {
    this.isRunning = false;
  }

  /** Begins up to so many calls that arrive that much later. */
  send(calls: number, lateMs: number): number {
    let begun = 0;
    for (; begun < calls && this.isRunning; begun += 1) {
      const now = performance.now();
      if (!this.rate.admits(now, null, 'read-back')) {
        this.rate.refill(now, calls - begun);
        break;
      }
      this.rate.record(now, null);
      this.rate.refill(now, 0);
      setTimeout(this.arrived, lateMs);
    }
    return begun;
  }

  waitMs(): number {
    return this.rate.waitMs(performance.now(), null, 'read-back');
  }

  pause(ms: number): void {
    this.rate.pause(performance.now(), ms);
  }

  private start(startedAt: number): LeasedRate {
    const share = { key: 'shop https://api.example all', states: this.store, replicas: this.replicas, startedAt };
    return new LeasedRate(this.limit, share, { refilled: () => {}, paused: (ms) => this.pauses.push(ms) });
  }
}

/** The most calls in any window, and where it begins. */
function mostInAnyWindow(arrivals: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [index, time] of arrivals.entries()) {
    while ((arrivals[first] ?? 0) <= time - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a rate that processes share', () => {
  const limits: readonly Rate[] = [
    { calls: 1, seconds: 10 },
    { calls: 5, seconds: 10 },
    { calls: 10, seconds: 60 },
    { calls: 40, seconds: 1 },
    { calls: 100, seconds: 10 },
    { calls: 900, seconds: 60 },
  ];

  interface Tick {
    readonly wanted: readonly number[];
    readonly event: 'none' | 'slow' | 'gone' | 'answer lost' | 'well' | 'restart' | 'late';
    readonly who: number;
  }

  const ticks: fc.Arbitrary<readonly Tick[]> = fc.array(
    fc.record({
      wanted: fc.array(fc.constantFrom(0, 1, 3, 1_000), { minLength: 3, maxLength: 3 }),
      event: fc.oneof(
        { weight: 10, arbitrary: fc.constant('none' as const) },
        {
          weight: 1,
          arbitrary: fc.constantFrom<Tick['event'][]>('slow', 'gone', 'answer lost', 'well', 'restart', 'late'),
        },
      ),
      who: fc.nat(2),
    }),
    { minLength: 60, maxLength: 160 },
  );

  test('is never exceeded in any window, whoever dies, is late, or loses the store', async () => {
    let runs = 0;
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...limits), ticks, async (limit, story) => {
        const windowMs = limit.seconds * 1_000;
        const arrivals: number[] = [];
        const store = new SimulatedStore();
        const replicas = [0, 1, 2].map(() => new Replica(store, limit, 3, () => void arrivals.push(performance.now())));
        let lateMs = 0;
        for (const { wanted, event, who } of story) {
          if (event === 'restart') replicas[who]?.restart();
          else if (event === 'late') lateMs = windowMs * LATEST_PART;
          else if (event === 'slow') store.delayMs = windowMs / 7;
          else if (event === 'well') [store.fault, store.delayMs, lateMs] = ['none', 1, 0];
          else if (event !== 'none') store.fault = event;
          for (const [index, count] of wanted.entries()) replicas[index]?.send(count, lateMs);
          await jest.advanceTimersByTimeAsync(windowMs / 37);
        }
        await jest.advanceTimersByTimeAsync(windowMs);
        for (const replica of replicas) replica.stop();
        runs += 1;
        calls += arrivals.length;
        expect(mostInAnyWindow(arrivals, windowMs)).toBeLessThanOrEqual(limit.calls);
      }),
      { numRuns: 300 },
    );
    process.stdout.write(
      `Shared budgets: ${runs} runs of 3 processes, ${calls} calls, above the budget in any window: 0\n`,
    );
  });

  /** Sends all that may be sent; the share of the budget after the first window. Leases come round in 1.1 windows. */
  async function saturate(limit: Rate, replicas: readonly Replica[], arrivals: readonly number[]): Promise<number> {
    const windowMs = limit.seconds * 1_000;
    const end = performance.now() + 23 * windowMs;
    const from = performance.now() + windowMs;
    while (performance.now() < end) {
      for (const replica of replicas) replica.send(1_000, 0);
      await jest.advanceTimersByTimeAsync(Math.max(windowMs / 500, 2));
    }
    return arrivals.filter((time) => time >= from).length / (22 * limit.calls);
  }

  test.each(limits.slice(2).map((limit) => [`${limit.calls} calls in ${limit.seconds} s`, limit] as const))(
    'of %s is used well when all are busy',
    async (name, limit) => {
      const arrivals: number[] = [];
      const store = new SimulatedStore();
      const replicas = [0, 1, 2].map(() => new Replica(store, limit, 3, () => void arrivals.push(performance.now())));
      const used = await saturate(limit, replicas, arrivals);
      process.stdout.write(`Shared budgets: ${name}, 3 busy processes use ${used.toFixed(2)} of it\n`);
      expect(used).toBeGreaterThanOrEqual(0.88);
      expect(used).toBeLessThanOrEqual(1);
    },
  );

  test('leaves each process its own part while the store is gone, and is shared again after it', async () => {
    const limit = { calls: 120, seconds: 60 };
    const arrivals: number[] = [];
    const store = new SimulatedStore();
    store.fault = 'gone';
    const [replica] = [0].map(() => new Replica(store, limit, 3, () => void arrivals.push(performance.now())));
    replica?.send(1_000, 0);
    await jest.advanceTimersByTimeAsync(2_000);
    replica?.send(1_000, 0);
    await jest.advanceTimersByTimeAsync(10);
    expect(arrivals).toHaveLength(10);
    expect(replica?.waitMs()).toBeGreaterThan(0);
    store.fault = 'none';
    for (let each = 0; each < 30; each += 1) {
      replica?.send(1_000, 0);
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(arrivals.length).toBeGreaterThan(40);
  });

  test('is not asked for more than once a part of the window while little is sent', async () => {
    const store = new SimulatedStore();
    const replica = new Replica(store, { calls: 1_000, seconds: 60 }, 3, () => {});
    for (let each = 0; each < 60; each += 1) {
      replica.send(1, 0);
      await jest.advanceTimersByTimeAsync(1_000);
    }
    expect(store.changes).toBeLessThanOrEqual(21);
  });

  test('stands still everywhere when one process is told to pause', async () => {
    const limit = { calls: 100, seconds: 10 };
    const store = new SimulatedStore();
    const [told, other] = [0, 1].map(() => new Replica(store, limit, 2, () => {}));
    told?.pause(20_000);
    await jest.advanceTimersByTimeAsync(100);
    other?.send(1, 0);
    await jest.advanceTimersByTimeAsync(100);
    expect(other?.pauses.map((ms) => Math.round(ms / 1_000))).toEqual([20]);
  });
});
