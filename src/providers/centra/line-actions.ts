import { type ActionAvailability, availability, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import type { WireLine } from './wire.js';

export const removal: ActionAvailability = availability([
  reason('CAPABILITY_MISSING', 'A line of a placed order cannot be taken off.'),
]);

/** Whether a line and its shopper allow a conversion; whether there is a contract to join is read when it is asked for. */
export function conversionOf(
  { plan }: WireLine,
  { order, loggedIn }: { readonly order: Order; readonly loggedIn: string | null },
): ActionAvailability {
  if (plan !== null) {
    return availability([
      reason('ALREADY_SUBSCRIBED', 'This item is a subscription already.', { evidence: 'subscriptionPlan is set' }),
    ]);
  }
  if (order.status === 'CANCELLED') {
    const evidence = `status = ${order.providerStatus}`;
    return availability([
      reason('ORDER_NOT_OPEN', 'This order was cancelled.', { evidence, remedy: 'PLACE_NEW_ORDER' }),
    ]);
  }
  if (loggedIn === null) return availability([loginNeeded]);
  const message =
    'This needs a subscription contract with a valid payment; whether there is one is looked up when it is asked for.';
  return availability([reason('UNKNOWN', message, { blocking: false })]);
}

export const loginNeeded = reason('NOT_PERMITTED', 'Log in to subscribe to this item.', {
  evidence: 'no customer is logged in',
  remedy: 'LOG_IN',
});
