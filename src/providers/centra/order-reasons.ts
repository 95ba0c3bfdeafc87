import { type EligibilityReason, reason, type Remedy } from '../../domain/eligibility.js';
import type { Order } from '../../domain/order.js';
import type { UpsellTerms } from './terms.js';

const remedy: Remedy = 'PLACE_NEW_ORDER';

/** Lists why the order itself takes no item now. */
export function reasonsOfOrder(order: Order, terms: UpsellTerms | null): readonly EligibilityReason[] {
  const evidence = `status = ${order.providerStatus}`;
  if (order.status === 'CANCELLED') {
    return [reason('ORDER_NOT_OPEN', 'This order was cancelled.', { evidence, remedy })];
  }
  if (order.status === 'UNKNOWN') {
    return [reason('UNKNOWN', 'It is not known whether this order still takes items.', { evidence, remedy })];
  }
  return reasonsOfTerms(order, terms);
}

function reasonsOfTerms({ window }: Order, terms: UpsellTerms | null): readonly EligibilityReason[] {
  if (terms === null) {
    const message = 'It is not known how long this order takes items, because its checkout was not finished here.';
    return [reason('UNKNOWN', message, { evidence: 'no recorded start', remedy })];
  }
  if (!terms.isOffered) {
    const evidence = 'crossSell is absent';
    return [
      reason('NOT_OFFERED', 'This shop does not offer adding to an order after the checkout.', { evidence, remedy }),
    ];
  }
  if (terms.isAllowed === false) {
    const message = 'Nothing can be added to this order with the way it was paid.';
    return [reason('PAYMENT_METHOD_NOT_SUPPORTED', message, { evidence: 'isAllowed = false', remedy })];
  }
  if (terms.isAllowed === null) {
    const message = 'It is not known whether this order takes items.';
    return [reason('UNKNOWN', message, { evidence: 'isAllowed = missing', remedy })];
  }
  const evidence = `timeLimit = ${terms.minutes ?? 'missing'}`;
  switch (window.state) {
    case 'OPEN':
      return [];
    case 'CLOSING':
      return [reason('WINDOW_CLOSING', 'The time to add to this order is almost over.', { blocking: false, evidence })];
    case 'CLOSED':
      return [reason('WINDOW_CLOSED', 'The time to add to this order is over.', { evidence, remedy })];
    case 'UNKNOWN':
      return [reason('UNKNOWN', 'It is not known how long this order takes items.', { evidence, remedy })];
  }
}
