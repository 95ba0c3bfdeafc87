import { describe, expect, test } from '@jest/globals';
import { demoOrders } from '../../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { valueOf } from '../../support/provider-harness.js';
import {
  addOf,
  choose,
  CHEWS,
  CLOSED,
  DISCONTINUED,
  FILTERS,
  harness,
  ONE_TIME_ONLY,
  open,
  openAs,
  OUT_OF_STOCK,
  readOrder,
  UNASKED,
} from './harness.js';

describe('eligibility', () => {
  const ask = async (more: {
    order?: string;
    product?: string | null;
    subscribe?: boolean;
    quantity?: number;
    offerKey?: string;
  }) => {
    const source = open();
    const order = await readOrder(more.order ?? demoOrders.next, source);
    const product = more.product === undefined ? CHEWS : more.product;
    const item = product === null ? null : { ...choose(product), offerKey: more.offerKey ?? null };
    const question = { order, item, quantity: more.quantity ?? 1, subscribe: more.subscribe ?? false };
    return valueOf((await source.eligibility.check([question]))[0]);
  };
  const codes = ({ reasons }: Awaited<ReturnType<typeof ask>>) => reasons.map(({ code }) => code);

  test('what nothing forbids is eligible by rules', async () => {
    expect(await ask({})).toMatchObject({
      verdict: 'ELIGIBLE',
      basis: 'RULES',
      reasons: [],
      possibleModes: ['ONE_TIME', 'SUBSCRIPTION'],
    });
  });

  test.each([
    ['ORDER_LOCKED', { order: demoOrders.locked }],
    ['ORDER_NOT_OPEN', { order: demoOrders.placed }],
    ['ORDER_PROCESSING', { order: demoOrders.processing }],
    ['SUBSCRIPTION_PREPAID', { order: demoOrders.prepaid }],
    ['PRODUCT_UNAVAILABLE', { product: 'no such product' }],
    ['PRODUCT_UNAVAILABLE', { product: DISCONTINUED }],
    ['OUT_OF_STOCK', { product: OUT_OF_STOCK }],
    ['PRODUCT_NOT_ELIGIBLE', { product: CLOSED }],
    ['NO_SUBSCRIPTION_PLAN', { product: ONE_TIME_ONLY, subscribe: true }],
    ['QUANTITY_NOT_SUPPORTED', { quantity: 0 }],
    ['NOT_OFFERED', { offerKey: 'another-offer' }],
  ])('%s forbids it and says why', async (code, question) => {
    const answer = await ask(question);
    expect(answer.verdict).toBe('INELIGIBLE');
    expect(answer.reasons[0]).toMatchObject({ code, blocking: true });
    expect(answer.reasons[0]?.message).toMatch(/^[A-Z].*\.$/);
  });

  test('the offers host may know that a product is out of stock before the product list does', async () => {
    const set = { [`in_stock.${CHEWS}`]: false };
    harness.emulator.faults.add({ match: { path: '/offer/' }, action: { kind: 'patchBody', set } });
    expect((await ask({})).reasons).toMatchObject([{ code: 'OUT_OF_STOCK', evidence: 'in_stock = false' }]);
  });

  test('a product without a plan can still be bought once', async () => {
    expect((await ask({ product: ONE_TIME_ONLY, subscribe: true })).possibleModes).toEqual(['ONE_TIME']);
    expect((await ask({ product: ONE_TIME_ONLY })).verdict).toBe('ELIGIBLE');
  });

  test('what is on the order already is said, not forbidden', async () => {
    const answer = await ask({ product: FILTERS });
    expect([answer.verdict, codes(answer)]).toEqual(['CONDITIONAL', ['ALREADY_ON_ORDER']]);
  });

  test('the window closing and closed', async () => {
    const order = await readOrder(demoOrders.next);
    const closesAt = order.scheduled.at?.getTime() ?? 0;
    harness.emulator.clock.set(new Date(closesAt - 90_000), { frozen: true });
    expect(codes(await ask({}))).toEqual(['WINDOW_CLOSING']);
    harness.emulator.clock.set(new Date(closesAt - 30_000), { frozen: true });
    expect(codes(await ask({}))).toEqual(['WINDOW_CLOSED']);
  });

  test('a shop without an offer has nothing to add by', async () => {
    harness.emulator.faults.add({
      match: { path: '/offer/' },
      times: 'always',
      action: { kind: 'patchBody', set: { 'module_view.regular': '0' } },
    });
    const source = open({ without: ['offerId'] });
    const order = await readOrder(demoOrders.next, source);
    const question = { order, item: choose(CHEWS), quantity: 1, subscribe: false };
    expect(codes(valueOf((await source.eligibility.check([question]))[0]))).toEqual(['NO_OFFER']);
  });

  test('a read that fails makes it unknown, never a yes', async () => {
    harness.emulator.faults.add({
      match: { path: '^/products/' },
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const answer = await ask({});
    expect([answer.verdict, codes(answer)]).toEqual(['UNKNOWN', ['PROVIDER_UNAVAILABLE']]);
  });

  test('without the offers host the stock is not known, the groups of the product list decide, and a setting what no group means', async () => {
    harness.emulator.faults.add({
      match: { path: '/offer/' },
      times: 'always',
      action: { kind: 'status', status: 500 },
    });
    const verdict = async (emptyEligibilityGroups: 'eligible' | 'ineligible', product: string) => {
      const source = open({ settings: { emptyEligibilityGroups } });
      const order = await readOrder(demoOrders.next, source);
      const question = { order, item: choose(product), quantity: 1, subscribe: false };
      return valueOf((await source.eligibility.check([question]))[0]).verdict;
    };
    expect(await verdict('eligible', CHEWS)).toBe('UNKNOWN');
    expect(await verdict('ineligible', CHEWS)).toBe('INELIGIBLE');
    expect(await verdict('eligible', '44931275400005')).toBe('INELIGIBLE');
  });

  test('many questions are one round of reads', async () => {
    const source = open();
    const { items } = await source.upcomingOrders.list(harness.shopper, UNASKED);
    harness.calls();
    await source.eligibility.check(
      items.flatMap((order) =>
        [CHEWS, FILTERS, CLOSED].map((id) => ({ order, item: choose(id), quantity: 1, subscribe: false })),
      ),
    );
    expect(
      harness
        .calls()
        .map((call) => call.replace(/\/[0-9a-f]{32}/, ''))
        .toSorted(),
    ).toEqual(['GET /items/', 'GET /offers-host/offer/pdp', 'GET /products/', 'GET /subscriptions/']);
  });

  test('an order that takes nothing costs no read', async () => {
    const source = open();
    const order = await readOrder(demoOrders.locked, source);
    harness.calls();
    await source.eligibility.check([{ order, item: choose(CHEWS), quantity: 1, subscribe: false }]);
    expect(harness.calls()).toEqual([]);
  });
});

describe('preview and offers', () => {
  test('a preview is an estimate from the stated price', async () => {
    const preview = valueOf(await open().preview.preview(addOf({ quantity: 2 })));
    expect(preview).toMatchObject({ fidelity: 'ESTIMATED', quantity: 2, charge: { timing: 'WITH_UPCOMING_ORDER' } });
    const before = preview.order.totals?.total;
    expect(preview.lineTotal?.amount).toBe('43.98');
    expect(preview.orderTotalAfter?.amountMinor).toBe(before?.plus(before.with(4398n)).amountMinor);
  });

  test('one offer covers any product, on open orders only', async () => {
    const source = open();
    const [next, placed] = await source.orders.getMany([demoOrders.next, demoOrders.placed]);
    const [forNext, forPlaced] = await source.offers.forOrders([valueOf(next), valueOf(placed)]);
    expect(valueOf(forNext)).toMatchObject([{ product: null, purchaseModes: ['ONE_TIME', 'SUBSCRIPTION'] }]);
    expect(valueOf(forPlaced)).toEqual([]);
  });

  test('an offer that is not configured is looked up once, and then known', async () => {
    const connection = harness.connect({ without: ['offerId'] });
    const order = await readOrder(demoOrders.next);
    harness.calls();
    for (let round = 0; round < 3; round += 1) {
      const [offers] = await openAs(connection).offers.forOrders([order]);
      expect(valueOf(offers)).toHaveLength(1);
    }
    expect(harness.calls()).toHaveLength(1);
  });
});
