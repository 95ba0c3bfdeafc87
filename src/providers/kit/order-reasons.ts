import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';

export interface ScheduledOrderWording {
  /** What is done to the order at its time. */
  readonly verb: 'placed' | 'billed';
  /** The fact its window comes from, such as `place = 2026-12-01`. */
  readonly windowEvidence: string;
}

/** Lists why an order that waits for its date takes no change now. A window about to close does not forbid one yet. */
export function reasonsOfScheduledOrder(
  { status, providerStatus, window }: Pick<Order, 'status' | 'providerStatus' | 'window'>,
  wording: ScheduledOrderWording,
): readonly EligibilityReason[] {
  const evidence = `status = ${providerStatus}`;
  switch (status) {
    case 'SCHEDULED':
      return reasonsOfWindow(window, wording);
    case 'PROCESSING':
      return [
        reason('ORDER_PROCESSING', `This order is being ${wording.verb} right now.`, {
          evidence,
          remedy: 'USE_NEXT_ORDER',
        }),
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

function reasonsOfWindow(
  { state }: Order['window'],
  { verb, windowEvidence: evidence }: ScheduledOrderWording,
): readonly EligibilityReason[] {
  switch (state) {
    case 'OPEN':
      return [];
    case 'CLOSING':
      return [reason('WINDOW_CLOSING', `This order will be ${verb} in a moment.`, { blocking: false, evidence })];
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
