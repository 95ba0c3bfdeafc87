import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { emulators } from '../../src/emulators/index.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { demoOrder, demoVariants } from '../../src/emulators/recharge/scenarios/demo-records.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { caller, Json } from '../emulators/calls.js';
import { type FullStack, orderId, startFullStack, until } from '../support/full-stack.js';
import { dialectOf } from './deliveries.js';

const DEADLINE_MS = 1_500;
/** The provider applies the write after the request for it has ended. */
const LATE_SECONDS = 2;
const SETTLED_WITHIN_MS = 2_000;

interface Write {
  readonly mutation: string;
  readonly input: object;
  /** The request whose answer is lost; that which adds an item when absent. */
  readonly match?: object;
}

/** Events of each provider tell of what these writes do; Appstle announces no one-time items. */
const writes: Readonly<Record<string, () => Promise<Write>>> = {
  async ordergroove() {
    const item = { providerProduct: { providerId: '44931275400013' } };
    return { mutation: 'addUpsellItem', input: { orderId: orderId('og-us', demoOrders.next), item } };
  },
  async surecart() {
    const order = orderId('sc', sandboxOrders.coffee);
    const { offers } = await record('order(id: $id) { offers { id } }', order);
    return { mutation: 'addUpsellItem', input: { orderId: order, item: { offerId: offers?.[0]?.id } } };
  },
  async centra() {
    const { emulator, account, shopper } = stack.fixture('centra');
    const asked = await caller(emulator.url)('POST', '/__emulator/checkouts', {
      customer: shopper,
      items: ['1004-1'],
    });
    const selection = asked.json.text('selection');
    const finished = await write('completeCheckout', {
      accountKey: account,
      providerCheckoutId: selection,
      paymentFields: { klarna_order: selection },
    });
    const item = { providerProduct: { providerId: '1001' } };
    return { mutation: 'addUpsellItem', input: { orderId: finished.text('order', 'id'), item } };
  },
  async recharge() {
    const item = { providerProduct: { providerId: demoVariants.syrup } };
    return { mutation: 'addUpsellItem', input: { orderId: orderId('recharge-us', demoOrder('next')), item } };
  },
  async appstle() {
    const order = orderId('appstle-us', dialectOf('appstle').order.key);
    const { lineItems } = await record('order(id: $id) { lineItems { nodes { id purchaseMode } } }', order);
    const line = lineItems?.nodes.find(({ purchaseMode }) => purchaseMode === 'ONE_TIME');
    const subscribe = { frequency: { every: 1, unit: 'MONTH' } };
    return {
      mutation: 'convertToSubscription',
      input: { lineItemId: line?.id, subscribe },
      match: { path: '/replace-variants' },
    };
  },
};
const names = Object.keys(writes);

let stack: FullStack;

function sandboxOf(name: string) {
  const definition = emulators[name as keyof typeof emulators];
  return definition.sandbox('http://127.0.0.1:1');
}

beforeAll(async () => {
  stack = await startFullStack({
    only: names,
    settings: Object.fromEntries(names.map((name) => [name, { webhookSecrets: [sandboxOf(name).webhooks?.secret] }])),
    groups: { observability: { metrics: true } },
    // Nothing but a webhook wakes recovery.
    parts: { writeTiming: { deadlineMs: DEADLINE_MS, recoveryIntervalMs: 3_600_000 } },
  });
});

afterAll(() => stack.close());

interface Found {
  readonly offers?: readonly { readonly id: string }[];
  readonly lineItems?: { readonly nodes: readonly { readonly id: string; readonly purchaseMode: string }[] };
}

async function record(selection: string, id: string): Promise<Found> {
  const { data } = await stack.ask<{ order: Found }, object>(`query ($id: ID!) { ${selection} }`, { id });
  if (!data?.order) throw new Error('there is no such order');
  return data.order;
}

async function write(mutation: string, input: object): Promise<Json> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { order { id } operation { id status } errors { code message } } }`;
  const answer = await stack.data(query, { input: { idempotencyKey: randomUUID(), ...input } });
  return new Json(answer.at(mutation));
}

describe('a webhook about an order', () => {
  test.each(names)('settles a write whose answer was lost, at %s', async (name) => {
    const { emulator, account } = stack.fixture(name);
    const { targets, webhooks } = sandboxOf(name);
    const control = (method: string, path: string, body?: object) =>
      caller(emulator.url)(method, `/__emulator/${path}`, body);
    const prepared = await writes[name]?.();
    if (!prepared) throw new Error(`there is no write for ${name}`);
    const { mutation, input, match = targets.addition } = prepared;
    await control('POST', 'webhooks', { url: `${stack.url}/webhooks/${account}`, ...webhooks?.settings });
    await control('POST', 'faults', {
      match,
      action: { kind: 'applyLate', seconds: LATE_SECONDS, answer: 'reset' },
    });
    const heardBefore = await heard(account);
    const payload = await write(mutation, input);
    expect([payload.text('operation', 'status'), payload.rows('errors').map((each) => each.text('code'))]).toEqual([
      'INDETERMINATE',
      ['OUTCOME_UNKNOWN'],
    ]);

    // A request lets the emulator do what is due; it tells of that by itself.
    await until(async () => {
      await control('GET', 'state');
      return (await heard(account)) > heardBefore;
    }, 'a webhook arrived');
    const arrivedAt = performance.now();
    const operation = async () =>
      (
        await stack.data('query ($id: ID!) { operation(id: $id) { status history { status cause } } }', {
          id: payload.text('operation', 'id'),
        })
      ).rows('operation', 'history');
    await until(async () => {
      // What a provider does some seconds later, such as to rebuild an order, it tells of as well.
      await control('GET', 'state');
      return (await operation()).at(-1)?.at('status') === 'SUCCEEDED';
    }, 'it was settled');
    expect(performance.now() - arrivedAt).toBeLessThan(SETTLED_WITHIN_MS);
    expect((await operation()).at(-1)?.at('cause')).toBe('WEBHOOK');
  });
});

async function heard(account: string): Promise<number> {
  const metrics = await (await fetch(`${stack.url}/metrics`)).text();
  const line = new RegExp(`^upsell_webhooks_total\\{.*account="${account}".*outcome="accepted".*\\} (\\d+)$`, 'm');
  return Number(line.exec(metrics)?.[1] ?? 0);
}
