import { type ActionAvailability, availability, reason } from '../../domain/eligibility.js';
import { PAID, RENEWAL } from './statuses.js';
import type { SureCartSettings } from './settings.js';
import type { WireLine, WireOrder } from './wire.js';

export function removalOf({ locked }: WireLine): ActionAvailability {
  const message = 'This item is paid for: ask the shop for a refund instead.';
  if (locked === true) return availability([reason('LOCKED_LINE', message, { evidence: 'locked = true' })]);
  return availability([reason('CAPABILITY_MISSING', message)]);
}

/**
 * Returns whether a line can become a subscription, which no endpoint makes of a paid line. A recurring price is looked
 * for only when a request is made.
 */
export function conversionOf(
  { price, quantity }: WireLine,
  { status, orderType, checkout: { paymentMethodId, manualPaymentMethodId } }: WireOrder,
  { paidConversions }: SureCartSettings,
): ActionAvailability {
  if (price?.interval || orderType === RENEWAL) {
    const evidence = price?.interval ? `recurring_interval = ${price.interval}` : `order_type = ${orderType}`;
    return availability([reason('ALREADY_SUBSCRIBED', 'This item already belongs to a subscription.', { evidence })]);
  }
  if (status !== PAID) {
    const message = 'Only an item that was paid for can become a subscription.';
    return availability([reason('ORDER_NOT_OPEN', message, { evidence: `status = ${status}` })]);
  }
  if (paidConversions === 'refuse') {
    return availability([reason('CAPABILITY_MISSING', 'This shop does not turn items into subscriptions.')]);
  }
  if (quantity !== 1) {
    const message = 'Only a single unit can become a subscription.';
    return availability([reason('CAPABILITY_MISSING', message, { evidence: `quantity = ${quantity}` })]);
  }
  if (paymentMethodId === null && manualPaymentMethodId === null) {
    const message = 'This order has no payment method that could be charged again.';
    const evidence = 'payment_method = null';
    return availability([reason('PAYMENT_METHOD_NOT_USABLE', message, { evidence, remedy: 'PLACE_NEW_ORDER' })]);
  }
  const message = 'Possible when the shop sells this product as a subscription.';
  return availability([reason('NO_SUBSCRIPTION_PLAN', message, { blocking: false })]);
}
