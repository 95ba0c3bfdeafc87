import type { Account } from '../../src/domain/account.js';
import { type CapabilityMatrix, capabilityKeys, listCapabilities } from '../../src/domain/capability.js';
import { availability } from '../../src/domain/eligibility.js';
import type { LineItem } from '../../src/domain/line-item.js';
import { Money } from '../../src/domain/money.js';
import { fromInstant, unknownMoment } from '../../src/domain/moment.js';
import type { Order } from '../../src/domain/order.js';
import type { ProductRef } from '../../src/domain/product.js';
import type { EntityRef, EntityType } from '../../src/domain/reference.js';
import { type Subscription, unstatedTerms } from '../../src/domain/subscription.js';
import type { BookLine, BookSubscription, View } from './books.js';
import { EPOCH } from './world.js';

export const CUSTOMER = 'customer-1';

export const account: Account = {
  id: 'account-1',
  ref: refTo('ProviderAccount', 'sim'),
  key: 'sim',
  provider: 'ORDERGROOVE',
  label: 'Simulated',
  environment: 'EMULATOR',
  baseUrl: 'http://127.0.0.1:1',
  timeZone: null,
  currency: 'USD',
  timeoutMs: 5_000,
  settings: {},
};

export const capabilities = listCapabilities(
  Object.fromEntries(capabilityKeys.map((key) => [key, { support: 'NATIVE', note: null }])) as CapabilityMatrix,
);

export function usd(cents: number): Money {
  return new Money(BigInt(cents), 'USD', 'PROVIDER');
}

export function productRef(key: string): ProductRef {
  return { id: key, ref: refTo('Product', key), providerId: key };
}

const unstatedTotals = {
  discount: null,
  tax: null,
  taxIncluded: null,
  shipping: null,
  fees: null,
  estimated: false,
};

export function toOrder(view: View, key: string): Order {
  const total = usd(view.totalOf(key));
  const status = view.statusOf(key);
  const asOf = new Date(EPOCH + view.at);
  const closesAt = view.closesAt(key);
  const isOpen = status === 'SCHEDULED' && closesAt === null;
  return {
    id: key,
    ref: refTo('Order', key),
    providerId: key,
    displayNumber: null,
    kind: 'UPCOMING',
    status,
    providerStatus: status,
    customerId: CUSTOMER,
    scheduled: unknownMoment,
    window: {
      state: isOpen ? 'OPEN' : 'CLOSED',
      closesAt: closesAt === null ? null : fromInstant(new Date(EPOCH + closesAt)),
      secondsLeft: null,
      asOf,
    },
    totals: { ...unstatedTotals, subtotal: total, total },
    observedAt: asOf,
  };
}

export function toLineItem(view: View, line: BookLine): LineItem {
  const quantity = view.quantityOf(line);
  return {
    id: line.key,
    ref: refTo('LineItem', line.key),
    orderRef: refTo('Order', line.order),
    providerId: line.key,
    product: productRef(line.product),
    quantity,
    purchaseMode: line.subscription === null ? 'ONE_TIME' : 'SUBSCRIPTION',
    origin: 'UPSELL',
    title: null,
    variantTitle: null,
    imageUrl: null,
    fees: null,
    taxIncluded: null,
    terms: null,
    unitPrice: usd(line.price),
    compareAtTotal: null,
    discount: null,
    tax: null,
    total: usd(line.price * quantity),
    locked: null,
    stockHeld: null,
    subscriptionRef: line.subscription === null ? null : refTo('SubscriptionContract', line.subscription),
    removal: availability([]),
    conversion: availability([]),
  };
}

export function toSubscription(view: View, row: BookSubscription): Subscription {
  return {
    id: row.key,
    ref: refTo('SubscriptionContract', row.key),
    providerId: row.key,
    status: 'ACTIVE',
    providerStatus: 'live',
    customerId: CUSTOMER,
    lines: [],
    terms: { ...unstatedTerms, deliveryFrequency: row.frequency },
    startDate: null,
    nextDelivery: null,
    endsAt: null,
    pendingChanges: [],
    dunning: null,
    observedAt: new Date(EPOCH + view.at),
  };
}

function refTo<T extends EntityType>(type: T, key: string): EntityRef<T> {
  return { type, account: 'sim', key };
}
