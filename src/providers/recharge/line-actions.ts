import { mayRecur } from '../kit/eligibility.js';
import { availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import { reasonsOfOrder } from './order-reasons.js';

type LineActions = Pick<LineItem, 'removal' | 'conversion'>;

export type LineKind = 'one-time' | 'recurring' | 'locked' | 'unknown';

/** Returns what may be done to the lines of an order, by their kind. */
export function lineActionsOn(
  order: Pick<Order, 'status' | 'providerStatus' | 'window'>,
): Readonly<Record<LineKind, LineActions>> {
  const reasons = reasonsOfOrder(order);
  const ofOrder = availability(reasons);
  const locked = availability([isLocked, ...reasons]);
  const unknown = availability([mayRecur(UNDOCUMENTED), ...reasons]);
  return {
    'one-time': {
      removal: ofOrder,
      conversion: reasons.length > 0 ? ofOrder : availability([dependsOnPlan]),
    },
    recurring: {
      removal: availability([recurs(wouldEnd), ...reasons]),
      conversion: availability([recurs(alreadyRecurs), ...reasons]),
    },
    locked: { removal: locked, conversion: locked },
    unknown: { removal: unknown, conversion: unknown },
  };
}

/** Products are not read with lines; the conversion reads this one. */
const dependsOnPlan = reason('NO_SUBSCRIPTION_PLAN', 'Possible when this product can be subscribed to.', {
  blocking: false,
});

const wouldEnd = 'This item belongs to a subscription: it would change in all orders to come.';
const alreadyRecurs = 'This item already belongs to a subscription.';

function recurs(message: string): EligibilityReason {
  return reason('NOT_ONE_TIME', message, { evidence: 'purchase_item_type is a subscription' });
}

const isLocked = reason('LOCKED_LINE', 'This item cannot be changed.', {
  evidence: 'a gift, or an item that is named twice',
});

const UNDOCUMENTED = 'purchase_item_type is none that is documented';
