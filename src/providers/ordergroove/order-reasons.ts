import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import { reasonsOfScheduledOrder } from '../kit/order-reasons.js';
import { isLocked } from './order-window.js';

/** Lists why the order itself takes no change now. A window about to close does not forbid one yet. */
export function reasonsOfOrder(order: Order): readonly EligibilityReason[] {
  if (isLocked(order)) {
    return [reason('ORDER_LOCKED', 'This order is locked.', { evidence: 'locked = true', remedy: 'USE_NEXT_ORDER' })];
  }
  const windowEvidence = `place = ${order.scheduled.date ?? 'missing'}`;
  return reasonsOfScheduledOrder(order, { verb: 'placed', windowEvidence });
}
