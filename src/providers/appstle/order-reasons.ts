import type { EligibilityReason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import { reasonsOfScheduledOrder } from '../kit/order-reasons.js';

/** Lists why the order itself takes no change now. A window about to close does not forbid one yet. */
export function reasonsOfOrder(
  order: Pick<Order, 'status' | 'providerStatus' | 'window'>,
): readonly EligibilityReason[] {
  const windowEvidence = `billingDate = ${order.window.closesAt?.at?.toISOString() ?? 'missing'}`;
  return reasonsOfScheduledOrder(order, { verb: 'billed', windowEvidence });
}
