import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  demoVariants,
  demoHandles,
  demoAttempts,
  demoContracts,
} from '../../src/emulators/appstle/scenarios/demo-records.js';
import { demoCheckouts } from '../../src/emulators/centra/scenarios/demo-checkouts.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { sandboxOrders } from '../../src/emulators/surecart/scenarios/sandbox.js';
import { type FullStack, orderId, startFullStack, until } from '../support/full-stack.js';

const UPCOMING = `query ($accountKeys: [String!]) {
  viewer { customer { upcomingOrders(first: 50, accountKeys: $accountKeys) {
    sources { account { key } state problem { kind detail retryAt } }
    nodes { id lineItems(first: 20) { nodes { id } } }
  } } }
}`;

const ORDER = 'query ($id: ID!) { order(id: $id) { id } }';

const ADD = `mutation ($input: AddUpsellItemInput!) {
  addUpsellItem(input: $input) {
    operation { status }
    errors { __typename retry ... on ProviderError { problem { kind detail } } }
  }
}`;

let stack: FullStack;

/** State of each account's part of the list. */
async function sources(): Promise<Record<string, string>> {
  const data = await stack.data(UPCOMING);
  const rows = data.rows('viewer', 'customer', 'upcomingOrders', 'sources');
  return Object.fromEntries(rows.map((row) => [row.text('account', 'key'), row.text('state')]));
}

function always(provider: string, action: { kind: 'hang' } | { kind: 'status'; status: number }, match = {}) {
  stack.fixture(provider).emulator.faults.add({ match, times: 'always', action });
}

function slow(provider: string, milliseconds: number, match = {}) {
  stack.fixture(provider).emulator.faults.add({ match, times: 'always', action: { kind: 'delay', milliseconds } });
}

function ordergrooveOrder(key: string) {
  return orderId(stack.fixture('ordergroove').account, key);
}

function addToOrdergroove(idempotencyKey: string, key: string = demoOrders.next) {
  const item = { providerProduct: { providerId: '44931275400011' } };
  return { input: { idempotencyKey, orderId: ordergrooveOrder(key), item, ifPresent: 'ADD' } };
}

/** Keys of all accounts but that of one provider. */
function othersThan(provider: string): readonly string[] {
  return stack.fixtures.filter(({ name }) => name !== provider).map(({ account }) => account);
}

describe('a provider in trouble', () => {
  beforeAll(async () => {
    stack = await startFullStack({ settings: { ordergroove: { timeoutMs: 1_000 } } });
  });
  afterAll(() => stack.close());

  test('that fails again and again is not asked any more, says so, and comes back by itself', async () => {
    const healthy = await sources();
    expect(healthy).toMatchObject({ 'og-us': 'OK', 'appstle-us': 'OK' });
    always('ordergroove', { kind: 'status', status: 503 });
    const seen: string[] = [];
    await until(async () => {
      const states = await sources();
      for (const key of othersThan('ordergroove')) expect(states[key]).toBe(healthy[key]);
      seen.push(states['og-us'] ?? '');
      return states['og-us'] === 'SKIPPED';
    }, 'the circuit opens');
    expect(seen[0]).toBe('FAILED');

    stack.fixture('ordergroove').emulator.requests.clear();
    const skipped = (await stack.data(UPCOMING, { accountKeys: ['og-us'] })).rows(
      'viewer',
      'customer',
      'upcomingOrders',
    );
    expect(skipped).toEqual([]);
    const written = await stack.data(ADD, addToOrdergroove('not-sent-while-open'));
    expect(written.at('addUpsellItem')).toEqual({
      operation: { status: 'FAILED' },
      errors: [
        {
          __typename: 'ProviderError',
          retry: 'SAME_KEY',
          problem: { kind: 'UNAVAILABLE', detail: expect.stringContaining('was not asked') },
        },
      ],
    });
    const sent = stack.calls('ordergroove').filter((call) => !call.startsWith('GET'));
    expect(sent).toEqual([]);

    stack.fixture('ordergroove').emulator.faults.clear();
    await until(async () => (await sources())['og-us'] === 'OK', 'the circuit closes');
    const again = await stack.data(ADD, addToOrdergroove('not-sent-while-open'));
    expect(again.at('addUpsellItem', 'operation')).toEqual({ status: 'SUCCEEDED' });
  });
});

describe('a provider that hangs', () => {
  beforeAll(async () => {
    stack = await startFullStack({ settings: { ordergroove: { timeoutMs: 60_000 } } });
  });
  afterAll(() => stack.close());

  test('keeps nobody waiting who does not ask it', async () => {
    const clients = new AbortController();
    always('ordergroove', { kind: 'hang' });
    let answered = 0;
    const hanging = Array.from({ length: 50 }, async (_, each) => {
      const asking = { claims: { sub: `shopper-${each}` }, signal: clients.signal };
      await stack.data(UPCOMING, { accountKeys: ['og-us'] }, asking);
      answered += 1;
    });
    await until(() => stack.calls('ordergroove').length >= 50, 'the hanging provider is asked by many');
    for (let round = 0; round < 5; round += 1) {
      const data = await stack.data(UPCOMING, { accountKeys: othersThan('ordergroove') });
      const states = data.rows('viewer', 'customer', 'upcomingOrders', 'sources').map((row) => row.text('state'));
      // Nobody lists orders that were placed already.
      expect(new Set(states)).toEqual(new Set(['OK', 'NOT_APPLICABLE']));
      expect((await stack.data(ORDER, { id: orderId('sc', sandboxOrders.coffee) })).at('order')).not.toBeNull();
    }
    expect(answered).toBe(0);
    clients.abort();
    await Promise.allSettled(hanging);
  });
});

describe('answers that are no outage', () => {
  beforeAll(async () => {
    stack = await startFullStack({ only: ['ordergroove', 'surecart'] });
  });
  afterAll(() => stack.close());
  afterEach(() => stack.reset());

  test('one bad endpoint among good ones does not open the circuit', async () => {
    always('ordergroove', { kind: 'status', status: 500 }, { path: '^/items' });
    for (let round = 0; round < 6; round += 1) expect((await sources())['og-us']).toBe('OK');
  });

  test.each([400, 401, 403, 404, 409, 410, 422])('%s never opens the circuit', async (status) => {
    always('ordergroove', { kind: 'status', status });
    for (let round = 0; round < 8; round += 1) expect((await sources())['og-us']).not.toBe('SKIPPED');
    stack.fixture('ordergroove').emulator.faults.clear();
    expect((await sources())['og-us']).toBe('OK');
  });
});

describe('a client that goes away', () => {
  beforeAll(async () => {
    stack = await startFullStack({
      only: ['ordergroove', 'centra'],
      settings: { ordergroove: { timeoutMs: 60_000 }, centra: { timeoutMs: 10_000 } },
    });
  });
  afterAll(() => stack.close());
  afterEach(() => stack.reset());

  test('ends the reads made for it', async () => {
    always('ordergroove', { kind: 'hang' });
    const { emulator } = stack.fixture('ordergroove');
    const client = new AbortController();
    const asked = stack.data(UPCOMING, {}, { signal: client.signal });
    await until(() => emulator.requests.list().length > 0, 'the provider is asked');
    client.abort();
    await expect(asked).rejects.toThrow('abort');
    await until(() => emulator.requests.list().every(({ outcome }) => outcome === 'lost'), 'the reads are ended');
  });

  test('does not end a write that was sent: its outcome is on record', async () => {
    slow('ordergroove', 400, { method: 'POST' });
    const client = new AbortController();
    const asked = stack.data(ADD, addToOrdergroove('client-goes-away'), { signal: client.signal });
    await until(() => stack.calls('ordergroove').some((call) => call.startsWith('POST')), 'the write is sent');
    client.abort();
    await expect(asked).rejects.toThrow('abort');
    const find = 'query { operationByKey(idempotencyKey: "client-goes-away") { status } }';
    await until(
      async () => (await stack.data(find)).at('operationByKey', 'status') === 'SUCCEEDED',
      'the operation is settled',
    );
  });

  test('does not end the payment of a checkout: its terms are kept', async () => {
    slow('centra', 400, { path: 'payment-result' });
    const complete = `mutation ($input: CompleteCheckoutInput!) {
      completeCheckout(input: $input) { order { window { state } } errors { code } }
    }`;
    const input = {
      accountKey: 'centra-se',
      providerCheckoutId: demoCheckouts.first,
      idempotencyKey: 'finish-the-first-checkout',
      paymentFields: { klarna_order: 'k-1' },
    };
    const client = new AbortController();
    const asked = stack.data(complete, { input }, { signal: client.signal });
    await until(() => stack.calls('centra').some((call) => call.endsWith('payment-result')), 'the payment is sent');
    client.abort();
    await expect(asked).rejects.toThrow('abort');
    // The next order of the scenario.
    const find = 'query { orderByProviderId(accountKey: "centra-se", providerId: "1218") { window { state } } }';
    await until(
      async () => (await stack.data(find)).at('orderByProviderId', 'window', 'state') === 'OPEN',
      'the terms are known',
    );
    expect(stack.calls('centra').filter((call) => call.endsWith('payment-result'))).toHaveLength(1);
  });
});

describe('the limits of an account', () => {
  afterEach(() => stack.close());

  // Of the three calls a lone shopper may have two: the rest is kept for the next shopper.
  test('hold back dry runs before SureCart has to, and say when to come back', async () => {
    stack = await startFullStack({
      only: ['surecart'],
      settings: { surecart: { limits: { previews: { calls: 3, seconds: 600 } } } },
    });
    const offers = await stack.data('query ($id: ID!) { order(id: $id) { offers { id } } }', {
      id: orderId('sc', sandboxOrders.coffee),
    });
    const input = {
      orderId: orderId('sc', sandboxOrders.coffee),
      item: { offerId: offers.text('order', 'offers', 0, 'id') },
    };
    const preview = `query ($input: UpsellPreviewInput!) {
      upsellPreview(input: $input) { preview { id } errors { __typename ... on ProviderError { problem { kind retryAt } } } }
    }`;
    const answers = [];
    for (let round = 0; round < 3; round += 1) answers.push(await stack.data(preview, { input }));
    expect(answers.map((data) => data.at('upsellPreview', 'errors'))).toEqual([
      [],
      [],
      [{ __typename: 'ProviderError', problem: { kind: 'RATE_LIMITED', retryAt: expect.any(String) } }],
    ]);
    expect(stack.calls('surecart').filter((call) => call === 'POST /v1/line_items/upsell')).toHaveLength(2);
  });

  test('let so many calls run at the same time, and no more', async () => {
    stack = await startFullStack({
      only: ['ordergroove'],
      settings: { ordergroove: { limits: { all: { parallel: 2 } } } },
    });
    slow('ordergroove', 30);
    const keys = [demoOrders.next, demoOrders.later, demoOrders.shipping, demoOrders.locked, demoOrders.prepaid];
    const found = await Promise.all(keys.map((key) => stack.data(ORDER, { id: ordergrooveOrder(key) })));
    expect(found.map((data) => data.at('order'))).not.toContain(null);
    const log = stack.fixture('ordergroove').emulator.requests.list();
    const most = log.map(({ startedAt }) =>
      log.filter((other) => other.startedAt <= startedAt && startedAt < (other.finishedAt ?? Infinity)),
    );
    expect(Math.max(...most.map(({ length }) => length))).toBeLessThanOrEqual(2);
  });

  test('are fair: a shopper who asks for little does not wait for one who asks for much', async () => {
    stack = await startFullStack({
      only: ['ordergroove'],
      settings: { ordergroove: { limits: { all: { parallel: 1 } }, timeoutMs: 10_000 } },
    });
    slow('ordergroove', 50);
    const { next, ...others } = demoOrders;
    const greedy = Object.values(others).map((key) =>
      stack.data(ORDER, { id: ordergrooveOrder(key) }, { claims: { sub: 'greedy', customers: { 'og-us': 'greedy' } } }),
    );
    await until(() => stack.calls('ordergroove').length > 0, 'the first call is on its way');
    await stack.data(ORDER, { id: ordergrooveOrder(next) });
    const position = stack.calls('ordergroove').findIndex((call) => call.includes(next));
    expect(position).toBeGreaterThan(0);
    expect(stack.calls('ordergroove').length).toBeLessThan(greedy.length);
    await Promise.all(greedy);
    expect(stack.calls('ordergroove')).toHaveLength(greedy.length + 1);
  });

  test('keep Appstle to one writer per contract, whatever its orders', async () => {
    stack = await startFullStack({ only: ['appstle'], switches: { appstle: { writeDurationMs: 60 } } });
    const { emulator, account } = stack.fixture('appstle');
    const targets = [demoAttempts.next, demoAttempts.later, demoAttempts.last];
    const results = await Promise.all(
      targets.map((attempt) =>
        stack.data(ADD, {
          input: {
            idempotencyKey: `one-writer-${attempt}`,
            orderId: orderId(account, `${demoContracts.coffee}/${attempt}`),
            item: { providerProduct: { providerId: demoVariants.syrup, handle: demoHandles.syrup } },
          },
        }),
      ),
    );
    expect(results.map((data) => data.at('addUpsellItem', 'operation', 'status'))).toEqual(Array(3).fill('SUCCEEDED'));
    const writes = emulator.requests.list().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const write of writes.slice(1)) {
      const before = writes[writes.indexOf(write) - 1];
      expect(write.startedAt).toBeGreaterThanOrEqual(before?.finishedAt ?? Infinity);
    }
  });
});

describe('equal reads', () => {
  beforeAll(async () => {
    stack = await startFullStack({ only: ['ordergroove'] });
  });
  afterAll(() => stack.close());
  afterEach(() => stack.reset());

  test('of one shopper that run at the same time are made once, and never for another shopper', async () => {
    await stack.data(UPCOMING);
    const alone = stack.calls('ordergroove');
    stack.reset();
    slow('ordergroove', 2_000);
    const same = Array.from({ length: 5 }, () => stack.data(UPCOMING));
    const other = stack.data(UPCOMING, {}, { claims: { sub: 'stranger' } });
    const [first, ...rest] = await Promise.all([...same, other]);
    expect(first?.rows('viewer', 'customer', 'upcomingOrders', 'nodes').length).toBeGreaterThan(0);
    for (const data of rest) expect(data.value).toEqual(first?.value);
    expect([...stack.calls('ordergroove')].sort()).toEqual([...alone, ...alone].sort());
  });

  test('are made anew as soon as the first is answered', async () => {
    await stack.data(UPCOMING);
    const alone = stack.calls('ordergroove').length;
    await stack.data(UPCOMING);
    expect(stack.calls('ordergroove')).toHaveLength(alone * 2);
  });
});

describe('an account that keeps answers', () => {
  const staff = { sub: 'staff', kind: 'service', customers: {} } as const;
  const count = async (sub = 'shopper-1') => {
    stack.fixture('ordergroove').emulator.requests.clear();
    const data = await stack.data(UPCOMING, {}, { claims: { sub } });
    const items = data
      .rows('viewer', 'customer', 'upcomingOrders', 'nodes')
      .flatMap((node) => node.rows('lineItems', 'nodes'));
    return { calls: stack.calls('ordergroove').length, items: items.length };
  };

  beforeAll(async () => {
    stack = await startFullStack({ only: ['ordergroove'], settings: { ordergroove: { cacheSeconds: 300 } } });
  });
  afterAll(() => stack.close());

  test('asks once for each actor, and anew after a write by whomever', async () => {
    const first = await count();
    expect(first.calls).toBeGreaterThan(0);
    expect(await count()).toEqual({ calls: 0, items: first.items });
    // Another actor, though it is the same customer.
    expect(await count('other-device')).toEqual(first);

    for (const [index, writer] of [{ sub: 'shopper-1' }, { sub: 'other-device' }, staff].entries()) {
      const added = await stack.data(ADD, addToOrdergroove(`a-write-of-somebody-${index}`), { claims: writer });
      expect(added.at('addUpsellItem', 'operation', 'status')).toBe('SUCCEEDED');
      expect(await count()).toEqual({ calls: first.calls, items: first.items + index + 1 });
      expect(await count()).toEqual({ calls: 0, items: first.items + index + 1 });
    }
  });
});
