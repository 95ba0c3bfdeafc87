import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { found } from '../../src/domain/lookup.js';
import type { ConvertItem } from '../../src/domain/write.js';
import { emulators } from '../../src/emulators/index.js';
import { demoOrders } from '../../src/emulators/ordergroove/scenarios/demo-orders.js';
import { decodeProduct } from '../../src/providers/centra/wire-product.js';
import { choosePlan } from '../../src/providers/centra/writers/convert-choice.js';
import { ordergroove } from '../../src/providers/ordergroove/index.js';
import { surecart } from '../../src/providers/surecart/index.js';
import type { Json } from '../emulators/calls.js';
import { type ProviderHarness, startHarness } from '../support/provider-harness.js';

const asPlanned = (lineItemKey: string): ConvertItem => ({
  kind: 'CONVERT_TO_SUBSCRIPTION',
  lineItemKey,
  frequency: 'AS_PLANNED',
  offerKey: null,
});

describe('a frequency that is left to the plan, at Ordergroove', () => {
  let harness: ProviderHarness<object>;

  beforeAll(async () => {
    harness = await startHarness(ordergroove, emulators.ordergroove);
  });

  afterAll(() => harness.close());

  test('is refused by name, and nothing is sent: there is no plan', async () => {
    const adding = await harness.write({
      kind: 'ADD_UPSELL_ITEM',
      orderKey: demoOrders.next,
      item: { offerKey: null, product: { id: '44931275400011', handle: null, variantId: null } },
      quantity: 1,
      subscribe: 'AS_PLANNED',
      ifPresent: 'REJECT',
      ifTargetMoved: 'REJECT',
    });
    const converting = await harness.write(asPlanned(demoOrders.oneTimeItem));
    for (const { operation, errors } of [adding, converting]) {
      expect(operation?.status).toBe('REJECTED');
      expect(errors).toMatchObject([
        { code: 'VALIDATION', rule: 'FREQUENCY_NAMED', path: ['subscribe', 'frequency'], retry: 'NEW_REQUEST' },
      ]);
    }
    expect(harness.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('a frequency that is left to the plan, at SureCart', () => {
  let harness: ProviderHarness<object>;

  beforeAll(async () => {
    harness = await startHarness(surecart, emulators.surecart);
  });

  afterAll(() => harness.close());

  /** Converts every line of the sandbox, each beside the recurring prices of its product. */
  async function convertAll() {
    const isRecurring = (price: Json) => ![null, 'never'].includes(price.at('recurring_interval') as string | null);
    const prices = harness.rows('price');
    const orders = new Map(harness.rows('order').map((order) => [order.text('checkout'), order.text('id')]));
    const checkouts = new Map(harness.rows('checkout').map((checkout) => [checkout.text('id'), checkout]));
    const lines = harness.rows('line_item').filter((line) => orders.has(line.text('checkout')));
    const outcomes = [];
    for (const line of lines) {
      const price = prices.find((each) => each.text('id') === line.text('price'));
      const plans = prices.filter(
        (each) =>
          isRecurring(each) &&
          each.at('product') === price?.at('product') &&
          each.at('currency') === checkouts.get(line.text('checkout'))?.at('currency'),
      );
      const key = `${orders.get(line.text('checkout'))}:${line.text('id')}`;
      const { operation, errors } = await harness.write(asPlanned(key));
      const reasons = errors.flatMap((error) => (error.code === 'NOT_ELIGIBLE' ? error.reasons : []));
      const candidates = reasons.find(({ code }) => code === 'PRICE_AMBIGUOUS')?.candidates ?? null;
      outcomes.push({
        status: operation?.status,
        plans: plans.map((each) => each.text('id')),
        candidates: candidates?.map(({ providerId }) => providerId) ?? null,
      });
    }
    return outcomes;
  }

  test('is refused where several prices recur, with each of them', async () => {
    const outcomes = await convertAll();
    expect(outcomes.filter(({ status, plans }) => status === 'SUCCEEDED' && plans.length !== 1)).toEqual([]);
    const ambiguous = outcomes.filter(({ candidates }) => candidates !== null);
    expect(ambiguous.length).toBeGreaterThan(0);
    for (const { status, plans, candidates } of ambiguous) {
      expect({ status, candidates: candidates?.toSorted() }).toEqual({
        status: 'REJECTED',
        candidates: plans.toSorted(),
      });
    }
  });
});

describe('a frequency that is left to the plan, at Centra', () => {
  const plan = (id: string, months: number, more: object = {}) => ({
    subscriptionPlan: id,
    intervalType: 'month',
    intervalValue: months,
    ...more,
  });
  const productWith = (plans: readonly object[]) => found(decodeProduct({ product: '7', subscriptionPlans: plans }));
  const chosen = (...plans: object[]) => choosePlan(productWith(plans), 'AS_PLANNED');

  test('is that of the only active plan', () => {
    expect(chosen(plan('p1', 1))).toMatchObject({ id: 'p1' });
    expect(chosen(plan('p1', 1, { status: 'INACTIVE' }), plan('p2', 2))).toMatchObject({ id: 'p2' });
  });

  test('is refused where plans differ, with each of them, and where there is none', () => {
    expect(chosen(plan('p1', 1), plan('p2', 2))).toMatchObject({
      code: 'PRICE_AMBIGUOUS',
      blocking: true,
      evidence: 'plans: p1 (1 MONTH), p2 (2 MONTH)',
    });
    expect(chosen()).toMatchObject({ code: 'NO_SUBSCRIPTION_PLAN', blocking: true });
  });

  test('is no choice between plans of one rhythm, unless they cost the same', () => {
    const at = (id: string, months: number, price: string) => plan(id, months, { priceAfterDiscountAsNumber: price });
    const yearly = { every: 1, unit: 'YEAR' } as const;
    const alike = [at('p1', 12, '9.00'), { ...at('p2', 1, '9.00'), intervalType: 'year' }];
    expect(choosePlan(productWith(alike), yearly)).toMatchObject({ id: 'p1' });
    expect(choosePlan(productWith([at('p1', 12, '9.00'), at('p2', 12, '8.00')]), yearly)).toMatchObject({
      code: 'PRICE_AMBIGUOUS',
      blocking: true,
    });
    expect(choosePlan(productWith([plan('p1', 12), plan('p2', 12)]), yearly)).toMatchObject({
      code: 'PRICE_AMBIGUOUS',
    });
  });
});
