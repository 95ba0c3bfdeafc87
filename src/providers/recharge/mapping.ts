import type { LineItem } from '../../domain/line-item.js';
import type { Listing, Lookup } from '../../domain/lookup.js';
import { parseLocalDateTime, type ScheduledMoment } from '../../domain/moment.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import type { Product, PurchaseMode } from '../../domain/product.js';
import type { Subscription } from '../../domain/subscription.js';
import { mapRecords } from '../kit/lookups.js';
import { currencyOf, sumOf, toMoney } from '../kit/money.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { type OrderKey, toLineKey, toOrderKey } from './keys.js';
import { type LineKind, lineActionsOn } from './line-actions.js';
import { windowOf } from './order-window.js';
import type { RechargeAccount } from './settings.js';
import { toOrderStatus, toSubscriptionStatus } from './statuses.js';
import { termsOf } from './terms.js';
import type { WireCharge, WireLine, WireSubscription } from './wire.js';
import type { CatalogueItem } from './wire-catalogue.js';
import { EASTERN } from './wire-values.js';

export function toOrder(wire: WireCharge, account: RechargeAccount, now: Date): Order {
  const scheduled = onDay(wire.day);
  const status = toOrderStatus(wire.status);
  return {
    displayNumber: null,
    kind: 'UPCOMING',
    status,
    providerStatus: wire.status,
    customerId: wire.customerId,
    scheduled,
    window: windowOf(status, scheduled, account.settings, now),
    totals: toTotals(wire, account),
    observedAt: now,
    ...identity(account, 'Order', toOrderKey(wire), wire.id),
  };
}

/** Returns midnight of a day on Recharge's calendar. */
export function onDay(day: string): ScheduledMoment {
  return parseLocalDateTime(day, EASTERN);
}

/** Maps the totals as Recharge has calculated them so far. */
function toTotals(wire: WireCharge, account: RechargeAccount): OrderTotals | null {
  const currency = currencyOf(wire.currency, account);
  if (currency === null) return null;
  const { records: shipping, problem: unread } = wire.shipping;
  const isPending = shipping.some((line) => line.isPending);
  return {
    subtotal: toMoney(wire.linesTotal, currency),
    discount: toMoney(wire.discount, currency),
    tax: toMoney(wire.tax, currency),
    taxIncluded: wire.taxesIncluded,
    shipping: unread || isPending ? null : sumOf(shipping.map(({ price }) => toMoney(price, currency))),
    fees: toMoney(wire.duties, currency),
    total: toMoney(wire.total, currency),
    estimated: wire.isRebuilding === true || isPending,
  };
}

/** Maps the lines of a charge. One that cannot be mapped is left out, and the problem names it. */
export function toLines(wire: WireCharge, order: Order, account: RechargeAccount): Listing<LineItem> {
  const currency = currencyOf(wire.currency, account);
  const actions = lineActionsOn(order);
  const seen = new Map<string, number>();
  const named = (line: WireLine) => {
    const item = line.itemId ?? 'gift';
    const count = (seen.get(item) ?? 0) + 1;
    seen.set(item, count);
    return { item: count === 1 ? item : `${item}-${count}`, isRepeated: count > 1 };
  };
  return mapRecords(
    wire.lines,
    (line): LineItem => {
      const { item, isRepeated } = named(line);
      const kind = kindOf(line, isRepeated);
      const isRecurring = isSubscription(line.type);
      return {
        orderRef: order.ref,
        product: toProductRef(productIdOf(line, item), account),
        title: line.title,
        variantTitle: line.variantTitle,
        imageUrl: line.imageUrl,
        quantity: line.quantity,
        purchaseMode: modeOf(line),
        origin: isRecurring ? 'RECURRING' : line.type === 'onetime' && !line.isGift ? 'UPSELL' : 'UNKNOWN',
        unitPrice: toMoney(line.unitPrice, currency),
        compareAtTotal: null,
        discount: null,
        fees: null,
        tax: toMoney(line.tax, currency),
        taxIncluded: line.unitPriceIncludesTax,
        total: toMoney(line.total, currency),
        locked: null,
        stockHeld: null,
        subscriptionRef:
          isRecurring && line.itemId !== null ? refTo(account, 'SubscriptionContract', line.itemId) : null,
        terms: null,
        ...actions[kind],
        ...identity(account, 'LineItem', toLineKey(wire, item), item),
      };
    },
    ({ itemId }) => itemId,
  );
}

/** Returns the id of a line's product. An item of a shop that gives its products no ids stands for itself. */
function productIdOf({ variantId }: WireLine, item: string): string {
  return variantId ?? `item-${item}`;
}

function kindOf({ type, itemId, isGift }: WireLine, isRepeated: boolean): LineKind {
  if (isGift || itemId === null || isRepeated) return 'locked';
  if (type === 'onetime') return 'one-time';
  return isSubscription(type) ? 'recurring' : 'unknown';
}

/** A gift belongs to its charge, whatever its type. */
function modeOf({ type, isGift }: WireLine): PurchaseMode {
  if (isSubscription(type)) return 'SUBSCRIPTION';
  return type === 'onetime' || isGift ? 'ONE_TIME' : 'UNKNOWN';
}

const SUBSCRIPTIONS: ReadonlySet<string | null> = new Set([
  'subscription',
  'prepaid',
  'prepaid_v2',
  'membership_subscription',
]);

export function isSubscription(type: string | null): boolean {
  return SUBSCRIPTIONS.has(type);
}

/** Maps a subscription. `unpaid`: the charge that holds it and could not be paid. Until that is known, it may be unpaid. */
export function toSubscription(
  wire: WireSubscription,
  unpaid: Lookup<WireCharge>,
  account: RechargeAccount,
  now: Date,
): Subscription {
  const stated = toSubscriptionStatus(wire.status);
  const dunning = stated === 'ACTIVE' ? dunningOf(wire, unpaid) : null;
  return {
    status: dunning === null ? stated : 'detail' in dunning ? 'UNKNOWN' : 'PAST_DUE',
    providerStatus: wire.status,
    customerId: wire.customerId,
    lines: [
      {
        providerId: wire.id,
        product: toProductRef(wire.variantId ?? `item-${wire.id}`, account),
        quantity: wire.quantity,
        unitPrice: toMoney(wire.price, currencyOf(wire.currency, account)),
      },
    ],
    terms: termsOf(wire, account),
    startDate: null,
    nextDelivery: stated === 'ACTIVE' && wire.day !== null && isPaidByDelivery(wire) ? onDay(wire.day) : null,
    endsAt: null,
    pendingChanges: [],
    dunning,
    observedAt: now,
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}

function dunningOf({ isGivenUp }: WireSubscription, unpaid: Lookup<WireCharge>): Subscription['dunning'] {
  if (isGivenUp) return { reason: 'UNKNOWN', nextAttemptAt: null, endsAt: null };
  if (unpaid.state === 'failed') return unpaid.problem;
  return unpaid.state === 'found' ? { reason: 'UNKNOWN', nextAttemptAt: unpaid.value.retryAt, endsAt: null } : null;
}

/** Whether the next charge of a subscription is its next delivery, as far as is known. */
function isPaidByDelivery({ orderEvery, chargeEvery, isPrepaid }: WireSubscription): boolean {
  return isPrepaid !== true && orderEvery !== null && orderEvery === chargeEvery;
}

/** Maps a product of the catalogue, or of a line: both name it alike. */
export function toProduct(
  variantId: string,
  { title, variantTitle, handle, imageUrl }: Pick<CatalogueItem, 'title' | 'variantTitle' | 'handle' | 'imageUrl'>,
  account: RechargeAccount,
): Product {
  return {
    title: title !== null && variantTitle !== null ? `${title}, ${variantTitle}` : title,
    handle,
    imageUrl,
    ...toProductRef(variantId, account),
  };
}

/** Whether a charge is the order of a key. */
export function isOn({ addressId, day }: OrderKey) {
  return (wire: WireCharge) => wire.addressId === addressId && wire.day === day;
}
