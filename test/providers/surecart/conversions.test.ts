import { describe, expect, test } from '@jest/globals';
import type { Transport } from '../../../src/domain/transport.js';
import type { ConvertItem } from '../../../src/domain/write.js';
import {
  change,
  charges,
  harness,
  lines,
  monthly,
  order,
  priceNamed,
  reasonsIn,
  type SandboxOrder,
} from './harness.js';

describe('converting a paid line', () => {
  const convert = async (name: SandboxOrder, more = {}) => {
    const [line] = await lines(name);
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    return harness.write({ ...request, ...more });
  };
  const makeSingle = async () => {
    const line = harness.rows('line_item').find((row) => row.at('price') === priceNamed('One bag'));
    await change('line_item', line?.text('id') ?? '', { quantity: 1 });
  };

  test('starts a subscription when the paid period ends, charges nothing and revokes the purchase', async () => {
    await makeSingle();
    const before = harness.rows('charge').length;
    const { operation, errors } = await convert('coffee');
    expect(errors).toEqual([]);
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.plannedSteps.map(({ name }) => name)).toEqual(['create_subscription', 'revoke_purchase']);
    expect(harness.rows('charge')).toHaveLength(before);
    const made = harness.rows('subscription').find((row) => row.at('id') === operation?.subscriptionRef?.key);
    const paidAt = Math.floor(((await order('coffee')).scheduled.at?.getTime() ?? 0) / 1000);
    expect(Number(made?.at('current_period_end_at')) - paidAt).toBeGreaterThanOrEqual(28 * 86_400);
    expect(Number(made?.at('current_period_end_at')) - paidAt).toBeLessThanOrEqual(31 * 86_400);
    expect(harness.rows('purchase').filter((row) => row.at('revoked') === true)).toHaveLength(1);
    harness.emulator.clock.advance(32 * 86_400_000);
    expect(charges('renewal').filter(([, , amount]) => amount === 1600)).toHaveLength(1);
  });

  test('long after it was paid begins with the next whole period, never in the past', async () => {
    await makeSingle();
    harness.emulator.clock.advance(45 * 86_400_000);
    const { operation } = await convert('coffee');
    const made = harness.rows('subscription').find((row) => row.at('id') === operation?.subscriptionRef?.key);
    const startsAt = Number(made?.at('current_period_end_at'));
    const now = harness.emulator.clock.now().getTime() / 1000;
    expect(startsAt).toBeGreaterThan(now);
    expect(startsAt - now).toBeLessThanOrEqual(17 * 86_400);
    expect(charges('subscription')).toEqual([]);
  });

  test('a second time is refused', async () => {
    await makeSingle();
    await convert('coffee');
    expect(reasonsIn(await convert('coffee'))).toMatchObject([{ code: 'ALREADY_SUBSCRIBED' }]);
  });

  test('whose second step fails is partial, with the subscription named', async () => {
    await makeSingle();
    harness.emulator.faults.add({
      match: { path: 'revoke$' },
      action: { kind: 'status', status: 422, body: { code: 'purchase.invalid' } },
    });
    const { operation } = await convert('coffee');
    expect(operation).toMatchObject({
      status: 'PARTIAL',
      subscriptionRef: { type: 'SubscriptionContract' },
      errors: [{ code: 'PROVIDER' }],
    });
    expect(operation?.steps.map(({ name, outcome }) => [name, outcome])).toContainEqual([
      'create_subscription',
      'DONE',
    ]);
    expect(harness.rows('subscription').filter((row) => row.at('price') === priceNamed('Monthly'))).toHaveLength(1);
  });

  test('whose answers are lost is found by its note and by the purchase', async () => {
    await makeSingle();
    harness.emulator.faults.add({
      match: { method: 'POST', path: 'subscriptions$' },
      action: { kind: 'applyThenReset' },
    });
    harness.emulator.faults.add({ match: { path: 'revoke$' }, action: { kind: 'applyThenReset' } });
    expect((await convert('coffee')).operation?.status).toBe('SUCCEEDED');
    expect(harness.rows('subscription').filter((row) => row.at('price') === priceNamed('Monthly'))).toHaveLength(1);
  });

  test('is refused where no price recurs so, naming those that do, and for what already recurs', async () => {
    await makeSingle();
    const [plan] = reasonsIn(await convert('coffee', { frequency: { every: 5, unit: 'DAY' } })) as {
      code: string;
      evidence: string;
    }[];
    expect(plan).toMatchObject({ code: 'NO_SUBSCRIPTION_PLAN' });
    expect(plan?.evidence).toContain('every month');
    expect(reasonsIn(await convert('filters'))).toMatchObject([
      { code: 'NO_SUBSCRIPTION_PLAN', evidence: 'recurring prices: none' },
    ]);
    expect(reasonsIn(await convert('course'))).toMatchObject([{ code: 'ALREADY_SUBSCRIBED' }]);
    expect(reasonsIn(await convert('failed'))).toMatchObject([{ code: 'ORDER_NOT_OPEN' }]);
  });

  test('of several units, or where the shop does not want it, is a missing capability', async () => {
    expect((await convert('coffee')).errors).toMatchObject([
      { code: 'CAPABILITY_MISSING', capability: { key: 'CONVERT_TO_SUBSCRIPTION' } },
    ]);
    await makeSingle();
    const [line] = await lines('coffee');
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    const refused = await harness.write(request, { settings: { paidConversions: 'refuse' } });
    expect(refused.errors).toMatchObject([{ code: 'CAPABILITY_MISSING' }]);
  });

  test('with a method that cannot be charged again is a payment error', async () => {
    await makeSingle();
    await change('payment_method', harness.rows('payment_method')[0]?.text('id') ?? '', { reusable: false });
    expect((await convert('coffee')).errors).toMatchObject([{ code: 'PAYMENT', reason: 'METHOD_NOT_SUPPORTED' }]);
  });

  test('can keep the purchase', async () => {
    await makeSingle();
    const [line] = await lines('coffee');
    const request = {
      kind: 'CONVERT_TO_SUBSCRIPTION',
      lineItemKey: line?.ref.key ?? '',
      frequency: monthly,
      offerKey: null,
    } as const;
    const { operation } = await harness.write(request, { settings: { convertedPurchases: 'keep' } });
    expect(operation?.status).toBe('SUCCEEDED');
    expect(operation?.plannedSteps.map(({ name }) => name)).toEqual(['create_subscription']);
    expect(harness.rows('purchase').some((row) => row.at('revoked') === true)).toBe(false);
  });
});

describe('a conversion to one of several prices', () => {
  const patched =
    (change: (prices: readonly Record<string, unknown>[]) => readonly object[]) =>
    (send: Transport): Transport =>
    async (request) => {
      const response = await send(request);
      if (!request.url.includes('product_ids')) return response;
      const page = JSON.parse(response.text);
      const data = change(page.data);
      const pagination = { ...page.pagination, count: data.length };
      return { ...response, text: JSON.stringify({ ...page, pagination, data }) };
    };
  const monthlyOf = (prices: readonly Record<string, unknown>[]) => {
    const price = prices.find(({ recurring_interval: interval }) => interval === 'month');
    if (!price) throw new Error('there is no monthly price');
    return price;
  };
  const convert = async (change: Parameters<typeof patched>[0], frequency: ConvertItem['frequency'] = monthly) => {
    const [line] = await lines('coffee');
    await makeSingle();
    return harness.write(
      { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: line?.ref.key ?? '', frequency, offerKey: null },
      { through: patched(change) },
    );
  };
  const makeSingle = async () => {
    const line = harness.rows('line_item').find((row) => row.at('price') === priceNamed('One bag'));
    await change('line_item', line?.text('id') ?? '', { quantity: 1 });
  };
  const OTHER = '00000000-0000-4000-8000-00000000abcd';

  test.each<[string, (price: Record<string, unknown>) => object, ConvertItem['frequency']]>([
    ['the same rhythm at another price', (price) => ({ ...price, id: OTHER, amount: 9900 }), monthly],
    ['the same rhythm at the same price', (price) => ({ ...price, id: OTHER }), monthly],
    [
      'a rhythm of equal length in another unit',
      (price) => ({ ...price, id: OTHER, recurring_interval: 'year', recurring_interval_count: 1 }),
      { every: 12, unit: 'MONTH' },
    ],
  ])('names them where two come in %s, and sends nothing', async (_what, other, frequency) => {
    const result = await convert((prices) => {
      const price = monthlyOf(prices);
      const own = frequency === monthly ? price : { ...price, recurring_interval_count: 12 };
      return [...prices.filter((each) => each !== price), own, other(price)];
    }, frequency);
    expect(reasonsIn(result)).toMatchObject([
      {
        code: 'PRICE_AMBIGUOUS',
        candidates: expect.arrayContaining([expect.objectContaining({ providerId: OTHER })]),
      },
    ]);
    expect(harness.calls().filter((call) => call === 'POST /v1/subscriptions')).toEqual([]);
  });

  test.each<[string, object]>([
    ['its rhythm', { recurring_interval: { unit: 'month' } }],
    ['whether it recurs', { recurring_interval: undefined }],
    ['whether the buyer names the amount', { ad_hoc: {} }],
  ])('does not take the one that fits while another does not show %s', async (_what, spoilt) => {
    const { errors } = await convert((prices) => [...prices, { ...monthlyOf(prices), id: OTHER, ...spoilt }]);
    expect(errors).toMatchObject([{ code: 'PROVIDER' }]);
    expect(harness.calls().filter((call) => call === 'POST /v1/subscriptions')).toEqual([]);
  });

  test('leaves out one in another currency, however that is spelt', async () => {
    const result = await convert((prices) => {
      const price = monthlyOf(prices);
      return [
        ...prices.filter((each) => each !== price),
        { ...price, currency: 'USD' },
        { ...price, id: OTHER, currency: 'eur' },
      ];
    });
    expect(result.errors).toEqual([]);
    expect(result.operation?.status).toBe('SUCCEEDED');
  });
});
