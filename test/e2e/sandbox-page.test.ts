import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoVariants,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import type { Json } from '../emulators/calls.js';
import { openSandbox, type Sandbox } from '../federation/sandbox.js';
import { orderId } from '../support/full-stack.js';
import { exampleOperations, exampleVariables } from '../schema/example-operations.js';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await openSandbox();
});

afterAll(() => sandbox.close());

interface Addition {
  readonly orderId: string;
  readonly item: object;
}

test('the example operations all succeed when they are run one after the other, as they stand in GraphiQL', async () => {
  const outcomes = new Map<string, unknown>();
  for (const [name, variables] of Object.entries(exampleVariables)) {
    const text = exampleOperations.find((each) => each.name === name)?.text ?? '';
    const answer = await sandbox.ask(text, Object(variables));
    const [result] = Object.values(Object(answer.at('data')));
    const { operation, errors = [] } = Object(result);
    outcomes.set(name, answer.at('errors') ?? [operation?.status ?? 'SUCCEEDED', ...errors]);
  }
  expect(outcomes).toEqual(new Map(Object.keys(exampleVariables).map((name) => [name, ['SUCCEEDED']])));
});

/** An order of the demo shopper and an item that can be added to it. */
const additions: Readonly<Record<string, () => Promise<Addition>>> = {
  'appstle-us': async () => ({
    orderId: orderId('appstle-us', `${demoContracts.coffee}/${demoAttempts.next}`),
    item: { providerProduct: { providerId: demoVariants.syrup, handle: demoHandles.syrup } },
  }),
  'centra-se': async () => {
    const answer = await sandbox.ask(
      'mutation ($input: CompleteCheckoutInput!) { completeCheckout(input: $input) { order { id } } }',
      {
        input: {
          accountKey: 'centra-se',
          providerCheckoutId: demoCheckouts.first,
          paymentFields: { klarna_order: 'demo' },
        },
      },
    );
    return {
      orderId: answer.text('data', 'completeCheckout', 'order', 'id'),
      item: { providerProduct: { providerId: '1001' } },
    };
  },
  'og-us': async () => ({
    orderId: orderId('og-us', demoOrders.next),
    item: { providerProduct: { providerId: '44931275400011' } },
  }),
  sc: async () => {
    const id = orderId('sc', sandboxOrders.coffee);
    const answer = await sandbox.ask('query ($id: ID!) { order(id: $id) { offers { id } } }', { id });
    return { orderId: id, item: { offerId: answer.text('data', 'order', 'offers', 0, 'id') } };
  },
};

describe.each(Object.keys(additions))('the commands of the sandbox page for %s', (account) => {
  let addition: Addition;

  beforeEach(async () => {
    await run(/^Start over/);
    addition = (await additions[account]?.()) ?? { orderId: '', item: {} };
  });

  async function run(purpose: RegExp): Promise<void> {
    const command = await sandbox.command(account, purpose);
    const [, url = '', body = ''] = /(http:\S+) .* -d '(.*)'$/.exec(command) ?? [];
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(answer.ok).toBe(true);
  }

  async function add(idempotencyKey: string): Promise<Json> {
    return sandbox.ask(
      `mutation ($input: AddUpsellItemInput!) {
        addUpsellItem(input: $input) { operation { status } errors { code message } }
      }`,
      { input: { idempotencyKey, ...addition } },
    );
  }

  async function countLines(): Promise<number> {
    const query = 'query ($id: ID!) { order(id: $id) { lineItems(first: 100) { nodes { id } } } }';
    return (await sandbox.ask(query, { id: addition.orderId })).rows('data', 'order', 'lineItems', 'nodes').length;
  }

  test('lose an answer, and the item is there once', async () => {
    const before = await countLines();
    await run(/^Lose the response/);
    const answer = await add(`lost-answer-at-${account}`);
    expect(answer.at('data', 'addUpsellItem')).toMatchObject({ operation: { status: 'SUCCEEDED' }, errors: [] });
    expect([await sandbox.struck(account), await countLines()]).toEqual([1, before + 1]);
  });

  test('refuse an item', async () => {
    const before = await countLines();
    await run(/^Refuse/);
    const answer = await add(`refused-item-at-${account}`);
    expect(answer.at('data', 'addUpsellItem', 'operation', 'status')).toBe('REJECTED');
    expect([await sandbox.struck(account), await countLines()]).toEqual([1, before]);
  });

  test('answer every read with an outage', async () => {
    await run(/^Fail every read/);
    const answer = await sandbox.ask('query ($id: ID!) { order(id: $id) { id } }', { id: addition.orderId });
    expect(answer.at('data', 'order')).toBeNull();
    expect(answer.at('errors', 0, 'extensions', 'code')).toBe('PROVIDER_UNAVAILABLE');
  });

  test('close windows', async () => {
    await run(/^Let a week pass/);
    const { orderId: id } = addition;
    const answer = await sandbox.ask('query ($id: ID!) { order(id: $id) { window { state } } }', { id });
    expect(answer.at('data', 'order', 'window', 'state')).toBe('CLOSED');
  });
});
