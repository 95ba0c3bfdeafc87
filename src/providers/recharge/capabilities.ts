import type { CapabilityMatrix } from '../../domain/capability.js';

export const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: {
    support: 'NATIVE',
    note: 'Queued charges, with the totals Recharge has calculated so far.',
  },
  POST_PURCHASE_ORDERS: { support: 'UNSUPPORTED', note: 'A charge that was paid takes no more items.' },
  ADD_ONE_TIME_ITEM: {
    support: 'NATIVE',
    note: 'By address and date; the charge that took it is read back.',
  },
  ADD_AS_SUBSCRIPTION: {
    support: 'NATIVE',
    note: 'A subscription whose first order is this one; the product needs a plan, and one of the same product per address.',
  },
  CONVERT_TO_SUBSCRIPTION: {
    support: 'COMPOSED',
    note: 'The subscription is created and seen first, then the one-time item is removed.',
  },
  REMOVE_ITEM: {
    support: 'PARTIAL',
    note: 'One-time items only: removing a recurring line would end its subscription.',
  },
  CHANGE_QUANTITY: {
    support: 'PARTIAL',
    note: 'One-time items only: a recurring line would change in all orders.',
  },
  PREVIEW: {
    support: 'COMPOSED',
    note: 'Estimated from the stated price; tax, shipping and discounts show after the order was rebuilt.',
  },
  ELIGIBILITY_REASONS: {
    support: 'COMPOSED',
    note: 'From documented and seen rules over charge, items and product; Recharge decides when the item is added.',
  },
  TIME_WINDOW: {
    support: 'COMPOSED',
    note: "Until midnight US Eastern of the charge's date, less a margin.",
  },
  OFFER_FUNNEL: { support: 'UNSUPPORTED', note: 'No offers; the product is named.' },
  TARGET_PINNING: {
    support: 'COMPOSED',
    note: 'The date of the charge is named, and the charge that holds the item is compared with the one asked for.',
  },
  REVERT_ON_PAYMENT_FAILURE: {
    support: 'UNSUPPORTED',
    note: "Nothing is charged before the order's date; a declined charge fails as a whole and is retried.",
  },
  BATCH_READ: {
    support: 'NATIVE',
    note: 'Charges with their lines, subscriptions and products by lists, 250 a call.',
  },
  WEBHOOKS: { support: 'NATIVE', note: null },
};
