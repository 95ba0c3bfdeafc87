import type { LineItem, LineItemOrigin } from '../../domain/line-item.js';
import { fromInstant, localDate, unknownMoment } from '../../domain/moment.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import type { Subscription } from '../../domain/subscription.js';
import { contractDrift } from '../kit/decode.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { CHECKOUT, RENEWAL, toFunnelStep, toOrderStatus, toSubscriptionStatus } from './statuses.js';
import { conversionOf, removalOf } from './line-actions.js';
import { discountOf, isTaxIncluded, surchargesOf, totalsOf, unitPriceOf } from './line-money.js';
import { toMoney } from './money.js';
import { offerPriceOf } from './offer-price.js';
import type { OrderRecord } from './order-records.js';
import { windowOf } from './order-window.js';
import { outlookOf } from './outlook.js';
import { toLineKey } from './keys.js';
import type { SureCartAccount } from './session.js';
import { termsOfLine, termsOfOffer, termsOfSubscription } from './terms.js';
import type { StoredLine, WireCheckout, WireOrder } from './wire.js';
import type { WirePrice, WireUpsell } from './wire-catalogue.js';
import type { WireSubscription } from './wire-subscriptions.js';

export function toOrder(record: OrderRecord, account: SureCartAccount, now: Date): Order {
  const { wire, upsell } = record;
  const window = windowOf(record, account.settings, now);
  const boughtAt = wire.checkout.paidAt ?? wire.createdAt;
  return {
    displayNumber: wire.number,
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
  // Its price alone tells whether it recurs.
  if (line.price === null) throw contractDrift("a line's `price`");
  const subscription = subscriptionOf(line, { wire, ...record });
  return {
    orderRef: refTo(account, 'Order', wire.id),
    product: toProductRef(line.priceId, account),
    title: titleOf(line.price),
    variantTitle: line.variantOptions.join(' / ') || null,
    imageUrl: line.price.product?.imageUrl ?? null,
    quantity: line.quantity,
    purchaseMode: line.price.interval ? 'SUBSCRIPTION' : 'ONE_TIME',
    origin: originOf(line, wire),
    unitPrice: unitPriceOf(line, currency),
    compareAtTotal: toMoney(line.scratch, currency),
    discount: discountOf(line, currency),
    fees: surchargesOf(line, currency),
    tax: toMoney(line.tax, currency),
    taxIncluded: isTaxIncluded(wire.checkout),
    total: toMoney(line.total, currency),
    locked: line.locked,
    stockHeld: line.stockHeld,
    subscriptionRef: subscription && refTo(account, 'SubscriptionContract', subscription.id),
    terms: termsOfLine(line, wire.checkout),
    removal: removalOf(line),
    conversion: conversionOf(line, wire, account.settings),
    ...identity(account, 'LineItem', toLineKey(wire.id, line.id), line.id),
  };
}

/** Returns where a line comes from. One of an order of an unknown type comes from nobody knows where, unless an upsell made it. */
function originOf({ upsellId }: StoredLine, { orderType }: WireOrder): LineItemOrigin {
  if (orderType === RENEWAL) return 'RECURRING';
  if (upsellId !== null) return 'UPSELL';
  return orderType === CHECKOUT ? 'ORIGINAL' : 'UNKNOWN';
}

/**
 * Returns the subscription of a line. The two are not linked: both name the checkout, the price and the variant. Null
 * while one of them cannot be read: it may be that of any line.
 */
export function subscriptionOf(line: StoredLine, { wire, lines }: OrderRecord): WireSubscription | null {
  if (wire.checkout.subscriptions?.problem) return null;
  const isAlike = (other: { readonly priceId: string; readonly variantId: string | null }) =>
    other.priceId === line.priceId && other.variantId === line.variantId;
  const subscriptions = (wire.checkout.subscriptions?.records ?? [])
    .filter(isAlike)
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  return subscriptions[lines.records.filter(isAlike).indexOf(line)] ?? null;
}

export function toSubscription(wire: WireSubscription, account: SureCartAccount, now: Date): Subscription {
  const status = toSubscriptionStatus(wire.status, wire.restoreAt, now);
  return {
    status,
    providerStatus: wire.status,
    customerId: wire.customerId,
    lines: [
      {
        providerId: wire.id,
        product: toProductRef(wire.priceId, account),
        quantity: wire.quantity,
        unitPrice: unitPriceOf(wire, wire.currency),
      },
    ],
    terms: termsOfSubscription(wire),
    startDate: wire.createdAt && localDate(wire.createdAt, account.timeZone ?? 'UTC'),
    ...outlookOf(wire, status, account),
    observedAt: now,
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}

/** Maps a price to a product, because what is bought is a price of a product. */
export function toProduct(price: WirePrice, account: SureCartAccount): Product {
  const imageUrl = price.product?.imageUrl ?? null;
  return { title: titleOf(price), handle: null, imageUrl, ...toProductRef(price.id, account) };
}

function titleOf({ name, product }: WirePrice): string | null {
  const title = product?.name ?? null;
  return title !== null && name !== null ? `${title} (${name})` : (title ?? name);
}

/** Maps an upsell. `checkout`: of the order it is offered for; null where that is not known. */
export function toOffer(upsell: WireUpsell, checkout: WireCheckout | null, account: SureCartAccount): UpsellOffer {
  const { price } = upsell;
  const currency = price?.currency ?? null;
  const ofOne = offerPriceOf(upsell, price);
  return {
    product: toProductRef(upsell.priceId, account),
    title: upsell.description,
    price: toMoney(ofOne.price, currency),
    compareAtPrice: toMoney(ofOne.compareAt, currency),
    amountOff: toMoney(upsell.amountOff, currency),
    percentOff: upsell.percentOff,
    purchaseModes: price === null ? [] : [price.interval === null ? 'ONE_TIME' : 'SUBSCRIPTION'],
    terms: termsOfOffer(upsell, checkout),
    funnelStep: toFunnelStep(upsell.step),
    ...identity(account, 'UpsellOffer', upsell.id),
  };
}
