import type { CapabilityMatrix } from '../../domain/capability.js';

export const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: { support: 'NATIVE', note: null },
  POST_PURCHASE_ORDERS: { support: 'UNSUPPORTED', note: 'An order that was placed takes no more items.' },
  ADD_ONE_TIME_ITEM: { support: 'NATIVE', note: null },
  ADD_AS_SUBSCRIPTION: {
    support: 'NATIVE',
    note: 'One call when the order names a payment and an address; else the item is added first and converted second.',
  },
  CONVERT_TO_SUBSCRIPTION: { support: 'NATIVE', note: 'Only one-time items, and each only once.' },
  REMOVE_ITEM: {
    support: 'PARTIAL',
    note: 'Only one-time items: Ordergroove puts a recurring item back on the next order.',
  },
  CHANGE_QUANTITY: { support: 'NATIVE', note: 'For this order only; items of prepaid subscriptions are refused.' },
  PREVIEW: {
    support: 'COMPOSED',
    note: 'Estimated from the stated product price; the recurring discount is known only after the item was added.',
  },
  ELIGIBILITY_REASONS: {
    support: 'COMPOSED',
    note: 'From documented rules over order, items, product and offer; Ordergroove itself decides when the item is added.',
  },
  TIME_WINDOW: {
    support: 'COMPOSED',
    note: 'Ends at the placement hour, US Central time, of the day the order is placed.',
  },
  OFFER_FUNNEL: { support: 'UNSUPPORTED', note: 'One offer covers any product; there is nothing to decline.' },
  TARGET_PINNING: { support: 'NATIVE', note: 'The order is named in the call.' },
  REVERT_ON_PAYMENT_FAILURE: {
    support: 'UNSUPPORTED',
    note: 'Nothing is charged before the order is placed; a declined order fails as a whole.',
  },
  BATCH_READ: {
    support: 'PARTIAL',
    note: 'Orders, items and subscriptions in one call each per customer; products by their identifiers.',
  },
  WEBHOOKS: { support: 'NATIVE', note: null },
};
