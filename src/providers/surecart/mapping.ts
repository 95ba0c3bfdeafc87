import type { LineItem } from '../../domain/line-item.js';
import { fromInstant, localDate, unknownMoment } from '../../domain/moment.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import type { Frequency, Subscription } from '../../domain/subscription.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { RENEWAL, toFrequencyUnit, toFunnelStep, toOrderStatus, toSubscriptionStatus } from './statuses.js';
import { conversionOf, removalOf } from './line-actions.js';
import { discountOf, totalsOf, unitPriceOf } from './line-money.js';
import { toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import { windowOf } from './order-window.js';
import { toLineKey } from './keys.js';
import type { SureCartAccount } from './session.js';
import type { StoredLine } from './wire.js';
import type { WirePrice, WireUpsell } from './wire-catalogue.js';
import type { WireSubscription } from './wire-subscriptions.js';

export function toOrder(record: OrderRecord, account: SureCartAccount, now: Date): Order {
  const { wire, upsell } = record;
  const window = windowOf(record, account.settings, now);
  const boughtAt = wire.checkout.paidAt ?? wire.createdAt;
  return {
    kind: 'POST_PURCHASE',
    status: toOrderStatus(wire.status, upsell !== null && window.state !== 'CLOSED'),
    providerStatus: wire.status,
    customerId: wire.checkout.customerId,
    scheduled: boughtAt === null ? unknownMoment : fromInstant(boughtAt, account.timeZone),
    window,
    totals: totalsOf(record),
    observedAt: now,
    ...identity(account, 'Order', wire.id),
  };
}

export function toLineItem(line: StoredLine, { wire, ...record }: OrderRecord, account: SureCartAccount): LineItem {
  const { currency } = wire.checkout;
  const subscription = subscriptionOf(line, { wire, ...record });
  return {
    orderRef: refTo(account, 'Order', wire.id),
    product: toProductRef(line.priceId, account),
    quantity: line.quantity,
    purchaseMode: line.price?.interval ? 'SUBSCRIPTION' : 'ONE_TIME',
    origin: wire.orderType === RENEWAL ? 'RECURRING' : line.upsellId === null ? 'ORIGINAL' : 'UPSELL',
    unitPrice: unitPriceOf(line, currency),
    compareAtTotal: toMoney(line.scratch, currency),
    discount: discountOf(line, currency),
    tax: toMoney(line.tax, currency),
    total: toMoney(line.total, currency),
    locked: line.locked,
    stockHeld: line.stockHeld,
    subscriptionRef: subscription && refTo(account, 'SubscriptionContract', subscription.id),
    removal: removalOf(line),
    conversion: conversionOf(line, wire, account.settings),
    ...identity(account, 'LineItem', toLineKey(wire.id, line.id), line.id),
  };
}

/** Lines and subscriptions are not linked: both name the checkout, the price and the variant. */
export function subscriptionOf(line: StoredLine, { wire, lines }: OrderRecord): WireSubscription | null {
  const isAlike = (other: { readonly priceId: string; readonly variantId: string | null }) =>
    other.priceId === line.priceId && other.variantId === line.variantId;
  const subscriptions = (wire.checkout.subscriptions?.records ?? [])
    .filter(isAlike)
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  return subscriptions[lines.records.filter(isAlike).indexOf(line)] ?? null;
}

export function toSubscription(wire: WireSubscription, account: SureCartAccount, now: Date): Subscription {
  const { price } = wire;
  return {
    status: toSubscriptionStatus(wire.status, wire.restoreAt, now),
    providerStatus: wire.status,
    customerId: wire.customerId,
    lines: [
      {
        product: toProductRef(wire.priceId, account),
        quantity: wire.quantity,
        unitPrice: unitPriceOf(wire, wire.currency),
      },
    ],
    frequency: price && toFrequency(price),
    startDate: wire.createdAt && localDate(wire.createdAt, account.timeZone ?? 'UTC'),
    observedAt: now,
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}

export function toFrequency({ interval, intervalCount }: WirePrice): Frequency | null {
  const unit = interval === null ? null : toFrequencyUnit(interval);
  return unit === null ? null : { every: intervalCount, unit };
}

/** What is bought is a price of a product. */
export function toProduct({ id, name, product }: WirePrice, account: SureCartAccount): Product {
  const title = product?.name ?? null;
  return {
    title: title !== null && name !== null ? `${title} (${name})` : (title ?? name),
    handle: null,
    imageUrl: product?.imageUrl ?? null,
    ...toProductRef(id, account),
  };
}

export function toOffer(upsell: WireUpsell, account: SureCartAccount): UpsellOffer {
  const { price } = upsell;
  return {
    product: toProductRef(upsell.priceId, account),
    title: upsell.description,
    amountOff: toMoney(upsell.amountOff, price?.currency ?? null),
    percentOff: upsell.percentOff,
    purchaseModes: price === null ? [] : [price.interval === null ? 'ONE_TIME' : 'SUBSCRIPTION'],
    funnelStep: toFunnelStep(upsell.step),
    ...identity(account, 'UpsellOffer', upsell.id),
  };
}
