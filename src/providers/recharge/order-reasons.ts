import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import { reasonsOfScheduledOrder } from '../kit/order-reasons.js';

/** Explains why the order itself takes no change now; a window about to close does not forbid one yet. */
export function reasonsOfOrder(
  order: Pick<Order, 'status' | 'providerStatus' | 'window'>,
): readonly EligibilityReason[] {
  const windowEvidence = `scheduled_at = ${order.window.closesAt?.date ?? 'missing'}`;
  return reasonsOfScheduledOrder(order, { verb: 'billed', windowEvidence });
}

/** One failed charge keeps items off orders that look healthy. */
export const errorChargeBlocks: EligibilityReason = reason(
  'ORDER_NOT_OPEN',
  'An earlier order could not be paid; nothing can be added until that is settled.',
  { evidence: 'a charge with status = error', remedy: 'CHANGE_PAYMENT_METHOD' },
);
