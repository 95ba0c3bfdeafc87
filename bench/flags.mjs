/** `npm run bench:flags`: what each V8 flag of the start gives on the Node that runs it. */
import { readOptions } from './arguments.mjs';
import { contenders } from './contenders/index.mjs';
import { measureReads } from './reads.mjs';
import { print, toTable } from './table.mjs';

const { seconds } = readOptions(
  { seconds: { type: 'string', default: '2' } },
  `npm run bench:flags [-- --seconds <how long each of five rounds takes, 2 if left out>]`,
);
const names = ['ours', 'oursWithLargeYoungGeneration', 'oursWithFreeGrowth', 'oursWithPretenuring'];

print(
  `Node ${process.version}, upstream at 20 ms, 16 connections: CPU of a request and peak memory beside the flags of the start.\n`,
);
for (const orders of [20, 100]) {
  const [all, ...rest] = await measureReads({
    orders,
    latencyMs: 20,
    names,
    connections: 16,
    rounds: 5,
    seconds: Number(seconds),
    warmUpSeconds: 5 * Number(seconds),
  });
  const rows = rest.map(({ name, cpuMs, peakMib }) => [
    contenders[name].title,
    (cpuMs / all.cpuMs).toFixed(2),
    (peakMib / all.peakMib).toFixed(2),
  ]);
  print(`${toTable([[`${orders} orders`, 'CPU ×', 'peak memory ×'], ...rows])}\n`);
}
