import type { CapabilityMatrix } from '../../domain/capability.js';

export const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: {
    support: 'UNSUPPORTED',
    note: 'A renewal is no order before it happens; only a change of a subscription can be previewed.',
  },
  POST_PURCHASE_ORDERS: { support: 'NATIVE', note: 'While the upsell funnel of the checkout is open.' },
  ADD_ONE_TIME_ITEM: {
    support: 'NATIVE',
    note: 'Only what the funnel offers right now; the saved payment method is charged at once.',
  },
  ADD_AS_SUBSCRIPTION: {
    support: 'NATIVE',
    note: 'When the offered price recurs, in its own frequency; the reduction is for the first payment only.',
  },
  CONVERT_TO_SUBSCRIPTION: {
    support: 'COMPOSED',
    note: 'A new subscription to a recurring price of the product starts when the paid period ends, then the one-time purchase is revoked; the two steps are not atomic.',
  },
  REMOVE_ITEM: { support: 'UNSUPPORTED', note: 'A paid item is given back by a refund, not taken off the order.' },
  CHANGE_QUANTITY: { support: 'UNSUPPORTED', note: 'Not documented for a paid item; the offer takes a quantity.' },
  PREVIEW: { support: 'NATIVE', note: null },
  ELIGIBILITY_REASONS: {
    support: 'PARTIAL',
    note: 'A dry run names what hinders an item; beyond a few questions at a time, and for the order as a whole, the order and its offer decide.',
  },
  TIME_WINDOW: { support: 'NATIVE', note: 'One deadline for the whole funnel; some checkouts state none.' },
  OFFER_FUNNEL: { support: 'NATIVE', note: null },
  TARGET_PINNING: { support: 'NATIVE', note: 'The checkout is named in the call.' },
  REVERT_ON_PAYMENT_FAILURE: {
    support: 'UNSUPPORTED',
    note: 'Not documented: after a declined payment the order is read again, and the error says whether it is unchanged.',
  },
  BATCH_READ: { support: 'NATIVE', note: null },
  WEBHOOKS: {
    support: 'PARTIAL',
    note: 'No event for an accepted offer is documented; the purchase that follows is announced.',
  },
};
