import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenFor, writeConfig } from '../configured.mjs';
import { startProcess } from '../processes.mjs';
import { MERCHANT_ID } from '../upstream/records.mjs';

const flagship = readFileSync(new URL('../flagship.graphql', import.meta.url), 'utf8');
const hiveFlagship = readFileSync(new URL('./hive.graphql', import.meta.url), 'utf8');
const withoutFlags = new URL('../without-flags.mjs', import.meta.url).href;
const json = { 'content-type': 'application/json' };

/** How each contender is started over an upstream, how a customer asks it, and what is in its answer. */
export const contenders = {
  floor: {
    title: 'floor',
    start: starter('floor.mjs'),
    request: (customer) => ({ path: '/', headers: { 'x-customer': customer } }),
    ordersIn: ordersOfGraph,
  },
  sequentialFloor: {
    title: 'floor, one call after the other',
    start: starter('floor.mjs', { SEQUENTIAL: 'yes' }),
    request: (customer) => ({ path: '/', headers: { 'x-customer': customer } }),
    ordersIn: ordersOfGraph,
  },
  ours: ours('upsell-graph'),
  oursWithLargeYoungGeneration: ours('with `--max-semi-space-size=32`', { startFlags: ['--max-semi-space-size=32'] }),
  oursWithFreeGrowth: ours('without `--heap-growing-percent`', { without: '--heap-growing-percent' }),
  oursWithPretenuring: ours('without `--no-allocation-site-pretenuring`', {
    without: '--no-allocation-site-pretenuring',
  }),
  apollo: {
    title: 'Apollo Server by hand',
    start: starter('apollo.mjs'),
    request: (customer) => ({
      path: '/graphql',
      headers: { ...json, 'x-customer': customer },
      body: JSON.stringify({ query: flagship, variables: { first: 100 } }),
    }),
    ordersIn: ordersOfGraph,
  },
  hive: {
    title: 'Hive Gateway',
    start: starter('hive.mjs'),
    request: (customer) => ({
      path: '/graphql',
      headers: { ...json, 'x-customer': customer },
      body: JSON.stringify({ query: hiveFlagship, variables: { customer } }),
    }),
    ordersIn: ({ data }) =>
      data.listOrders.results.map(({ public_id: id, items }) => ({
        id,
        lines: items.map((item) => [item.public_id, item.subscriptionRecord?.public_id]),
      })),
  },
};

/** Identifiers as the upstream has them, so that all answers can be compared. */
function ordersOfGraph({ data }) {
  return data.upcomingOrders.nodes.map(({ providerId: id, lineItems }) => ({
    id,
    lines: lineItems.nodes.map((line) => [keyIn(line.id), line.subscription && keyIn(line.subscription.id)]),
  }));
}

function keyIn(globalId) {
  return Buffer.from(globalId, 'base64url').toString().split(':')[2];
}

function starter(script, more = {}) {
  return (upstream, flags) =>
    startProcess(`./contenders/${script}`, { env: { UPSTREAM_URL: upstream, ...more }, flags });
}

function account(baseUrl) {
  return {
    key: 'og',
    label: 'Bench',
    provider: 'ordergroove',
    baseUrl,
    merchantId: MERCHANT_ID,
    apiKey: 'bench',
    timeZone: 'America/Chicago',
    currency: 'USD',
    limits: { all: { parallel: 64, calls: 100_000, seconds: 1 }, pages: { parallel: 64 } },
  };
}

/** The built server as `npm start` starts it, with every guard on; only its limits of calls to a provider are out of reach. */
function ours(title, { startFlags = [], without = null } = {}) {
  const flags = without === null ? startFlags : [...startFlags, '--import', withoutFlags];
  const env = without === null ? {} : { WITHOUT_V8_FLAGS: without };
  return {
    title,
    start: (upstream) => startOurs(upstream, flags, env),
    request: async (customer) => ({
      path: '/graphql',
      headers: { ...json, authorization: `Bearer ${await tokenFor({ og: customer })}` },
      body: JSON.stringify({ query: flagship, variables: { first: 100 } }),
    }),
    ordersIn: ordersOfGraph,
  };
}

async function startOurs(upstream, flags, env) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
  const file = writeConfig(folder, [account(upstream)], { file: join(folder, 'ledger.db') });
  const running = await startProcess('../dist/main.js', { args: ['--config', file], flags, env });
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
