import type { CapabilityMatrix } from '../../domain/capability.js';

export const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: { support: 'UNSUPPORTED', note: 'Centra has orders only once they are placed.' },
  POST_PURCHASE_ORDERS: {
    support: 'PARTIAL',
    note: 'Finish the checkout through this layer: Centra states the upsell terms only in that one answer.',
  },
  ADD_ONE_TIME_ITEM: {
    support: 'NATIVE',
    note: 'One unit a call; more only where the account allows sending them one by one.',
  },
  ADD_AS_SUBSCRIPTION: {
    support: 'UNSUPPORTED',
    note: 'An item added after the checkout cannot carry a subscription plan.',
  },
  CONVERT_TO_SUBSCRIPTION: {
    support: 'COMPOSED',
    note: 'Starts a new subscription on a contract the customer already has; the line of the order stays as it is.',
  },
  REMOVE_ITEM: { support: 'UNSUPPORTED', note: 'A line of a placed order cannot be taken off.' },
  CHANGE_QUANTITY: { support: 'UNSUPPORTED', note: 'A line of a placed order cannot be changed.' },
  PREVIEW: { support: 'COMPOSED', note: "Estimated from the product's price in the order's own context." },
  ELIGIBILITY_REASONS: {
    support: 'COMPOSED',
    note: 'From the stated terms, the countdown and the product; the payment provider decides when the item is added.',
  },
  TIME_WINDOW: {
    support: 'COMPOSED',
    note: 'Counted from the moment the checkout was finished through this layer; unknown for other orders.',
  },
  OFFER_FUNNEL: { support: 'UNSUPPORTED', note: 'The storefront brings its own recommendations.' },
  TARGET_PINNING: { support: 'NATIVE', note: null },
  REVERT_ON_PAYMENT_FAILURE: { support: 'NATIVE', note: null },
  BATCH_READ: { support: 'PARTIAL', note: 'Products in one call an order; orders one by one.' },
  WEBHOOKS: {
    support: 'PARTIAL',
    note: 'An upsell shows as a change of its order, in the Integration API only; neither delivery nor order is guaranteed.',
  },
};
