/**
 * CPU of four ways to decode the records of the flagship query, in one run. After a build and `npm ci` in `bench`:
 * `node bench/decoding/main.mjs`.
 */
import { deepStrictEqual } from 'node:assert';
import { median } from '../load.mjs';
import { print, toTable } from '../table.mjs';
import { recordsOf } from '../upstream/records.mjs';
import { combinators } from './combinators.mjs';
import { literals } from './literals.mjs';
import { withValibot } from './valibot.mjs';
import { withZod } from './zod.mjs';

const ways = { literals, 'generic combinators': combinators, 'valibot 1.5': withValibot, 'zod 4.6': withZod };
const SIZES = [20, 100];
const SHOPPERS = 16;
const ROUNDS = 9;
/** Before these V8 is still compiling. */
const WARM_UP_ROUNDS = 2;
const REQUESTS_PER_ROUND = 200;

for (const orders of SIZES) {
  const texts = Array.from({ length: SHOPPERS }, (_, index) => JSON.stringify(recordsOf(`${orders}x5-${index}`)));
  compare(JSON.parse(texts[0]));
  const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    for (const [name, way] of Object.entries(ways)) rounds[name].push(measure(way, texts));
  }
  const figures = Object.entries(rounds).map(([name, times]) => [name, median(times.slice(WARM_UP_ROUNDS))]);
  const [[, first]] = figures;
  print(`### ${orders} orders of 5 items\n`);
  print(
    toTable([
      ['', 'µs a request', '×'],
      ...figures.map(([name, us]) => [name, us.toFixed(0), (us / first).toFixed(1)]),
    ]),
  );
  print();
}

/** All ways must make the same of the same records. */
function compare(records) {
  const expected = decodeAll(literals, records);
  for (const way of Object.values(ways)) deepStrictEqual(decodeAll(way, records), expected);
}

function measure(way, texts) {
  const requests = texts.map((text) => JSON.parse(text));
  const before = process.cpuUsage();
  for (let request = 0; request < REQUESTS_PER_ROUND; request += 1) decodeAll(way, requests[request % SHOPPERS]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS_PER_ROUND;
}

function decodeAll({ order, item, subscription }, { orders, items, subscriptions }) {
  return [
    orders.map((row) => order(row)),
    items.map((row) => item(row)),
    subscriptions.map((row) => subscription(row)),
  ];
}
