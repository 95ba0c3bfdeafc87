import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Money } from '../../src/domain/money.js';
import type { Operation } from '../../src/domain/operation.js';
import type { AddItem, WriteTarget } from '../../src/domain/write.js';
import { newOperation } from '../../src/operations/claim.js';
import { differencesOf, type ReadBack } from '../../src/operations/compare.js';
import { checkGuards } from '../../src/operations/guards.js';
import type { BoundPreview } from '../../src/operations/write-command.js';
import { Books, type BookLine } from '../simulation/books.js';
import { productRef, toLineItem, toOrder, toSubscription } from '../simulation/records.js';
import { shopperActor } from '../simulation/shopper.js';
import { usd } from './scripted-provider.js';

const NOW = new Date('2026-01-01T12:00:00Z');

const addTwo: AddItem = {
  kind: 'ADD_UPSELL_ITEM',
  orderKey: 'order-1',
  item: { offerKey: null, product: { id: 'product-1', handle: null, variantId: null } },
  quantity: 2,
  subscribe: null,
  ifPresent: 'ADD',
  ifTargetMoved: 'ACCEPT',
};

function eur(minor: number): Money {
  return new Money(BigInt(minor), 'EUR', 'PROVIDER');
}

describe('a preview', () => {
  const preview: BoundPreview = {
    orderKey: 'order-1',
    productId: 'product-1',
    quantity: 2,
    subscribe: false,
    increase: usd(800),
    expiresAt: new Date(NOW.getTime() + 1),
  };
  const target: WriteTarget = {
    order: toOrder(new Books().at(0), 'order-1'),
    product: productRef('product-1'),
    steps: ['add_item'],
    snapshot: { lineItemKeys: [], context: {} },
    expectedIncrease: usd(800),
  };
  const check = (changed: Partial<BoundPreview>, request = addTwo, of = target) =>
    checkGuards({ preview: { ...preview, ...changed }, maxIncrease: null }, request, of, NOW);

  test('binds the write it was made for', () => {
    expect(check({})).toBeNull();
  });

  test.each<[string, Partial<BoundPreview>]>([
    ['order', { orderKey: 'order-2' }],
    ['product', { productId: 'product-2' }],
    ['quantity', { quantity: 1 }],
    ['mode', { subscribe: true }],
  ])('of another %s binds nothing', (_what, changed) => {
    expect(check(changed)).toMatchObject({
      code: 'VALIDATION',
      rule: 'PREVIEW_MATCHES',
      path: ['guards', 'previewId'],
    });
  });

  test('binds nothing but the adding of an item', () => {
    const removal = { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'line-1', quantity: 2, subscribe: null } as const;
    const refusal = checkGuards({ preview, maxIncrease: null }, removal, target, NOW);
    expect(refusal).toMatchObject({ rule: 'PREVIEW_MATCHES' });
  });

  test('binds no write to a product that is not known', () => {
    expect(check({}, addTwo, { ...target, product: null })).toMatchObject({ rule: 'PREVIEW_MATCHES' });
  });

  test('binds a subscription when it was made for one', () => {
    const subscribing: AddItem = { ...addTwo, subscribe: { every: 8, unit: 'WEEK' } };
    expect(check({ subscribe: true }, subscribing)).toBeNull();
    expect(check({ subscribe: false }, subscribing)).toMatchObject({ rule: 'PREVIEW_MATCHES' });
  });

  test('is over at its very end', () => {
    expect(check({ expiresAt: NOW })).toMatchObject({ rule: 'PREVIEW_EXPIRED', path: ['guards', 'previewId'] });
  });

  test('that showed no price sets no limit', () => {
    expect(check({ increase: null }, addTwo, { ...target, expectedIncrease: null })).toBeNull();
  });

  test('that showed a price is not kept by a write whose price nobody states', () => {
    expect(check({}, addTwo, { ...target, expectedIncrease: null })).toMatchObject({
      code: 'PRICE_GUARD',
      found: null,
    });
  });

  test('does not take the place of the limit the shopper set', () => {
    const refusal = checkGuards({ preview, maxIncrease: usd(799) }, addTwo, target, NOW);
    expect(refusal).toMatchObject({
      code: 'PRICE_GUARD',
      path: ['guards'],
      allowed: usd(799),
      found: usd(800),
    });
  });
});

describe('what was done otherwise than asked', () => {
  interface Done {
    readonly request?: AddItem;
    readonly lines?: readonly (readonly [product: string, quantity: number])[];
    readonly baseline?: Operation['baseline'];
    readonly done?: Readonly<Record<string, { readonly lineItemKey: string }>>;
    readonly order?: string;
  }

  function differences({ request = addTwo, lines = [['product-1', 2]], baseline = null, done = {}, order }: Done) {
    const books = new Books();
    const made = lines.map(([product, quantity]): BookLine => books.addLine('order-1', product, quantity, 0));
    const view = books.at(0);
    const newLines = made.map((line) => toLineItem(view, line));
    const guards = { preview: null, maxIncrease: null };
    const drafted = newOperation(
      { actor: shopperActor, account: 'sim', idempotencyKey: 'key-1', request, guards },
      'operation-1',
      NOW,
    );
    const progress = { snapshot: { lineItemKeys: [], context: {} }, done };
    const seen: ReadBack = {
      order: toOrder(view, order ?? 'order-1'),
      newLines,
      line: newLines[0] ?? null,
      subscription: null,
    };
    return differencesOf({ ...drafted, progress, baseline }, seen);
  }

  /** Of the empty order; each unit adds 4.00. */
  const before = toOrder(new Books().at(0), 'order-1').totals?.total ?? null;

  test('is nothing when all is as asked', () => {
    expect(differences({})).toEqual([]);
  });

  test.each<[string, Done, object]>([
    ['order', { order: 'order-2' }, { requested: 'order-1', applied: 'order-2', critical: true }],
    ['product', { lines: [['product-2', 2]] }, { requested: 'product-1', applied: 'product-2', critical: true }],
    ['quantity', { lines: [['product-1', 1]] }, { requested: '2', applied: '1', critical: false }],
  ])('names the %s', (field, done, expected) => {
    expect(differences(done)).toContainEqual({ field, ...expected });
  });

  test('names a line that was made twice', () => {
    const done = { add_item: { lineItemKey: 'line-1' } };
    const twice = differences({
      lines: [
        ['product-1', 2],
        ['product-1', 2],
      ],
      done,
    });
    expect(twice).toContainEqual({ field: 'lines', requested: '1', applied: '2', critical: true });
  });

  test('does not mind several lines where each step makes one', () => {
    const done = { add_unit_1: { lineItemKey: 'line-1' }, add_unit_2: { lineItemKey: 'line-2' } };
    const lines = differences({
      lines: [
        ['product-1', 1],
        ['product-1', 1],
      ],
      done,
    });
    expect(lines.map(({ field }) => field)).not.toContain('lines');
  });

  test('names a growth above the smaller of what was expected and what was allowed, to the cent', () => {
    fc.assert(
      fc.property(fc.option(fc.nat(2_000)), fc.option(fc.nat(2_000)), (expected, allowed) => {
        const baseline = {
          orderTotal: before,
          expectedIncrease: expected === null ? null : usd(expected),
          maxIncrease: allowed === null ? null : usd(allowed),
        };
        const limits = [expected, allowed].filter((limit) => limit !== null);
        const isNamed = differences({ baseline }).some(({ field }) => field === 'increase');
        expect(isNamed).toBe(limits.length > 0 && 800 > Math.min(...limits));
      }),
    );
  });

  test.each<[string, Operation['baseline']]>([
    ['the total before', { orderTotal: eur(100), expectedIncrease: usd(1), maxIncrease: null }],
    ['the limit', { orderTotal: before, expectedIncrease: eur(1), maxIncrease: null }],
  ])('compares no amounts when %s is in another currency', (_what, baseline) => {
    expect(differences({ baseline })).toEqual([]);
  });

  test('names another rhythm only where one was asked for', () => {
    const books = new Books();
    const view = books.at(0);
    const subscription = toSubscription(view, books.addSubscription('line-1', 4, 0));
    const converting = (frequency: 'AS_PLANNED' | { every: number; unit: 'WEEK' }) =>
      differencesOf(
        newOperation(
          {
            actor: shopperActor,
            account: 'sim',
            idempotencyKey: 'key-1',
            request: { kind: 'CONVERT_TO_SUBSCRIPTION', lineItemKey: 'line-1', frequency, offerKey: null },
            guards: { preview: null, maxIncrease: null },
          },
          'operation-1',
          NOW,
        ),
        { order: null, newLines: [], line: null, subscription },
      );
    expect(converting({ every: 8, unit: 'WEEK' })).toEqual([
      { field: 'frequency', requested: '8 WEEK', applied: '4 WEEK', critical: false },
    ]);
    expect(converting({ every: 4, unit: 'WEEK' })).toEqual([]);
    expect(converting('AS_PLANNED')).toEqual([]);
  });
});
