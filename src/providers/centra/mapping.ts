import type { Account } from '../../domain/account.js';
import type { LineItem, LineItemOrigin } from '../../domain/line-item.js';
import { parseLocalDateTime, unknownMoment } from '../../domain/moment.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import type { Product } from '../../domain/product.js';
import { type Subscription, unstatedTerms } from '../../domain/subscription.js';
import { absolute, currencyOf, reduction } from '../kit/money.js';
import { identity, toProductRef } from '../kit/references.js';
import { outlookOf } from './outlook.js';
import { termsOfPlan } from './plan-terms.js';
import { toOrderStatus } from './statuses.js';
import { conversionOf, removal } from './line-actions.js';
import { toMoney } from './money.js';
import { isOpen, windowOf } from './order-window.js';
import { toLineKey, toSubscriptionKey } from './keys.js';
import type { CentraSettings } from './settings.js';
import type { UpsellTerms } from './terms.js';
import type { WireLine, WireOrder } from './wire.js';
import type { WireSubscription } from './wire-contract.js';
import type { WireProduct } from './wire-product.js';

type CentraAccount = Account<CentraSettings>;

export function toOrder(wire: WireOrder, terms: UpsellTerms | null, account: CentraAccount, now: Date): Order {
  const window = windowOf(terms, account.settings, account.timeZone, now);
  const status = toOrderStatus(wire.status, wire.statusDescription);
  return {
    displayNumber: wire.order,
    kind: 'POST_PURCHASE',
    status: status === 'PLACED' && isOpen(window) ? 'OPEN_FOR_UPSELL' : status,
    providerStatus: wire.statusDescription ?? wire.status ?? '',
    customerId: wire.email,
    scheduled: wire.date === null ? unknownMoment : parseLocalDateTime(wire.date, account.timeZone),
    window,
    totals: toTotals(wire, account),
    observedAt: now,
    ...identity(account, 'Order', wire.order),
  };
}

function toTotals(wire: WireOrder, account: CentraAccount): OrderTotals | null {
  const currency = currencyOf(wire.currency, account);
  if (currency === null) return null;
  return {
    subtotal: toMoney(wire.itemsTotal, currency),
    discount: absolute(toMoney(wire.discount, currency)),
    tax: toMoney(wire.tax, currency),
    taxIncluded: isTaxIncluded(wire),
    shipping: toMoney(wire.shipping, currency),
    fees: toMoney(wire.handling, currency),
    total: toMoney(wire.grandTotal, currency),
    estimated: false,
  };
}

/**
 * Whether prices contain tax, as they do unless it is stated apart.
 * See https://docs.centra.com/api-references/checkout-api/api-reference/order-flow
 */
function isTaxIncluded({ tax, taxAdded, taxDeducted }: WireOrder): boolean | null {
  if (isSome(taxAdded)) return false;
  return isSome(taxDeducted) || !isSome(tax) ? null : true;
}

function isSome(amount: string | null): boolean {
  return amount !== null && /[1-9]/.test(amount);
}

export interface OrderContext {
  readonly wire: WireOrder;
  readonly order: Order;
  readonly terms: UpsellTerms | null;
  /** Null: nobody is logged in. */
  readonly loggedIn: string | null;
}

export function toLineItem(line: WireLine, context: OrderContext, account: CentraAccount): LineItem {
  const { wire, order, terms } = context;
  const currency = currencyOf(wire.currency, account);
  const total = toMoney(line.totalPrice, currency);
  const unitPrice = toMoney(line.priceEach, currency);
  const fullPrice = toMoney(line.priceEachBeforeDiscount, currency);
  return {
    orderRef: order.ref,
    product: toProductRef(line.product, account),
    title: line.title,
    variantTitle: line.size,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    purchaseMode: line.plan === null ? 'ONE_TIME' : 'SUBSCRIPTION',
    origin: originOf(line, terms),
    unitPrice,
    compareAtTotal: reduction(fullPrice, unitPrice) && fullPrice,
    discount: reduction(toMoney(line.totalPriceBeforeDiscount, currency), total),
    // The percentage is stated, the amount is not.
    tax: null,
    fees: null,
    taxIncluded: isTaxIncluded(wire),
    total,
    locked: null,
    stockHeld: null,
    subscriptionRef: null,
    terms: line.plan && termsOfPlan(line.plan, currency),
    removal,
    conversion: conversionOf(line, context),
    ...identity(account, 'LineItem', toLineKey({ order: wire.order, line: line.line }), line.line),
  };
}

/** Tells whether a line was added after the checkout: nothing marks one, but the finished checkout did not have it. */
function originOf({ line }: WireLine, terms: UpsellTerms | null): LineItemOrigin {
  if (terms === null) return 'UNKNOWN';
  return terms.lines.includes(line) ? 'ORIGINAL' : 'UPSELL';
}

export function toSubscription(
  wire: WireSubscription,
  customerId: string,
  account: CentraAccount,
  now: Date,
): Subscription {
  return {
    providerStatus: wire.status,
    customerId,
    lines: wire.lines.map(({ item, product, quantity }) => ({
      providerId: item,
      product: toProductRef(product, account),
      quantity,
      // Priced when its order is made.
      unitPrice: null,
    })),
    terms: Object.assign({}, unstatedTerms, { deliveryFrequency: wire.frequency, billingFrequency: wire.frequency }),
    startDate: null,
    observedAt: now,
    ...outlookOf(wire, account.timeZone),
    ...identity(account, 'SubscriptionContract', toSubscriptionKey(wire), wire.subscription),
  };
}

export function toProduct(wire: WireProduct, account: CentraAccount): Product {
  return { ...toProductRef(wire.product, account), title: wire.name, handle: wire.uri, imageUrl: wire.imageUrl };
}
