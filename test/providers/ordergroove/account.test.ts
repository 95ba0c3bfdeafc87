import { describe, expect, test } from '@jest/globals';
import { validateSync } from 'class-validator';
import { plainToInstance } from 'class-transformer';
import { emulators } from '../../../src/emulators/index.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { OrdergrooveSettings } from '../../../src/providers/ordergroove/settings.js';
import { sign, signedAuthorization } from '../../../src/providers/ordergroove/signature.js';
import { sendSteps } from '../../support/write-steps.js';
import { addOf, AHEAD, harness, MONTHLY, open, openAs } from './harness.js';

describe('signing for a shopper', () => {
  const key = 'demo-storefront-key-0001';

  test('gives the documented signatures', () => {
    expect(sign(key, '8801234567890|1760000000')).toBe('G8vrNcHeZi3fumXOqY3NZNBzZoOjOfuD/1diPZGHqSc=');
    expect(sign(key, '8801234567890|recognized|1760000000')).toBe('ebbE5Y89n6PVLgCpzRP4ZSR4oW/e5T3/ukEyXZ1bkNM=');
    expect(sign(key, 'Ünïcode-7|1760000000')).toBe('B7lwpOysj1B7hb/x+uw3zrD7C//7TpFMKn5jpf9Dq34=');
  });

  test('puts a bare JSON object of plain characters into the header', () => {
    const signer = { merchantId: '0f1e2d3c4b5a69788796a5b4c3d2e1f0', storefrontKey: key };
    const at = new Date('2025-10-09T08:53:20.900Z');
    const header = signedAuthorization(signer, { customerId: 'Ünïcode-7', recognised: true }, at);
    expect(header).toMatch(/^[ -~]+$/);
    expect(JSON.parse(header)).toEqual({
      public_id: signer.merchantId,
      sig_field: 'Ünïcode-7',
      ts: 1760000000,
      sig: sign(key, 'Ünïcode-7|recognized|1760000000'),
      trust_level: 'recognized',
    });
  });
});

describe('settings', () => {
  const problemsOf = (settings: object) =>
    validateSync(plainToInstance(OrdergrooveSettings, settings)).flatMap(({ property, constraints }) =>
      Object.values(constraints ?? {}).map((message) => `${property}: ${message}`),
    );
  const merchantId = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

  test('one credential is enough and everything else has a default', () => {
    expect(problemsOf({ merchantId, apiKey: 'k' })).toEqual([]);
    expect(problemsOf({ merchantId, storefrontKey: 'k' })).toEqual([]);
  });

  test('of the sandbox entry are accepted', () => {
    const {
      key: _key,
      provider: _provider,
      label: _label,
      baseUrl: _url,
      currency: _currency,
      timeZone: _zone,
      ...own
    } = emulators.ordergroove.sandbox('http://127.0.0.1:4001').account;
    expect(problemsOf(own)).toEqual([]);
  });

  test('say clearly that a credential is missing', () => {
    expect(problemsOf({ merchantId })).toEqual(['merchantId: needs an `apiKey` or a `storefrontKey` beside it']);
  });

  test('refuse a merchant id of another shape, an hour outside placement and an unknown reading', () => {
    const found = problemsOf({ merchantId: 'ABC', apiKey: 'k', placementHour: 12, pagination: 'scroll' });
    expect(found.map((message) => message.split(':')[0])).toEqual(['merchantId', 'pagination', 'placementHour']);
  });
});

describe('credentials', () => {
  const storefront = { without: ['apiKey'] } as const;

  test('a storefront key reads and writes for its shopper without naming the customer', async () => {
    const connection = harness.connect(storefront);
    const source = openAs(connection);
    const { items } = await source.upcomingOrders.list(harness.shopper, AHEAD);
    expect((await source.lineItems.forOrders(items)).every(({ state }) => state === 'found')).toBe(true);
    expect(harness.emulator.requests.list().some(({ query }) => 'customer' in query)).toBe(false);
    expect((await sendSteps(() => openAs(connection).add, addOf())).answers[0]?.outcome).toBe('confirmed');
  });

  test('each request is signed at its own time, so that none is older than two hours', async () => {
    const connection = harness.connect(storefront);
    await openAs(connection).orders.getMany([demoOrders.next]);
    harness.emulator.clock.advance(3 * 60 * 60 * 1000);
    expect((await openAs(connection).orders.getMany([demoOrders.next]))[0]?.state).toBe('found');
  });

  test('a refused signature is made once more, a refused key is not', async () => {
    const refuse = () =>
      harness.emulator.faults.add({ match: { path: '^/orders/' }, action: { kind: 'status', status: 403, body: {} } });
    refuse();
    const signed = openAs(harness.connect(storefront));
    expect((await signed.orders.getMany([demoOrders.next]))[0]?.state).toBe('found');
    refuse();
    expect((await open().orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'FORBIDDEN' } });
  });

  test('a storefront key speaks for nobody when no customer is known, and nothing is sent', async () => {
    const source = openAs(harness.connect(storefront), null);
    expect((await source.orders.getMany([demoOrders.next]))[0]).toMatchObject({ problem: { kind: 'FORBIDDEN' } });
    expect(harness.calls()).toEqual([]);
  });

  test.each([storefront, {}])(
    'who is only recognised may see orders and add an item, and nothing else is sent',
    async (options) => {
      const connection = harness.connect(options);
      const source = () => openAs(connection, harness.shopper, true);
      const { items } = await source().upcomingOrders.list(harness.shopper, AHEAD);
      expect(items).toHaveLength(6);
      const lines = await source().lineItems.forOrders(items);
      expect(lines.every((each) => each.state === 'failed' && each.problem.kind === 'FORBIDDEN')).toBe(true);
      expect(harness.calls()).toEqual(['GET /orders/']);
      const added = await sendSteps(() => source().add, addOf());
      expect(added.answers[0]?.outcome).toBe('confirmed');
      const subscribing = await source().add.prepare(addOf({ subscribe: MONTHLY }));
      expect(subscribing).toMatchObject({
        refusal: { code: 'NOT_ELIGIBLE', message: 'Log in to subscribe to this item.' },
      });
      const removing = await source().remove.prepare({
        kind: 'REMOVE_UPSELL_ITEM',
        lineItemKey: demoOrders.oneTimeItem,
      });
      expect(removing).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE' } });
    },
  );
});
