import { describe, expect, test } from '@jest/globals';
import { missing } from '../../src/domain/lookup.js';
import type { AddItem, WriteTarget } from '../../src/domain/write.js';
import { checkGuards } from '../../src/operations/guards.js';
import type { BoundPreview } from '../../src/domain/preview.js';
import { viewOf, wholeListing } from '../../src/providers/kit/order-view.js';
import { Books } from '../simulation/books.js';
import { productRef, toOrder } from '../simulation/records.js';
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

describe('a preview', () => {
  const preview: BoundPreview = {
    orderKey: 'order-1',
    productId: 'product-1',
    quantity: 2,
    subscribe: false,
    increase: usd(800),
    basis: null,
    expiresAt: new Date(NOW.getTime() + 1),
  };
  const target: WriteTarget = {
    order: toOrder(new Books().at(0), 'order-1'),
    product: productRef('product-1'),
    steps: [],
    before: viewOf({ order: missing, lines: wholeListing(missing) }),
    context: {},
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
