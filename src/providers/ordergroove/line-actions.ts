import { availability, type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { LineItem } from '../../domain/line-item.js';
import type { Order } from '../../domain/order.js';
import { mayRecur } from '../kit/eligibility.js';
import { reasonsOfOrder } from './order-reasons.js';

type LineActions = Pick<LineItem, 'removal' | 'conversion'>;

/** Returns what may be done to the lines of an order: one answer for all that recur, one for those that do not, and one where that is not known. */
export function lineActionsOn(order: Order): ActionsOfLines {
  const reasons = reasonsOfOrder(order);
  return reasons.length === 0 ? onOpenOrder : actionsWith(reasons);
}

interface ActionsOfLines {
  readonly recurring: LineActions;
  readonly oneTime: LineActions;
  readonly unknown: LineActions;
}

function actionsWith(reasons: readonly EligibilityReason[]): ActionsOfLines {
  const ofOrder = availability(reasons);
  const unknown = availability([mayRecur('one_time = false, and no subscription is named'), ...reasons]);
  return {
    recurring: {
      removal: availability([recurs(wouldComeBack), ...reasons]),
      conversion: availability([recurs(alreadyRecurs), ...reasons]),
    },
    oneTime: { removal: ofOrder, conversion: reasons.length > 0 ? ofOrder : availability([dependsOnProduct]) },
    unknown: { removal: unknown, conversion: unknown },
  };
}

/** Products are not read with lines; the conversion reads this one. */
const dependsOnProduct = reason('NO_SUBSCRIPTION_PLAN', 'Possible when this product can be subscribed to.', {
  blocking: false,
});

const wouldComeBack = 'This item belongs to a subscription: taken off this order, it would be on the next one.';
const alreadyRecurs = 'This item already belongs to a subscription.';

/**
 * Refuses a line that recurs: the deleted item of a live subscription is created again, as documented with the webhook
 * event `item.remove`.
 */
function recurs(message: string): EligibilityReason {
  return reason('ALREADY_SUBSCRIBED', message, { evidence: 'subscription is set' });
}

const onOpenOrder = actionsWith([]);
