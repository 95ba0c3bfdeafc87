import { type ActionAvailability, availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Lookup } from '../../domain/lookup.js';
import { localDate, fromInstant, unknownMoment } from '../../domain/moment.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { LineBefore } from '../../domain/write.js';
import { discountOf, sumOf } from '../kit/money.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { contractLineKey, fromLineKey, oneOffKey, type OrderKey, toOrderKey } from './keys.js';
import { priceOf, toMoney } from './money.js';
import { reasonsOfOrder } from './order-reasons.js';
import { windowOf } from './order-window.js';
import type { AppstleAccount } from './settings.js';
import { toOrderStatus } from './statuses.js';
import { outlookOf, pricesOfLine, termsOfContract } from './terms.js';
import type { WireAttempt, WireOneOff } from './wire.js';
import type { WireContract, WireLine } from './wire-contract.js';

/** Maps an attempt to an order without totals, which are a sum of its lines until it is billed. */
export function toOrder(attempt: WireAttempt, customerId: string | null, account: AppstleAccount, now: Date): Order {
  const status = toOrderStatus(attempt.status);
  const { billingDate } = attempt;
  const scheduled = billingDate === null ? unknownMoment : fromInstant(billingDate, account.timeZone);
  const key = toOrderKey({ contractId: attempt.contractId, attemptId: attempt.id });
  return {
    displayNumber: attempt.orderName,
    kind: 'UPCOMING',
    status,
    providerStatus: attempt.status,
    customerId,
    scheduled,
    window: windowOf(status, scheduled, account.settings, now),
    totals: null,
    observedAt: now,
    ...identity(account, 'Order', key, attempt.id),
  };
}

const nothing = { subtotal: null, discount: null, tax: null, taxIncluded: null, fees: null };

/** Estimates the totals of an order that is not billed: taxes and discounts are known only afterwards. */
export function estimatedTotals(
  lines: Lookup<readonly LineItem[]>,
  contract: Lookup<WireContract>,
): OrderTotals | null {
  if (contract.state !== 'found') return null;
  const shipping = toMoney(contract.value.deliveryPrice);
  const items = lines.state === 'found' ? lines.value.map(({ total }) => total) : [null];
  return { ...nothing, shipping, total: sumOf([...items, shipping]), estimated: true };
}

/** Returns the totals of a billed order, in the currency of the contract. */
export function billedTotals({ orderAmount }: WireAttempt, contract: Lookup<WireContract>): OrderTotals | null {
  if (contract.state !== 'found' || orderAmount === null) return null;
  const currencyCode = contract.value.deliveryPrice?.currencyCode ?? null;
  const total = toMoney({ amount: orderAmount, currencyCode: currencyCode ?? lineCurrency(contract.value) });
  return total && { ...nothing, shipping: null, total, estimated: false };
}

function lineCurrency({ lines }: WireContract): string | null {
  return lines.records.flatMap(({ price }) => price?.currencyCode ?? [])[0] ?? null;
}

const unstated = { compareAtTotal: null, fees: null, tax: null, taxIncluded: null, locked: null, stockHeld: null };

/** What of an order decides which of its lines may be changed. */
export type OrderState = Pick<Order, 'status' | 'providerStatus' | 'window'>;

export function oneOffLine(wire: WireOneOff, key: OrderKey, order: OrderState, account: AppstleAccount): LineItem {
  const unitPrice = priceOf(wire, account);
  const open = availability(reasonsOfOrder(order));
  return {
    orderRef: refTo(account, 'Order', toOrderKey(key)),
    product: toProductRef(wire.variantId, account),
    title: wire.title,
    variantTitle: wire.variantTitle,
    imageUrl: wire.imageUrl,
    quantity: wire.quantity,
    purchaseMode: 'ONE_TIME',
    origin: 'UPSELL',
    unitPrice,
    discount: null,
    total: wire.hasQuantity ? (unitPrice?.times(wire.quantity) ?? null) : null,
    subscriptionRef: null,
    terms: null,
    removal: open,
    conversion: open,
    ...identity(account, 'LineItem', oneOffKey(key, wire.variantId), wire.id ?? wire.variantId),
    ...unstated,
  };
}

/** Maps a line of the contract as it will be in one order: recurring, or a one-time line of the next one. */
export function contractLine(
  wire: WireLine,
  contract: WireContract,
  key: OrderKey,
  order: OrderState,
  account: AppstleAccount,
): LineItem {
  const unitPrice = toMoney(wire.price);
  const total = toMoney(wire.total) ?? unitPrice?.times(wire.quantity) ?? null;
  const actions = wire.oneTime ? [] : [recurs];
  const availableActions: ActionAvailability = availability([...actions, ...reasonsOfOrder(order)]);
  return {
    orderRef: refTo(account, 'Order', toOrderKey(key)),
    product: productOf(wire, account),
    title: wire.title,
    variantTitle: wire.variantTitle,
    imageUrl: wire.imageUrl,
    quantity: wire.quantity,
    purchaseMode: wire.oneTime ? 'ONE_TIME' : 'SUBSCRIPTION',
    origin: wire.oneTime ? 'UPSELL' : 'RECURRING',
    unitPrice,
    discount: discountOf(unitPrice, wire.quantity, total),
    total,
    subscriptionRef: wire.oneTime ? null : refTo(account, 'SubscriptionContract', key.contractId),
    terms: wire.oneTime ? null : termsOfContract(contract, pricesOfLine(wire)),
    removal: availableActions,
    conversion: availableActions,
    ...identity(account, 'LineItem', contractLineKey(key, wire.id), wire.id),
    ...unstated,
  };
}

/** Maps a line of an order that is no longer queued: what its attempt states, with the price it had before. */
export function billedLine(line: LineBefore, key: OrderKey, order: OrderState, account: AppstleAccount): LineItem {
  const { productId, quantity, recurring, unitPrice, total } = line;
  const lineKey = fromLineKey(line.key);
  const closed = availability([...(recurring ? [recurs] : []), ...reasonsOfOrder(order)]);
  return {
    orderRef: refTo(account, 'Order', toOrderKey(key)),
    product: toProductRef(productId, account),
    quantity,
    purchaseMode: recurring === null ? 'UNKNOWN' : recurring ? 'SUBSCRIPTION' : 'ONE_TIME',
    origin: recurring ? 'RECURRING' : 'UPSELL',
    unitPrice,
    discount: discountOf(unitPrice, quantity, total),
    total,
    subscriptionRef: recurring ? refTo(account, 'SubscriptionContract', key.contractId) : null,
    title: null,
    variantTitle: null,
    imageUrl: null,
    terms: null,
    removal: closed,
    conversion: closed,
    ...identity(account, 'LineItem', line.key, lineKey?.kind === 'line' ? lineKey.lineId : productId),
    ...unstated,
  };
}

/** Returns the prices of a contract's only recurring line. For several, see the lines. */
function pricesOfContract({ lines }: WireContract) {
  const [only, ...others] = lines.records.filter(({ oneTime }) => !oneTime);
  return only && others.length === 0 ? pricesOfLine(only) : [];
}

/** Refers to the product of a line. A line outlasts its variant: then no product has this key. */
function productOf({ id, variantId }: WireLine, account: AppstleAccount) {
  return toProductRef(variantId ?? `deleted variant of ${id}`, account);
}

const recurs: EligibilityReason = reason(
  'ALREADY_SUBSCRIBED',
  'This item belongs to the subscription: a change would be one of all its orders.',
  { evidence: 'the line has no _one_time_product' },
);

export function toSubscription(
  wire: WireContract,
  customerId: string | null,
  account: AppstleAccount,
  now: Date,
): Subscription {
  return {
    providerStatus: wire.status,
    customerId: wire.customerId ?? customerId,
    lines: wire.lines.records
      .filter(({ oneTime }) => !oneTime)
      .map((line) => ({
        providerId: line.id,
        product: productOf(line, account),
        quantity: line.quantity,
        unitPrice: toMoney(line.price),
      })),
    terms: termsOfContract(wire, pricesOfContract(wire)),
    startDate: wire.createdAt === null ? null : localDate(wire.createdAt, account.timeZone ?? 'UTC'),
    observedAt: now,
    ...outlookOf(wire, account),
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}
