import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { contenders } from './contenders/index.mjs';
import { load, median, warmUp } from './load.mjs';
import { startProcess } from './processes.mjs';

const SIZES = [1, 10, 50, 100, 250, 500];
const ITEMS_PER_ORDER = 20;

/** One shopper with more and more orders, asked one request after the other; each size in a fresh process. */
export async function measureGrowth({ seconds, warmUpSeconds }) {
  const upstream = await startProcess('./upstream/main.mjs');
  const rows = [];
  for (const orders of SIZES) {
    const server = await contenders.ours.start(upstream.url);
    const request = await contenders.ours.request(`${orders}x${ITEMS_PER_ORDER}-0`);
    await warmUp(server.url, [request], warmUpSeconds);
    await upstream.ask({});
    const before = await server.usage();
    const { count, p50 } = await load(server.url, [request], seconds);
    const after = await server.usage();
    const { calls } = await upstream.ask({});
    const cpuMs = (after.cpuMs - before.cpuMs) / count;
    rows.push({ orders, items: orders * ITEMS_PER_ORDER, p50, cpuMs, peakMib: after.peakMib, calls: calls / count });
    await server.stop();
  }
  await upstream.stop();
  return rows;
}

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** From the command to its end, and from the command to the first answer. */
export async function measureStart(rounds) {
  const help = [];
  const ready = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    spawnSync(process.execPath, [main, '--help']);
    help.push(performance.now() - begun);
    const server = await contenders.ours.start('http://127.0.0.1:9');
    ready.push(server.startMs);
    await server.stop();
  }
  return { help: median(help), ready: median(ready) };
}
