import type { Account } from '../../domain/account.js';
import type { LineItem } from '../../domain/line-item.js';
import { type LocalDate, parseLocalDateTime, type ScheduledMoment, unknownMoment } from '../../domain/moment.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import { toGlobalId } from '../../domain/reference.js';
import type { Subscription, SubscriptionStatus } from '../../domain/subscription.js';
import { contractDrift, noteGap } from '../kit/decode.js';
import { toOrderStatus } from './statuses.js';
import { lineActionsOn } from './line-actions.js';
import { absolute, currencyOf, currencyOfOrder, discountOf, toMoney } from '../kit/money.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { windowOf } from './order-window.js';
import type { OrdergrooveSettings } from './settings.js';
import { pendingChangesOf, termsOf } from './terms.js';
import type { WireItem, WireOrder, WireProduct, WireSubscription } from './wire.js';

type OrdergrooveAccount = Account<OrdergrooveSettings>;

export function toOrder(wire: WireOrder, account: OrdergrooveAccount, now: Date): Order {
  const scheduled = wire.place === null ? unknownMoment : parseLocalDateTime(wire.place, account.timeZone);
  if (wire.place !== null && scheduled.date === null) noteGap('a day in `place`');
  return {
    displayNumber: wire.merchantNumber,
    kind: 'UPCOMING',
    status: toOrderStatus(wire.status),
    providerStatus: String(wire.status),
    customerId: wire.customer,
    scheduled,
    window: windowOf(wire, scheduled, account.settings, now),
    totals: toTotals(wire, account),
    observedAt: now,
    ...identity(account, 'Order', wire.publicId),
  };
}

/** Maps the totals of an order. `sub_total` is stated after discounts and passed on as stated. */
function toTotals(wire: WireOrder, account: OrdergrooveAccount): OrderTotals | null {
  const currency = currencyOf(wire.currencyCode, account);
  if (currency === null) return null;
  return {
    subtotal: toMoney(wire.subTotal, currency),
    discount: absolute(toMoney(wire.discountTotal, currency)),
    tax: toMoney(wire.taxTotal, currency),
    taxIncluded: null,
    shipping: toMoney(wire.shippingTotal, currency),
    fees: null,
    total: toMoney(wire.total, currency),
    estimated: false,
  };
}

/** Makes the mapper of the lines of one order, which computes once what they have in common. */
export function lineMapper(order: Order, account: OrdergrooveAccount): (wire: WireItem) => LineItem {
  const currency = currencyOfOrder(order);
  const actions = lineActionsOn(order);
  return (wire) => {
    if (wire.product === null) throw contractDrift('`product`');
    const unitPrice = toMoney(wire.price, currency);
    const total = toMoney(wire.totalPrice, currency);
    const isRecurring = wire.subscription !== null;
    // An item that is said not to be one-time, and names no subscription, may be either.
    const isUnknown = !isRecurring && wire.oneTime === false;
    const { removal, conversion } = actions[isRecurring ? 'recurring' : isUnknown ? 'unknown' : 'oneTime'];
    const ref = refTo(account, 'LineItem', wire.publicId);
    return {
      id: toGlobalId(ref),
      ref,
      providerId: wire.publicId,
      orderRef: order.ref,
      product: toProductRef(wire.product, account),
      title: null,
      variantTitle: null,
      imageUrl: null,
      quantity: wire.quantity,
      purchaseMode: isRecurring ? 'SUBSCRIPTION' : isUnknown ? 'UNKNOWN' : 'ONE_TIME',
      origin: isRecurring ? 'RECURRING' : wire.oneTime === true ? 'UPSELL' : 'UNKNOWN',
      unitPrice,
      compareAtTotal: null,
      discount: discountOf(unitPrice, wire.quantity, total),
      fees: null,
      tax: null,
      taxIncluded: null,
      total,
      locked: null,
      stockHeld: null,
      subscriptionRef: wire.subscription === null ? null : refTo(account, 'SubscriptionContract', wire.subscription),
      terms: null,
      removal,
      conversion,
    };
  };
}

export function toSubscription(wire: WireSubscription, account: OrdergrooveAccount, now: Date): Subscription {
  const status = subscriptionStatus(wire);
  return {
    status,
    providerStatus: `live=${wire.live ?? 'missing'}`,
    customerId: wire.customer,
    lines:
      wire.product === null
        ? []
        : [
            {
              providerId: wire.publicId,
              product: toProductRef(wire.product, account),
              quantity: wire.quantity,
              unitPrice: toMoney(wire.price, currencyOf(wire.currencyCode, account)),
            },
          ],
    terms: termsOf(wire, account),
    startDate: toDate(wire.startDate),
    nextDelivery: status === 'ACTIVE' ? 'AS_NEXT_ORDER' : null,
    endsAt: cancelledAt(wire, account),
    pendingChanges: status === 'ACTIVE' ? pendingChangesOf(wire) : [],
    dunning: null,
    observedAt: now,
    ...identity(account, 'SubscriptionContract', wire.publicId),
  };
}

export function toProduct(wire: WireProduct, account: OrdergrooveAccount): Product {
  return {
    title: wire.name,
    handle: null,
    imageUrl: wire.imageUrl,
    ...toProductRef(wire.externalProductId, account),
  };
}

export function toOffer(offerId: string, account: OrdergrooveAccount, maySubscribe: boolean): UpsellOffer {
  return {
    product: null,
    title: null,
    amountOff: null,
    percentOff: null,
    price: null,
    compareAtPrice: null,
    terms: null,
    purchaseModes: maySubscribe ? ['ONE_TIME', 'SUBSCRIPTION'] : ['ONE_TIME'],
    funnelStep: null,
    ...identity(account, 'UpsellOffer', offerId),
  };
}

function subscriptionStatus({ live, cancelled }: WireSubscription): SubscriptionStatus {
  if (live === null) return 'UNKNOWN';
  return live && cancelled === null ? 'ACTIVE' : 'CANCELLED';
}

function cancelledAt({ cancelled }: WireSubscription, account: OrdergrooveAccount): ScheduledMoment | null {
  const at = cancelled === null ? unknownMoment : parseLocalDateTime(cancelled, account.timeZone);
  return at.date === null ? null : at;
}

/** Reads a day that is documented as a date and shown in one sample as a date with a time. */
function toDate(text: string | null): LocalDate | null {
  return text === null ? null : parseLocalDateTime(text, null).date;
}
