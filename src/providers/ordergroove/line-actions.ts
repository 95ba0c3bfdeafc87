import { type ActionAvailability, availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import { reasonsOfOrder } from './order-reasons.js';
import type { WireItem } from './wire.js';

export function removalOf(item: WireItem, order: Order): ActionAvailability {
  return availability([...recurring(item, wouldComeBack), ...reasonsOfOrder(order)]);
}

export function conversionOf(item: WireItem, order: Order): ActionAvailability {
  return availability([...recurring(item, alreadyRecurs), ...reasonsOfOrder(order)]);
}

const wouldComeBack = 'This item belongs to a subscription: taken off this order, it would be on the next one.';
const alreadyRecurs = 'This item already belongs to a subscription.';

/** Documented with the webhook event `item.remove`: the deleted item of a live subscription is created again. */
function recurring({ subscription }: WireItem, message: string): readonly EligibilityReason[] {
  return subscription === null ? [] : [reason('NOT_ONE_TIME', message, { evidence: 'subscription is set' })];
}
