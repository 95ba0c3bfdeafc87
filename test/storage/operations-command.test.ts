import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../src/domain/operation.js';
import { openDataKey } from '../../src/storage/data-key.js';
import { openDatabase } from '../../src/storage/database.js';
import { createSqlLedger } from '../../src/storage/sql-ledger.js';
import { startProcess } from '../e2e/server-process.js';
import { unavailable } from '../operations/scripted-provider.js';

const folder = mkdtempSync(join(tmpdir(), 'upsell-graph-operations-'));
const file = join(folder, 'ledger.db');
const configuration = join(folder, 'upsell-graph.yaml');
const created = new Date(Date.now() - 3 * 3_600_000);

beforeAll(async () => {
  const accounts = [
    {
      key: 'og-us',
      provider: 'ordergroove',
      label: 'Ordergroove US',
      currency: 'USD',
      merchantId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      apiKey: 'key-never-shown',
    },
  ];
  const auth = { secret: 'a secret of at least thirty-two bytes', issuer: 'https://issuer.test', audience: 'upsell' };
  // JSON is YAML.
  writeFileSync(configuration, JSON.stringify({ auth, storage: { file }, accounts }));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function record(...operations: readonly Operation[]) {
  const database = await openDatabase({ url: null, file });
  const ledger = createSqlLedger(database, await openDataKey(database, { url: null, file }));
  for (const operation of operations) {
    await ledger.claim({ ...operation, status: 'PENDING' }, { forMs: 0 });
    await ledger.save(operation, { forMs: operation.settledAt ? null : 0 });
  }
  await database.destroy();
}

async function run(...parameters: readonly string[]) {
  const program = startProcess([...parameters, '--config', configuration], {}, folder);
  return { status: await program.ended(), output: program.output() };
}

describe('the command operations', () => {
  test('says so when there are none', async () => {
    expect(await run('operations')).toEqual({ status: 0, output: 'No such operations.\n' });
  });

  test('prints a line for each write, newest first, or only for those whose outcome is open', async () => {
    await record(settled, open);
    const all = await run('operations');
    expect(all.status).toBe(0);
    expect(table(all.output)).toEqual(
      [
        'operation    created                   age  account  kind              status         order    open step  problem',
        `operation-2  ${open.createdAt.toISOString()}  2h   og-us    ADD_UPSELL_ITEM   INDETERMINATE  order-2  add_item   UNAVAILABLE`,
        `operation-1  ${created.toISOString()}  3h   og-us    ADD_UPSELL_ITEM   SUCCEEDED      order-1  -          -`,
      ].map((line) => line.replaceAll(/ +/g, ' ')),
    );
    const unsettled = await run('operations', '--unsettled');
    expect(table(unsettled.output)).toEqual(table(all.output).slice(0, 2));
    expect(all.output).not.toContain('customer-1');
  });
});

/** Columns line up under their heads; here their widths do not matter. */
function table(output: string): readonly string[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' '));
}

const settled: Operation = {
  id: 'operation-1',
  kind: 'ADD_UPSELL_ITEM',
  status: 'SUCCEEDED',
  idempotencyKey: 'key-1',
  actorId: 'shopper-1',
  account: 'og-us',
  shopper: { customerId: 'customer-1', recognised: false },
  request: {
    kind: 'ADD_UPSELL_ITEM',
    orderKey: 'order-1',
    item: { offerKey: null, product: { id: 'product-1', handle: null, variantId: null } },
    quantity: 1,
    subscribe: null,
    ifPresent: 'REJECT',
    ifTargetMoved: 'REJECT',
  },
  inputHash: 'hash',
  effect: 'CHANGED',
  nextAction: null,
  history: [],
  lockName: null,
  lineName: null,
  progress: null,
  inFlightStep: null,
  plannedSteps: [{ name: 'add_item', expects: [] }],
  baseline: null,
  orderRef: { type: 'Order', account: 'og-us', key: 'order-1' },
  lineItemRef: { type: 'LineItem', account: 'og-us', key: 'line-1' },
  subscriptionRef: null,
  errors: [],
  differences: [],
  steps: [],
  createdAt: created,
  settledAt: created,
  version: 0,
};

const open: Operation = {
  ...settled,
  id: 'operation-2',
  status: 'INDETERMINATE',
  effect: 'UNKNOWN',
  idempotencyKey: 'key-2',
  inFlightStep: { name: 'add_item', sentAt: created, refusal: null, isRuledOut: false, seenClosedAt: null },
  orderRef: { type: 'Order', account: 'og-us', key: 'order-2' },
  lineItemRef: null,
  steps: [
    { name: 'add_item', outcome: 'UNKNOWN', startedAt: created, durationMs: 900, attempts: 1, problem: unavailable },
  ],
  createdAt: new Date(created.getTime() + 3_600_000),
  settledAt: null,
};
