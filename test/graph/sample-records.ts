import { Money } from '../../src/domain/money.js';
import { fromInstant } from '../../src/domain/moment.js';
import type { LineItem } from '../../src/domain/line-item.js';
import type { UpsellOffer } from '../../src/domain/offer.js';
import type { Operation } from '../../src/domain/operation.js';
import type { Order } from '../../src/domain/order.js';
import type { Product, ProductRef } from '../../src/domain/product.js';
import { type EntityRef, type EntityType, toGlobalId } from '../../src/domain/reference.js';
import { type Subscription, unstatedTerms } from '../../src/domain/subscription.js';

export const now = new Date('2023-09-29T12:00:00Z');

function identity<T extends EntityType>(type: T, account: string, key: string) {
  const ref: EntityRef<T> = { type, account, key };
  return { id: toGlobalId(ref), ref, providerId: key };
}

export function idOf(type: EntityType, account: string, key: string): string {
  return toGlobalId({ type, account, key });
}

export function dollars(cents: number): Money {
  return new Money(BigInt(cents), 'USD', 'PROVIDER');
}

export function sampleOrder(account: string, key: string, more: Partial<Order> = {}): Order {
  return {
    ...identity('Order', account, key),
    displayNumber: null,
    kind: 'UPCOMING',
    status: 'SCHEDULED',
    providerStatus: '1',
    customerId: 'ada',
    scheduled: fromInstant(new Date('2023-10-09T05:00:00Z'), 'America/Chicago'),
    window: { state: 'OPEN', closesAt: null, secondsLeft: 3600, asOf: now },
    totals: {
      subtotal: dollars(7794),
      discount: null,
      tax: null,
      taxIncluded: null,
      shipping: null,
      fees: null,
      total: dollars(7794),
      estimated: false,
    },
    observedAt: now,
    ...more,
  };
}

export function sampleProduct(account: string, key: string): Product {
  return { ...identity('Product', account, key), title: `Product ${key}`, handle: key, imageUrl: null };
}

export function productRef(account: string, key: string): ProductRef {
  return identity('Product', account, key);
}

export function sampleLine(order: Order, key: string, more: Partial<LineItem> = {}): LineItem {
  const { account } = order.ref;
  return {
    ...identity('LineItem', account, key),
    orderRef: order.ref,
    product: productRef(account, `p-${key}`),
    title: null,
    variantTitle: null,
    imageUrl: null,
    quantity: 1,
    purchaseMode: 'SUBSCRIPTION',
    origin: 'RECURRING',
    unitPrice: dollars(400),
    compareAtTotal: null,
    discount: null,
    fees: null,
    tax: null,
    taxIncluded: null,
    total: dollars(380),
    locked: false,
    stockHeld: null,
    subscriptionRef: { type: 'SubscriptionContract', account, key: `s-${key}` },
    terms: null,
    removal: { verdict: 'ELIGIBLE', reasons: [] },
    conversion: { verdict: 'ELIGIBLE', reasons: [] },
    ...more,
  };
}

export function sampleSubscription(account: string, key: string, more: Partial<Subscription> = {}): Subscription {
  return {
    ...identity('SubscriptionContract', account, key),
    status: 'ACTIVE',
    providerStatus: 'live',
    customerId: 'ada',
    lines: [{ providerId: `line-of-${key}`, product: productRef(account, 'tea'), quantity: 1, unitPrice: null }],
    terms: { ...unstatedTerms, deliveryFrequency: { every: 8, unit: 'WEEK' } },
    startDate: '2023-09-29',
    nextDelivery: null,
    endsAt: null,
    pendingChanges: [],
    dunning: null,
    observedAt: now,
    ...more,
  };
}

export function sampleOffer(account: string, key: string, more: Partial<UpsellOffer> = {}): UpsellOffer {
  return {
    ...identity('UpsellOffer', account, key),
    product: null,
    title: null,
    amountOff: null,
    percentOff: '5',
    price: null,
    compareAtPrice: null,
    terms: null,
    purchaseModes: ['ONE_TIME'],
    funnelStep: null,
    ...more,
  };
}

export function sampleOperation(account: string, more: Partial<Operation> = {}): Operation {
  return {
    id: '0b8a3f0e-5a4b-4f0d-9d3e-5b7f6f1f0c11',
    kind: 'ADD_UPSELL_ITEM',
    status: 'SUCCEEDED',
    idempotencyKey: 'decision-0000000001',
    actorId: 'user-ada',
    account,
    shopper: { customerId: 'ada', recognised: false },
    request: { kind: 'REMOVE_UPSELL_ITEM', lineItemKey: 'l1' },
    inputHash: 'hash',
    effect: 'CHANGED',
    nextAction: null,
    history: [],
    lockName: null,
    lineName: null,
    progress: null,
    inFlightStep: null,
    plannedSteps: [],
    baseline: null,
    orderRef: { type: 'Order', account, key: 'o1' },
    lineItemRef: null,
    subscriptionRef: null,
    errors: [],
    differences: [],
    steps: [],
    createdAt: now,
    settledAt: now,
    version: 1,
    ...more,
  };
}
