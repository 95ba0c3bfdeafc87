import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cuttableProxy, type CuttableProxy } from '../storage/cuttable-proxy.js';
import { freshDatabase, whenPostgres } from '../storage/postgres.js';

const BUDGET = { calls: 120, seconds: 2 };
const WINDOW_MS = BUDGET.seconds * 1_000;
const PROCESSES = 3;

whenPostgres('processes that share a budget on PostgreSQL', () => {
  const arrivals: number[] = [];
  const children: ChildProcess[] = [];
  const departures: number[] = [];
  const provider = createServer(({ url: target = '' }, response) => {
    arrivals.push(performance.now());
    departures.push(Number(new URL(target, 'http://provider.example').searchParams.get('left')));
    response.end('{}');
  });
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let proxy: CuttableProxy;
  let url: string;

  beforeAll(async () => {
    database = await freshDatabase();
    proxy = await cuttableProxy(database.url);
    provider.listen(0, '127.0.0.1');
    await once(provider, 'listening');
    url = `http://127.0.0.1:${Object(provider.address()).port}/`;
  });

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    provider.closeAllConnections();
    provider.close();
    await proxy.close();
    await database.drop();
  });

  /** Starts a process; the clocks of all are an hour apart. */
  async function start(index: number): Promise<ChildProcess> {
    const { calls, seconds } = BUDGET;
    const args = [url, proxy.url, calls, seconds, PROCESSES, index - 1].map(String);
    const child = spawn(process.execPath, ['test/outbound/spending-process.mjs', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  }

  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Waits until the provider was called that often more. */
  async function untilCalled(more: number): Promise<void> {
    const enough = arrivals.length + more;
    while (arrivals.length < enough) await sleep(20);
  }

  test('never exceed it in any window: killed, paused, with clocks hours apart, or without their database', async () => {
    const running = await Promise.all([0, 1, 2].map(start));
    await untilCalled(BUDGET.calls);
    const saturatedFrom = arrivals.length;
    const startedAt = performance.now();
    await untilCalled(3 * BUDGET.calls);
    const share = (((arrivals.length - saturatedFrom) / (performance.now() - startedAt)) * WINDOW_MS) / BUDGET.calls;
    for (let round = 0; round < 2; round += 1) {
      const [victim] = running.splice(0, 1);
      victim?.kill('SIGKILL');
      running.push(await start(round));
      await untilCalled(BUDGET.calls);
    }
    for (let round = 0; round < 4; round += 1) {
      const paused = running[round % PROCESSES];
      paused?.kill('SIGSTOP');
      await sleep(150 + round * 100);
      paused?.kill('SIGCONT');
      await sleep(50);
    }
    await untilCalled(BUDGET.calls);
    proxy.cut();
    const withoutDatabase = arrivals.length;
    await sleep(2 * WINDOW_MS);
    const ownParts = arrivals.length - withoutDatabase;
    proxy.restore();
    await untilCalled(BUDGET.calls);
    proxy.silence();
    await sleep(WINDOW_MS);
    proxy.restore();
    await untilCalled(BUDGET.calls);
    const most = mostInAnyWindow(departures.toSorted((a, b) => a - b));
    process.stdout.write(
      `Shared budget of ${BUDGET.calls} in ${BUDGET.seconds} s, ${PROCESSES} processes on PostgreSQL: ${arrivals.length} calls, ` +
        `at most ${most} in any window (${mostInAnyWindow(arrivals)} as they arrived), ${share.toFixed(2)} of it when all are busy, ${ownParts} in two windows without the database\n`,
    );
    expect(most).toBeLessThanOrEqual(BUDGET.calls);
    expect(ownParts).toBeGreaterThan(0);
  });

  function mostInAnyWindow(times: readonly number[]): number {
    let [most, first] = [0, 0];
    for (const [index, time] of times.entries()) {
      while ((times[first] ?? 0) <= time - WINDOW_MS) first += 1;
      most = Math.max(most, index - first + 1);
    }
    return most;
  }
});
