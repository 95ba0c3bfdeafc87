/** `npm run bench:memory -- --minutes 10`: whether memory stays flat while the server works as hard as it can. */
import { readOptions } from './arguments.mjs';
import { contenders } from './contenders/index.mjs';
import { load, median } from './load.mjs';
import { startProcess } from './processes.mjs';
import { print } from './table.mjs';

const CONNECTIONS = 16;
const SAMPLES = 20;
/** Heaps grow to their working size first. */
const WARM_UP_SHARE = 0.25;
const FLAT_WITHIN = 1.1;

const { minutes } = readOptions({ minutes: { type: 'string', default: '10' } }, 'npm run bench:memory -- --minutes 10');
const seconds = (Number(minutes) * 60) / SAMPLES;

const upstream = await startProcess('./upstream/main.mjs');
const server = await contenders.ours.start(upstream.url);
const samples = [];
let answered = 0;
for (let sample = 0; sample < SAMPLES; sample += 1) {
  // Other shoppers each time, so that what is kept for one would add up.
  const shoppers = Array.from({ length: CONNECTIONS }, (_, index) => `20x5-${sample * CONNECTIONS + index}`);
  const { count } = await load(server.url, await Promise.all(shoppers.map(contenders.ours.request)), seconds);
  const { residentMib } = await server.usage();
  answered += count;
  samples.push(residentMib);
  print(`${(((sample + 1) * seconds) / 60).toFixed(1)} min: ${answered} requests, ${residentMib.toFixed(0)} MiB`);
}
await server.stop();
await upstream.stop();

const settled = samples.slice(Math.floor(SAMPLES * WARM_UP_SHARE));
const half = Math.floor(settled.length / 2);
const growth = median(settled.slice(half)) / median(settled.slice(0, half));
print(`The later half holds ${growth.toFixed(2)} × the memory of the earlier one, after a warm-up.`);
process.exitCode = growth <= FLAT_WITHIN ? 0 : 1;
