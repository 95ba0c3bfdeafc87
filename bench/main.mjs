/** `npm run bench`: every figure of docs/performance.md, on one machine in one run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readOptions } from './arguments.mjs';
import { contenders } from './contenders/index.mjs';
import { measureGrowth, measureStart } from './growth.mjs';
import { measureHanging } from './hanging.mjs';
import { measureWrites } from './ledger.mjs';
import { measureReads } from './reads.mjs';
import { print, toTable } from './table.mjs';
import { checkTargets } from './targets.mjs';

const usage = `npm run bench [-- --quick] [-- --write]
  --quick  20 orders only, short rounds: for a look while developing
  --write  puts the tables into docs/performance.md`;
const { quick, write } = readOptions({ quick: { type: 'boolean' }, write: { type: 'boolean' } }, usage);

const page = new URL('../docs/performance.md', import.meta.url);
const MARKS = ['<!-- measured by `npm run bench -- --write` -->', '<!-- end -->'];

const SIZES = quick ? [20] : [1, 20, 100];
const fullLoad = quick
  ? { rounds: 2, seconds: 1.5, warmUpSeconds: 5, connections: 16 }
  : { rounds: 5, seconds: 2, warmUpSeconds: 10, connections: 16 };
const oneByOne = quick
  ? { rounds: 2, seconds: 1, warmUpSeconds: 2, connections: 1 }
  : { rounds: 3, seconds: 2, warmUpSeconds: 6, connections: 1 };
const besideHanging = quick ? { rounds: 3, seconds: 4, warmUpSeconds: 4 } : { rounds: 5, seconds: 6, warmUpSeconds: 8 };

const sections = [];
const results = new Map();

section(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0].model}.`);
for (const orders of SIZES) await reads(orders, 0, fullLoad, ['floor', 'ours', 'apollo', 'hive']);
for (const orders of SIZES) await reads(orders, 20, oneByOne, ['floor', 'sequentialFloor', 'ours', 'apollo', 'hive']);
const hanging = await hangingProvider();
await writes();
if (!quick) await growth();
await start();
targets();
if (write) putIntoPage(sections.join('\n\n'));

function section(text) {
  sections.push(text);
  print(`${text}\n`);
}

async function reads(orders, latencyMs, times, names) {
  const rows = await measureReads({ orders, latencyMs, names, ...times });
  results.set(`${orders}/${latencyMs}`, rows);
  const [floor] = rows;
  const from = times.connections === 1 ? 'one connection' : `${times.connections} connections`;
  section(`### ${orders} ${orders === 1 ? 'order' : 'orders'} of 5 items, upstream at ${latencyMs} ms, ${from}

${toTable([
  ['', 'requests/s', '× floor', 'p50 ms', 'p99 ms', 'CPU ms', '× floor', 'peak MiB', '× floor', 'calls'],
  ...rows.map((row) => [
    contenders[row.name].title,
    row.perSecond.toFixed(0),
    (row.perSecond / floor.perSecond).toFixed(2),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.cpuMs.toFixed(2),
    (row.cpuMs / floor.cpuMs).toFixed(2),
    row.peakMib.toFixed(0),
    (row.peakMib / floor.peakMib).toFixed(2),
    row.calls.toFixed(1),
  ]),
])}`);
}

async function hangingProvider() {
  const measured = await measureHanging(besideHanging);
  section(`### One of four providers hangs

p99 of queries for the other three: ${measured.normal.toFixed(1)} ms otherwise, ${measured.hanging.toFixed(1)} ms while it hangs. Less than before is noise, not a gain.`);
  return measured;
}

async function writes() {
  const { rows, saves, rounds } = await measureWrites(quick ? 3 : 15);
  const [{ http: httpInMemory }] = rows;
  section(`### \`addUpsellItem\` by ledger

Each write makes ${saves + 1} transactions: claim and lock, ${saves} saves, of which the last unlocks. Medians of ${rounds} alternating rounds, in ms.

${toTable([
  ['ledger', 'ledger alone', 'over HTTP', '× memory', 'added over HTTP'],
  ...rows.map(({ name, bare, http }) => [
    name,
    bare.toFixed(2),
    http.toFixed(2),
    (http / httpInMemory).toFixed(2),
    `${Math.round(((http - httpInMemory) / http) * 100)} %`,
  ]),
])}`);
}

async function growth() {
  const rows = await measureGrowth({ seconds: 4, warmUpSeconds: 8 });
  section(`### Growth: orders of 20 items, one connection

${toTable([
  ['orders', 'items', 'p50 ms', 'CPU ms', 'CPU µs an item', 'peak MiB', 'calls'],
  ...rows.map(({ orders, items, p50, cpuMs, peakMib, calls }) => [
    orders,
    items,
    p50.toFixed(1),
    cpuMs.toFixed(1),
    ((cpuMs * 1_000) / items).toFixed(0),
    peakMib.toFixed(0),
    calls.toFixed(0),
  ]),
])}`);
}

async function start() {
  const { help, ready } = await measureStart(quick ? 1 : 5);
  section(`### Start

\`--help\` is there after ${help.toFixed(0)} ms, the first answer of the server after ${ready.toFixed(0)} ms.`);
}

function targets() {
  section(`### Targets

${toTable([
  ['', 'aimed at', 'measured', ''],
  ...checkTargets(results, hanging).map(({ what, bound, measured, isMet }) => [
    what,
    bound,
    `${measured.toFixed(2)} ×`,
    isMet ? 'met' : 'missed',
  ]),
])}`);
}

function putIntoPage(text) {
  const [begin, end] = MARKS;
  const [before, rest] = readFileSync(page, 'utf8').split(begin);
  const [, after] = rest.split(end);
  writeFileSync(page, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
