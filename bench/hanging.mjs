import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demoCheckouts } from '../dist/emulators/centra/scenarios/demo-checkouts.js';
import { tokenFor, writeConfig } from './configured.mjs';
import { loadSteadily, median, quantile, warmUp } from './load.mjs';
import { startProcess } from './processes.mjs';

const HANGING = 'og-us';

const queriesOfOthers = [
  '{ upcomingOrders(accountKeys: ["appstle-us"]) { nodes { id lineItems { nodes { id } } } sources { state } } }',
  '{ orderByProviderId(accountKey: "sc", providerId: "0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01") { id status } }',
];
/** An order can be read from Centra by whoever finished its checkout here. */
const completeCheckout = `mutation {
  completeCheckout(input: { accountKey: "centra-se", providerCheckoutId: "${demoCheckouts.first}", idempotencyKey: "finish-the-first-checkout", paymentFields: { klarna_order: "k-1" } }) {
    order { id }
  }
}`;
const queryOfHanging = `{ upcomingOrders(accountKeys: ["${HANGING}"]) { sources { state } } }`;

/** Requests a second: well below what the server could do, so that it is waiting for a provider that shows. */
const OTHERS_PER_SECOND = 150;
const CONCERNED_PER_SECOND = 20;
const CONCERNED_SHOPPERS = 20;

/** Short, so that a round sees both: calls that hang, and the circuit that opens after some of them. */
const TIMEOUT_MS = 2_000;

/**
 * How long queries for three providers take while a fourth hangs, beside how long they take otherwise. Both times as
 * many requests come, at the same pace, also for the fourth.
 */
export async function measureHanging({ rounds, seconds, warmUpSeconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-bench-'));
  const emulators = await startProcess('./upstream/emulators.mjs');
  const providers = await (await fetch(emulators.url)).json();
  const server = await startServer(folder, providers);
  const { others, concerned } = await requestsFor(server.url, providers);
  const faults = `${providers.find(({ account }) => account.key === HANGING).url}/__emulator/faults`;

  async function p99(expectedStates) {
    const states = new Set();
    const [latencies] = await Promise.all([
      loadSteadily(server.url, others, { perSecond: OTHERS_PER_SECOND, seconds, onAnswer: expectData }),
      loadSteadily(server.url, concerned, {
        perSecond: CONCERNED_PER_SECOND,
        seconds,
        onAnswer: (answer) => states.add(stateIn(answer)),
      }),
    ]);
    const unexpected = [...states].filter((state) => !expectedStates.includes(state));
    if (unexpected.length > 0) throw new Error(`The fourth provider was ${unexpected.join(', ')}.`);
    return quantile(latencies, 0.99);
  }

  const measured = { normal: [], hanging: [] };
  try {
    await warmUp(server.url, [...others, ...concerned], warmUpSeconds);
    for (let round = 0; round < rounds; round += 1) {
      measured.normal.push(await p99(['OK']));
      await send(faults, 'POST', { times: 'always', action: { kind: 'hang' } });
      measured.hanging.push(await p99(['FAILED', 'SKIPPED']));
      await send(faults, 'DELETE');
      await untilBack(server.url, concerned[0]);
    }
  } finally {
    await server.stop();
    await emulators.stop();
    rmSync(folder, { recursive: true });
  }
  const [normal, hanging] = [median(measured.normal), median(measured.hanging)];
  return { normal, hanging, ratio: hanging / normal };
}

function startServer(folder, providers) {
  const limits = { all: { parallel: 64, calls: 0 } };
  const accounts = providers.map(({ account }) => ({ ...account, limits, timeoutMs: TIMEOUT_MS }));
  const file = writeConfig(folder, accounts, { file: join(folder, 'ledger.db') });
  return startProcess('../dist/main.js', { args: ['--config', file] });
}

/** Those of the fourth provider come from many shoppers, whose equal reads are not joined. */
async function requestsFor(url, providers) {
  const customers = Object.fromEntries(providers.map(({ account, shopper }) => [account.key, shopper.customerId]));
  const token = await tokenFor(customers);
  const concerned = Array.from({ length: CONCERNED_SHOPPERS }, async (_, index) =>
    requestOf(queryOfHanging, await tokenFor({ [HANGING]: `${customers[HANGING]}-${index}` })),
  );
  const { order } = (await ask(url, requestOf(completeCheckout, token))).data.completeCheckout;
  const queries = [...queriesOfOthers, `{ order(id: "${order.id}") { id status } }`];
  return { others: queries.map((query) => requestOf(query, token)), concerned: await Promise.all(concerned) };
}

function requestOf(query, token) {
  return {
    path: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  };
}

function expectData(answer) {
  const isWhole = answer.errors === undefined && Object.values(answer.data).every((field) => field !== null);
  if (!isWhole) throw new Error(`A query for another provider was answered ${JSON.stringify(answer)}.`);
}

function stateIn({ data }) {
  return data.upcomingOrders.sources[0].state;
}

async function untilBack(url, request) {
  while (stateIn(await ask(url, request)) !== 'OK') await pause(200);
}

async function ask(url, { path, ...request }) {
  const response = await fetch(url + path, { method: 'POST', ...request });
  return response.json();
}

async function send(url, method, body) {
  await fetch(url, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}
