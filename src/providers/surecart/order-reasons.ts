import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import { RENEWAL } from './statuses.js';
import type { OrderRecord } from './order-records.js';

/** Lists why the order takes nothing more. A window about to close does not forbid it yet. */
export function reasonsOfOrder(
  { status, providerStatus, window }: Order,
  record: OrderRecord,
): readonly EligibilityReason[] {
  const evidence = `status = ${providerStatus}`;
  switch (status) {
    case 'OPEN_FOR_UPSELL':
      if (window.state === 'UNKNOWN') return [windowUnknown];
      return window.state === 'CLOSING'
        ? [reason('WINDOW_CLOSING', 'This offer ends in a moment.', { blocking: false, evidence: expiry(record) })]
        : [];
    case 'PLACED':
      return [whyClosed(record)];
    case 'PROCESSING':
      return [
        reason('ORDER_PROCESSING', 'The payment of this order is still being processed.', {
          evidence,
          remedy: 'RETRY_LATER',
        }),
      ];
    case 'UNKNOWN':
      return [reason('UNKNOWN', 'It is not known whether this order takes anything more.', { evidence })];
    case 'SCHEDULED':
    case 'PAYMENT_FAILED':
    case 'SKIPPED':
    case 'CANCELLED':
      return [reason('ORDER_NOT_OPEN', 'This order takes nothing more.', { evidence, remedy: 'PLACE_NEW_ORDER' })];
  }
}

/** An offer without a deadline has no countdown, or one that could not be read. */
export const windowUnknown = reason('UNKNOWN', 'It is not known until when this offer can be taken.', {
  blocking: false,
  evidence: 'upsells_expire_at is not stated',
});

function whyClosed(record: OrderRecord): EligibilityReason {
  const remedy = 'PLACE_NEW_ORDER';
  if (record.upsell) {
    return reason('WINDOW_CLOSED', 'The time for this offer is over.', { evidence: expiry(record), remedy });
  }
  if (record.wire.orderType === RENEWAL) {
    const evidence = `order_type = ${RENEWAL}`;
    return reason('ORDER_NOT_OPEN', 'A renewal takes nothing more.', { evidence, remedy });
  }
  return reason('NO_OFFER', 'There is no offer for this order.', { evidence: 'current_upsell is not set', remedy });
}

function expiry({ wire, isClosed }: OrderRecord): string {
  if (isClosed) return 'code = line_item.upsell.expired';
  return `upsells_expire_at = ${wire.checkout.upsellsExpireAt?.toISOString() ?? 'null'}`;
}
