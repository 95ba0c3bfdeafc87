import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tokenFor, writeConfig } from './configured.mjs';
import { load, median, warmUp } from './load.mjs';
import { startProcess } from './processes.mjs';

const HANGING = 'og-us';

const queries = [
  {
    query: '{ upcomingOrders(accounts: ["appstle-us"]) { nodes { id lineItems { nodes { id } } } sources { state } } }',
  },
  { query: '{ orderByProviderId(account: "sc", providerId: "0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01") { id status } }' },
  { query: '{ orderByProviderId(account: "centra-se", providerId: "1201") { id status } }' },
];

/** How long queries for three providers take while a fourth hangs, beside how long they take otherwise. */
export async function measureHanging({ rounds, seconds, warmUpSeconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
  const emulators = await startProcess('./upstream/emulators.mjs');
  const providers = await (await fetch(emulators.url)).json();
  const unlimited = { limits: { all: { parallel: 64, calls: 0 } } };
  const accounts = providers.map(({ account }) => ({ ...account, ...unlimited }));
  const server = await startProcess('../dist/main.js', {
    args: ['--config', writeConfig(folder, accounts, { file: join(folder, 'ledger.db') })],
  });
  const customers = Object.fromEntries(providers.map(({ account, shopper }) => [account.key, shopper.customerId]));
  const authorization = `Bearer ${await tokenFor(customers)}`;
  const ask = (body) => ({
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });
  const others = [...queries, ...queries].map(ask);
  const concerned = Array.from({ length: 4 }, () =>
    ask({ query: `{ upcomingOrders(accounts: ["${HANGING}"]) { nodes { id } } }` }),
  );

  /** Those who ask the fourth provider go on asking. */
  async function p99() {
    const [{ p99: ofOthers }] = await Promise.all([
      load(server.url, others, seconds),
      load(server.url, concerned, seconds),
    ]);
    return ofOthers;
  }

  const faults = `${providers.find(({ account }) => account.key === HANGING).url}/__emulator/faults`;
  const measured = { normal: [], hanging: [] };
  try {
    await warmUp(server.url, [...others, ...concerned], warmUpSeconds);
    for (let round = 0; round < rounds; round += 1) {
      measured.normal.push(await p99());
      await fetch(faults, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ times: 'always', action: { kind: 'hang' } }),
      });
      measured.hanging.push(await p99());
      await fetch(faults, { method: 'DELETE' });
    }
  } finally {
    await server.stop();
    await emulators.stop();
    rmSync(folder, { recursive: true });
  }
  const [normal, hanging] = [median(measured.normal), median(measured.hanging)];
  return { normal, hanging, ratio: hanging / normal };
}
