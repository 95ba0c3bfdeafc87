import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../../src/domain/account.js';
import { problem, ProviderFailure } from '../../../src/domain/problem.js';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { createAccountCache } from '../../../src/providers/ordergroove/account-cache.js';
import { readItemsOfOrder } from '../../../src/providers/ordergroove/items.js';
import { offersBaseUrlOf, type OrdergrooveSettings } from '../../../src/providers/ordergroove/settings.js';
import { valueOf } from '../../support/provider-harness.js';
import { AHEAD, CHEWS, choose, FILTERS, harness, open } from './harness.js';

describe('the items of one order', () => {
  /** `refuses`: the reading of the documentation that this key's permissions do not allow. */
  function keyThat(refuses: 'named' | 'unnamed' | 'neither' | 'both', status = 403) {
    const asked: string[] = [];
    const cache = createAccountCache(() => new Date());
    const client = {
      namesCustomer: true,
      async *itemsOfOrder(_order: string, _customer: string | null, isNarrowed: boolean) {
        const reading = isNarrowed ? 'named' : 'unnamed';
        asked.push(reading);
        if (refuses === reading || refuses === 'both') {
          throw new ProviderFailure(problem('FORBIDDEN', 'No.', { httpStatus: status }));
        }
        yield { rows: [{ public_id: 'item' }], next: null };
      },
    };
    return {
      asked,
      read: (customerId: string | null = 'c') => readItemsOfOrder(client, cache, { orderId: 'o', customerId }),
    };
  }

  test.each([
    ['neither', 403, ['named', 'named']],
    ['unnamed', 403, ['named', 'named']],
    ['named', 403, ['named', 'unnamed', 'unnamed']],
    ['named', 400, ['named', 'unnamed', 'unnamed']],
  ] as const)('are read by a key that refuses %s with %i, which is remembered', async (refuses, status, calls) => {
    const { asked, read } = keyThat(refuses, status);
    expect([await read(), await read()]).toEqual([[{ public_id: 'item' }], [{ public_id: 'item' }]]);
    expect(asked).toEqual(calls);
  });

  test('fail when both are refused, and are asked for once where no customer is known or it is down', async () => {
    await expect(keyThat('both').read()).rejects.toMatchObject({ problem: { httpStatus: 403 } });
    const unknown = keyThat('neither');
    await unknown.read(null);
    expect(unknown.asked).toEqual(['unnamed']);
    const down = keyThat('named', 503);
    await expect(down.read()).rejects.toMatchObject({ problem: { httpStatus: 503 } });
    expect(down.asked).toEqual(['named']);
  });
});

describe('the offers host', () => {
  test.each([
    ['https://restapi.ordergroove.com', undefined, 'https://offers.ordergroove.com'],
    ['https://staging.restapi.ordergroove.com', undefined, 'https://staging.offers.ordergroove.com'],
    ['http://127.0.0.1:4001', undefined, 'https://offers.ordergroove.com'],
    ['https://staging.restapi.ordergroove.com', 'https://offers.example/', 'https://offers.example'],
  ])('of %s and the setting %s is %s', (baseUrl, offersBaseUrl, expected) => {
    const settings = { merchantId: 'm', ...(offersBaseUrl !== undefined && { offersBaseUrl }) };
    expect(offersBaseUrlOf({ baseUrl, settings } as Account<OrdergrooveSettings>)).toBe(expected);
  });

  test('is remembered by product: "no offer" for one refuses no other', () => {
    let now = 0;
    const cache = createAccountCache(() => new Date(now));
    cache.noteOffer(['refused'], null);
    expect([cache.offerId(['refused']), cache.offerId(['other']), cache.offerId([])]).toEqual([
      null,
      undefined,
      undefined,
    ]);
    cache.noteOffer(['a', 'b'], null);
    expect(cache.offerId(['a'])).toBeUndefined();
    cache.noteOffer(['a', 'b'], 'offer-1');
    expect([cache.offerId(['a']), cache.offerId(['b', 'a']), cache.offerId(['a', 'refused'])]).toEqual([
      'offer-1',
      'offer-1',
      undefined,
    ]);
    now = 5 * 60_000;
    expect(cache.offerId(['a'])).toBeUndefined();
  });

  test('that hangs costs a judgement a fraction of its time, where the offer is known', async () => {
    harness.emulator.faults.add({ match: { path: '^/offer/' }, times: 'always', action: { kind: 'hang' } });
    const source = open({ timeoutMs: 20_000, settings: { offerId: 'a-known-offer' } });
    const order = valueOf((await source.orders.getMany([demoOrders.next]))[0]);
    const begunAt = performance.now();
    const [answer] = await source.eligibility.check([{ order, item: choose(CHEWS), quantity: 1, subscribe: false }]);
    expect(valueOf(answer).verdict).not.toBe('INELIGIBLE');
    expect(performance.now() - begunAt).toBeLessThan(10_000);
  });
});

describe('subscriptions', () => {
  const filters = () =>
    harness.emulator.requests
      .list()
      .filter(({ path }) => path === '/subscriptions/')
      .map(({ query }) => query['live'] ?? null);

  test('that have ended are read only for the list of all', async () => {
    const source = open();
    const order = valueOf((await source.orders.getMany([demoOrders.next]))[0]);
    await source.eligibility.check([{ order, item: choose(FILTERS), quantity: 1, subscribe: false }]);
    await open().upcomingOrders.list(harness.shopper, AHEAD);
    expect(new Set(filters())).toEqual(new Set(['true']));
    await open().subscriptions.listFor(harness.shopper);
    expect(filters()).toContain(null);
  });
});

describe('subscribing to what recurs on the order already', () => {
  test('is flagged', async () => {
    const source = open();
    const order = valueOf((await source.orders.getMany([demoOrders.next]))[0]);
    const lines = valueOf((await source.lineItems.forOrders([order]))[0]);
    const recurring = lines.find(({ purchaseMode }) => purchaseMode === 'SUBSCRIPTION');
    const item = choose(recurring?.product.providerId ?? '');
    const [answer] = await source.eligibility.check([{ order, item, quantity: 1, subscribe: true }]);
    expect(valueOf(answer).reasons).toContainEqual(
      expect.objectContaining({ code: 'ALREADY_ON_ORDER', evidence: 'subscription is set', blocking: false }),
    );
  });
});
