import { type ActionAvailability, availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Lookup } from '../../domain/lookup.js';
import { localDate, fromInstant, unknownMoment } from '../../domain/moment.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import { discountOf, sumOf } from '../kit/money.js';
import { identity, refTo, toProductRef } from '../kit/references.js';
import { contractLineKey, oneOffKey, type OrderKey, toOrderKey } from './keys.js';
import { priceOf, toMoney } from './money.js';
import { reasonsOfOrder } from './order-reasons.js';
import { windowOf } from './order-window.js';
import type { AppstleAccount } from './settings.js';
import { toFrequency, toOrderStatus, toSubscriptionStatus } from './statuses.js';
import type { WireAttempt, WireOneOff } from './wire.js';
import type { WireContract, WireLine } from './wire-contract.js';

/** The order without its totals, which are a sum of its lines until it is billed. */
export function toOrder(attempt: WireAttempt, customerId: string | null, account: AppstleAccount, now: Date): Order {
  const status = toOrderStatus(attempt.status);
  const { billingDate } = attempt;
  const scheduled = billingDate === null ? unknownMoment : fromInstant(billingDate, account.timeZone);
  const key = toOrderKey({ contractId: attempt.contractId, attemptId: attempt.id });
  return {
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

const nothing = { subtotal: null, discount: null, tax: null, fees: null };

/** Taxes and discounts are known once it is billed: until then the total is an estimate. */
export function estimatedTotals(
  lines: Lookup<readonly LineItem[]>,
  contract: Lookup<WireContract>,
): OrderTotals | null {
  if (contract.state !== 'found') return null;
  const shipping = toMoney(contract.value.deliveryPrice);
  const items = lines.state === 'found' ? lines.value.map(({ total }) => total) : [null];
  return { ...nothing, shipping, total: sumOf([...items, ...(shipping ? [shipping] : [])]), estimated: true };
}

/** What was billed is in the currency of the contract. */
export function billedTotals({ orderAmount }: WireAttempt, contract: Lookup<WireContract>): OrderTotals | null {
  if (contract.state !== 'found' || orderAmount === null) return null;
  const currencyCode = contract.value.deliveryPrice?.currencyCode ?? null;
  const total = toMoney({ amount: orderAmount, currencyCode: currencyCode ?? lineCurrency(contract.value) });
  return total && { ...nothing, shipping: null, total, estimated: false };
}

function lineCurrency({ lines }: WireContract): string | null {
  return lines.records.flatMap(({ price }) => price?.currencyCode ?? [])[0] ?? null;
}

const unstated = { compareAtTotal: null, tax: null, locked: null, stockHeld: null };

export function oneOffLine(wire: WireOneOff, key: OrderKey, order: Order, account: AppstleAccount): LineItem {
  const unitPrice = priceOf(wire, account);
  const open = availability(reasonsOfOrder(order));
  return {
    orderRef: order.ref,
    product: toProductRef(wire.variantId, account),
    quantity: wire.quantity,
    purchaseMode: 'ONE_TIME',
    origin: 'UPSELL',
    unitPrice,
    discount: null,
    total: unitPrice?.times(wire.quantity) ?? null,
    subscriptionRef: null,
    removal: open,
    conversion: open,
    ...identity(account, 'LineItem', oneOffKey(key, wire.variantId), wire.id ?? wire.variantId),
    ...unstated,
  };
}

/** A line of the contract as it will be in one order: recurring, or a one-time line of the next one. */
export function contractLine(wire: WireLine, key: OrderKey, order: Order, account: AppstleAccount): LineItem {
  const unitPrice = toMoney(wire.price);
  const total = toMoney(wire.total) ?? unitPrice?.times(wire.quantity) ?? null;
  const actions = wire.oneTime ? [] : [recurs];
  const availableActions: ActionAvailability = availability([...actions, ...reasonsOfOrder(order)]);
  return {
    orderRef: order.ref,
    product: toProductRef(wire.variantId, account),
    quantity: wire.quantity,
    purchaseMode: wire.oneTime ? 'ONE_TIME' : 'SUBSCRIPTION',
    origin: wire.oneTime ? 'UPSELL' : 'RECURRING',
    unitPrice,
    discount: discountOf(unitPrice, wire.quantity, total),
    total,
    subscriptionRef: wire.oneTime ? null : refTo(account, 'SubscriptionContract', key.contractId),
    removal: availableActions,
    conversion: availableActions,
    ...identity(account, 'LineItem', contractLineKey(key, wire.id), wire.id),
    ...unstated,
  };
}

const recurs: EligibilityReason = reason(
  'NOT_ONE_TIME',
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
    status: toSubscriptionStatus(wire.status),
    providerStatus: wire.status,
    customerId: wire.customerId ?? customerId,
    lines: wire.lines.records
      .filter(({ oneTime }) => !oneTime)
      .map(({ variantId, quantity, price }) => ({
        product: toProductRef(variantId, account),
        quantity,
        unitPrice: toMoney(price),
      })),
    frequency: toFrequency(wire.billing),
    startDate: wire.createdAt === null ? null : localDate(wire.createdAt, account.timeZone ?? 'UTC'),
    observedAt: now,
    ...identity(account, 'SubscriptionContract', wire.id),
  };
}
