import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';

/** Why the order itself takes no change now; a window about to close does not forbid one yet. */
export function reasonsOfOrder(
  order: Pick<Order, 'status' | 'providerStatus' | 'window'>,
): readonly EligibilityReason[] {
  const evidence = `status = ${order.providerStatus}`;
  switch (order.status) {
    case 'SCHEDULED':
      return reasonsOfWindow(order);
    case 'PROCESSING':
      return [
        reason('ORDER_PROCESSING', 'This order is being billed right now.', { evidence, remedy: 'USE_NEXT_ORDER' }),
      ];
    case 'UNKNOWN':
      return [
        reason('UNKNOWN', 'It is not known whether this order can still be changed.', {
          evidence,
          remedy: 'RETRY_LATER',
        }),
      ];
    case 'OPEN_FOR_UPSELL':
    case 'PLACED':
    case 'PAYMENT_FAILED':
    case 'SKIPPED':
    case 'CANCELLED':
      return [reason('ORDER_NOT_OPEN', 'This order can no longer be changed.', { evidence, remedy: 'USE_NEXT_ORDER' })];
  }
}

function reasonsOfWindow({ window }: Pick<Order, 'window'>): readonly EligibilityReason[] {
  const evidence = `billingDate = ${window.closesAt?.at?.toISOString() ?? 'missing'}`;
  switch (window.state) {
    case 'OPEN':
      return [];
    case 'CLOSING':
      return [reason('WINDOW_CLOSING', 'This order will be billed in a moment.', { blocking: false, evidence })];
    case 'CLOSED':
      return [
        reason('WINDOW_CLOSED', 'The time to change this order is over.', { evidence, remedy: 'USE_NEXT_ORDER' }),
      ];
    case 'UNKNOWN':
      return [
        reason('UNKNOWN', 'It is not known until when this order can be changed.', { blocking: false, evidence }),
      ];
  }
}
