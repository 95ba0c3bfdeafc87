import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Transport } from '../../../src/domain/transport.js';
import type { ConvertItem } from '../../../src/domain/write.js';
import { demoCheckouts } from '../../../src/emulators/centra/scenarios/demo-checkouts.js';
import type { CentraSettings } from '../../../src/providers/centra/settings.js';
import { firstDelivery } from '../../../src/providers/centra/writers/first-delivery.js';
import { caller } from '../../emulators/calls.js';
import {
  choose,
  codes,
  finish,
  harness,
  judge,
  linesOf,
  NEWCOMER,
  type OpenOptions,
  ready,
  SHOPPER,
} from './harness.js';

describe('subscribing afterwards', () => {
  beforeAll(() => harness.restart('sandbox'));

  const convert = (lineItemKey: string, more: Partial<ConvertItem> = {}): ConvertItem => ({
    kind: 'CONVERT_TO_SUBSCRIPTION',
    lineItemKey,
    frequency: { every: 1, unit: 'MONTH' },
    offerKey: null,
    ...more,
  });

  async function coffeeLine(checkout: string = demoCheckouts.coffee, options: OpenOptions = {}) {
    harness.restart('sandbox');
    const order = await finish(checkout, options);
    const line = (await linesOf(order, harness.open(options))).find(({ product }) => product.providerId === '1004');
    return line?.ref.key ?? '';
  }

  test('joins a contract the customer has, and leaves the order as it is', async () => {
    const line = await coffeeLine();
    harness.calls();
    const { operation, errors } = await harness.write(convert(line));
    expect(errors).toEqual([]);
    expect(operation).toMatchObject({ status: 'SUCCEEDED', differences: [] });
    expect(harness.calls().filter((call) => call.endsWith('/subscription'))).toHaveLength(1);
    const listing = await harness.open().subscriptions?.listFor(SHOPPER);
    const created = listing?.items.find(({ ref }) => ref.key === operation?.subscriptionRef?.key);
    expect(created).toMatchObject({
      status: 'ACTIVE',
      customerId: SHOPPER,
      terms: { deliveryFrequency: { every: 1, unit: 'MONTH' } },
      lines: [{ product: { providerId: '1004' }, quantity: 1, unitPrice: null }],
    });
    const [order] = line.split('/');
    expect((await linesOf(order ?? ''))[0]?.purchaseMode).toBe('ONE_TIME');
  });

  test('finds a lost answer, and sends nothing twice', async () => {
    const line = await coffeeLine();
    harness.emulator.faults.add({ match: { path: '/subscription$' }, action: { kind: 'applyThenReset' } });
    harness.calls();
    expect((await harness.write(convert(line))).operation?.status).toBe('SUCCEEDED');
    expect(harness.calls().filter((call) => call.endsWith('/subscription'))).toHaveLength(1);
    const listing = await harness.open().subscriptions?.listFor(SHOPPER);
    expect(listing?.items).toHaveLength(3);
  });

  const missing = async (line: string, more: Partial<ConvertItem> = {}, customer: string | null = SHOPPER) => {
    const { errors } = await harness.write(convert(line, more), { customerId: customer });
    const [error] = errors;
    if (error?.code !== 'NOT_ELIGIBLE') throw new Error(`unexpected ${JSON.stringify(error)}`);
    return error.reasons.map(({ code, evidence, remedy }) => [code, evidence, remedy]);
  };

  test('says what is missing: a login', async () => {
    expect(await missing(await coffeeLine(), {}, null)).toEqual([
      ['NOT_PERMITTED', 'no customer is logged in', 'LOG_IN'],
    ]);
  });

  test('says what is missing: a plan of that frequency, or any', async () => {
    const line = await coffeeLine();
    const yearly = await missing(line, { frequency: { every: 1, unit: 'YEAR' } });
    expect(yearly).toEqual([['NO_SUBSCRIPTION_PLAN', 'plans: 1 (1 MONTH), 2 (2 WEEK)', null]]);
    const order = line.split('/')[0] ?? '';
    const shirt = (await linesOf(order)).find(({ product }) => product.providerId === '1003');
    expect(await missing(shirt?.ref.key ?? '')).toEqual([['NO_SUBSCRIPTION_PLAN', 'subscriptionPlans = []', null]]);
  });

  test('says what is missing: a contract, its payment, or one for this country', async () => {
    const shopper = { customerId: NEWCOMER };
    const line = await coffeeLine(demoCheckouts.newcomer, shopper);
    expect(await missing(line, {}, NEWCOMER)).toEqual([['NO_SUBSCRIPTION', 'no contract', 'PLACE_NEW_ORDER']]);

    const own = await coffeeLine();
    const shop = caller(harness.emulator.url, { 'api-authorization': 'demo-shared-secret-0001' });
    const { json } = await shop('POST', `/api/shop/customers/${SHOPPER}/subscriptions`);
    const subscription = json.at('contracts', 0, 'subscriptions', 0, 'subscription');
    await shop('PUT', '/api/shop/subscription/status', { subscription, status: 'cancelled' });
    expect(await missing(own)).toEqual([
      ['PAYMENT_METHOD_NOT_USABLE', 'no contract with an active payment', 'PLACE_NEW_ORDER'],
    ]);

    harness.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, market: 'de', items: ['1004-1'] });
    const german = (await linesOf(await finish(selection)))[0]?.ref.key ?? '';
    expect(await missing(german)).toEqual([['NO_SUBSCRIPTION', 'country of the order = DE', 'PLACE_NEW_ORDER']]);
  });

  test('does not convert a line that is a subscription', async () => {
    harness.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, items: ['1004-1@1'] });
    const line = (await linesOf(await finish(selection)))[0];
    expect(line?.purchaseMode).toBe('SUBSCRIPTION');
    expect(await missing(line?.ref.key ?? '')).toEqual([['ALREADY_SUBSCRIBED', 'subscriptionPlan is set', null]]);
  });

  test('begins an interval after the order, tomorrow at the earliest', () => {
    const now = new Date('2026-01-31T22:30:00Z');
    const first = (orderedOn: string | null, every: number, unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR') =>
      firstDelivery(orderedOn, { every, unit }, now, 'Europe/Stockholm');
    expect(first('2026-01-31', 1, 'MONTH')).toBe('2026-02-28');
    expect(first('2025-12-01', 2, 'WEEK')).toBe('2026-02-01');
    expect(first('2024-02-29', 2, 'YEAR')).toBe('2026-02-28');
    expect(first(null, 1, 'DAY')).toBe('2026-02-01');
  });
});

describe('what Centra may leave out', () => {
  const answering =
    (path: RegExp, change: (text: string) => string) =>
    (send: Transport): Transport =>
    async (request) => {
      const response = await send(request);
      return path.test(request.url) ? { ...response, text: change(response.text) } : response;
    };
  const coffee = async () => {
    harness.restart('sandbox');
    const order = await finish(demoCheckouts.coffee);
    return (await linesOf(order)).find(({ product }) => product.providerId === '1004')?.ref.key ?? '';
  };
  const convert = async (change: (text: string) => string, settings: Partial<CentraSettings> = {}) => {
    const lineItemKey = await coffee();
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey,
      frequency: { every: 1, unit: 'MONTH' },
      offerKey: null,
    } as const;
    harness.calls();
    return harness.write(request, { settings, through: answering(/\/subscriptions$/, change) });
  };
  const sent = () => harness.calls().filter((call) => call.endsWith('/subscription'));
  const without = (field: string) => (text: string) => text.replaceAll(`"${field}":`, `"${field}IsNotTold":`);

  test.each([
    ['whether a payment is active', without('subscriptionPayment'), 'payment not stated'],
    ['where a contract delivers', without('shippingAddress'), 'country not stated'],
    [
      'what an unknown state means',
      (text: string) => text.replaceAll('"status":"Active"', '"status":"Resting"'),
      'not stated',
    ],
  ])('%s: a conversion says that it is not known, and tries where it is told to', async (_what, change, evidence) => {
    const refused = await convert(change);
    expect(refused.errors).toMatchObject([
      { code: 'NOT_ELIGIBLE', reasons: [{ code: 'UNKNOWN', evidence: expect.stringContaining(evidence) }] },
    ]);
    expect(sent()).toEqual([]);
    await convert(change, { unstatedContracts: 'try', severalContracts: 'newest' });
    expect(sent()).toHaveLength(1);
  });

  test('which of two contracts is meant: refused, or the newest where it is told to', async () => {
    const twice = (text: string) => {
      const body = JSON.parse(text);
      const [first] = body.contracts;
      const older = { ...first, contract: '1', subscriptions: [] };
      return JSON.stringify({ ...body, contracts: [older, ...body.contracts] });
    };
    expect((await convert(twice)).errors).toMatchObject([
      { code: 'NOT_ELIGIBLE', reasons: [{ code: 'UNKNOWN', evidence: expect.stringContaining('contract 1:') }] },
    ]);
    expect(sent()).toEqual([]);
    const { operation } = await convert(twice, { severalContracts: 'newest' });
    expect(operation?.status).toBe('SUCCEEDED');
    expect(sent()).toEqual([expect.not.stringContaining('/contracts/1/')]);
  });

  test('the plan of a line, told by its identifier alone: the line recurs', async () => {
    harness.restart('sandbox');
    const { selection } = await ready({ customer: SHOPPER, items: ['1004-1@1'] });
    const number = await finish(selection);
    const source = harness.open({
      through: answering(/receipt$/, (text) =>
        text.replaceAll(/"subscriptionPlan": ?\{[^}]*\}/g, '"subscriptionPlan":"1"'),
      ),
    });
    expect((await linesOf(number, source))[0]).toMatchObject({
      purchaseMode: 'SUBSCRIPTION',
      terms: { deliveryFrequency: null },
    });
  });

  test('a size that cannot be read: the other one is not taken for the only one', async () => {
    harness.restart('sandbox');
    const number = await finish(demoCheckouts.coffee);
    const source = harness.open({
      through: answering(/\/items$/, (text) => {
        const body = JSON.parse(text);
        const [product] = body.products;
        const [size] = product.items;
        return JSON.stringify({ ...body, products: [{ ...product, items: [size, { ...size, item: {} }] }] });
      }),
    });
    const unnamed = await judge(number, { item: choose('1001') }, source);
    expect(codes(unnamed)).toContain('VARIANT_REQUIRED');
    const other = await judge(number, { item: choose('1001', '1001-77') }, source);
    expect(other.verdict).toBe('UNKNOWN');
    expect(codes(other)).toContain('UNKNOWN');
  });
});
