import { type ActionAvailability, availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Money } from '../../domain/money.js';
import type { Order } from '../../domain/order.js';
import { identity, refTo, toProductRef } from './identity.js';
import { contractLineKey, oneOffKey, type OrderKey } from './keys.js';
import { priceOf, toMoney } from './money.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { AppstleAccount } from './session.js';
import type { WireOneOff } from './wire.js';
import type { WireLine } from './wire-contract.js';

const unstated = { compareAtPrice: null, tax: null, locked: null, stockHeld: null };

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

function discountOf(unitPrice: Money | null, quantity: number, total: Money | null): Money | null {
  if (unitPrice === null || total === null || unitPrice.currency !== total.currency) return null;
  const discount = unitPrice.times(quantity).minus(total);
  return discount.minor > 0n ? discount : null;
}
