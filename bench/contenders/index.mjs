import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenFor, writeConfig } from '../configured.mjs';
import { startProcess } from '../processes.mjs';
import { MERCHANT_ID } from '../upstream/records.mjs';

const flagship = readFileSync(new URL('../flagship.graphql', import.meta.url), 'utf8');

/** How each contender is started over an upstream, and how a customer asks it. */
export const contenders = {
  floor: {
    title: 'floor',
    start: (upstream, flags) => startProcess('./contenders/floor.mjs', { env: { UPSTREAM_URL: upstream }, flags }),
    request: (customer) => ({ path: '/', headers: { 'x-customer': customer } }),
  },
  sequentialFloor: {
    title: 'floor, one call after the other',
    start: (upstream) => startProcess('./contenders/floor.mjs', { env: { UPSTREAM_URL: upstream, SEQUENTIAL: 'yes' } }),
    request: (customer) => ({ path: '/', headers: { 'x-customer': customer } }),
  },
  ours: {
    title: 'upsell-graph',
    start: startOurs,
    request: async (customer) => ({
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(account(''), customer)}` },
      body: JSON.stringify({ query: flagship, variables: { first: 100 } }),
    }),
  },
};

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
  };
}

/** The built server with every guard on; only its budgets are out of reach. */
async function startOurs(upstream, flags = []) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
  const file = writeConfig(folder, account(upstream), { file: join(folder, 'ledger.db') });
  const running = await startProcess('../dist/main.js', { args: ['--config', file], flags });
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
