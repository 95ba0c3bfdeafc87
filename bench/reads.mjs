import { deepStrictEqual } from 'node:assert';
import { contenders } from './contenders/index.mjs';
import { load, median, warmUp } from './load.mjs';
import { startProcess } from './processes.mjs';

const ITEMS_PER_ORDER = 5;

/**
 * Every contender under the same load: fresh processes, one shopper a connection, rounds that alternate between the
 * contenders so that a slow moment of the machine hits all, and medians of the rounds.
 */
export async function measureReads({ orders, latencyMs, connections, names, rounds, seconds, warmUpSeconds }) {
  const upstream = await startProcess('./upstream/main.mjs');
  const subjects = [];
  try {
    for (const name of names) subjects.push(await startSubject(name, upstream, { orders, connections }));
    compareAnswers(subjects);
    await upstream.ask({ latencyMs });
    for (const { url, requests } of subjects) await warmUp(url, requests, warmUpSeconds);
    for (let round = 0; round < rounds; round += 1) {
      for (const subject of subjects) subject.rounds.push(await measure(subject, upstream, seconds));
    }
    return subjects.map(({ name, rounds: measured }) => ({ name, ...mediansOf(measured) }));
  } finally {
    for (const subject of subjects) await subject.stop();
    await upstream.stop();
  }
}

async function startSubject(name, upstream, { orders, connections }) {
  const contender = contenders[name];
  const running = await contender.start(upstream.url);
  const shoppers = Array.from({ length: connections }, (_, index) => `${orders}x${ITEMS_PER_ORDER}-${index}`);
  const requests = await Promise.all(shoppers.map((shopper) => contender.request(shopper)));
  const [{ path, ...first }] = requests;
  const response = await fetch(running.url + path, { method: 'POST', ...first });
  return { ...running, name, requests, orders: contender.ordersIn(await response.json()), rounds: [] };
}

/** Whoever gives less may be faster: all must have found the same orders, lines and subscriptions. */
function compareAnswers([first, ...others]) {
  if (first.orders.length === 0) throw new Error('There are no orders to measure with.');
  for (const { name, orders } of others) deepStrictEqual(sorted(orders), sorted(first.orders), name);
}

function sorted(orders) {
  return [...orders].sort((left, right) => (left.id < right.id ? -1 : 1));
}

async function measure({ url, requests, usage }, upstream, seconds) {
  await upstream.ask({});
  const before = await usage();
  const { count, perSecond, p50, p99 } = await load(url, requests, seconds);
  const after = await usage();
  const { calls } = await upstream.ask({});
  return {
    perSecond,
    p50,
    p99,
    cpuMs: (after.cpuMs - before.cpuMs) / count,
    peakMib: after.peakMib,
    calls: calls / count,
  };
}

function mediansOf(rounds) {
  const figures = Object.keys(rounds[0]);
  return Object.fromEntries(figures.map((figure) => [figure, median(rounds.map((round) => round[figure]))]));
}
