import type { CapabilityMatrix } from '../../domain/capability.js';

export const capabilities: CapabilityMatrix = {
  UPCOMING_ORDERS: {
    support: 'NATIVE',
    note: 'Queued billing attempts of the contracts of a customer; their totals are estimated until they are billed.',
  },
  POST_PURCHASE_ORDERS: { support: 'UNSUPPORTED', note: 'An order that was billed takes no more items.' },
  ADD_ONE_TIME_ITEM: {
    support: 'NATIVE',
    note: 'Needs the handle of the product, and the same product only once an order.',
  },
  ADD_AS_SUBSCRIPTION: {
    support: 'PARTIAL',
    note: 'A recurring line on the contract of the order, in its rhythm; sent once and settled by reading.',
  },
  CONVERT_TO_SUBSCRIPTION: {
    support: 'COMPOSED',
    note: 'The recurring line is added and seen first, then the one-time item is removed; in the rhythm of the contract.',
  },
  REMOVE_ITEM: { support: 'NATIVE', note: 'One-time items only: a recurring line would leave all orders.' },
  CHANGE_QUANTITY: {
    support: 'COMPOSED',
    note: 'A one-time item is removed and added anew, not at once; recurring lines keep their quantity.',
  },
  PREVIEW: {
    support: 'PARTIAL',
    note: 'No dry run and no catalogue: an estimate only where the contract already states the price of the product.',
  },
  ELIGIBILITY_REASONS: {
    support: 'COMPOSED',
    note: 'From documented rules over contract, order and items; commitments and stock show only when the item is added or billed.',
  },
  TIME_WINDOW: {
    support: 'COMPOSED',
    note: 'Until the billing date, less a margin: Appstle documents no earlier cutoff.',
  },
  OFFER_FUNNEL: { support: 'UNSUPPORTED', note: 'Appstle has no offers; name the product to add.' },
  TARGET_PINNING: {
    support: 'COMPOSED',
    note: 'Appstle silently uses the next order when the one asked for is not queued; that is read back and undone.',
  },
  REVERT_ON_PAYMENT_FAILURE: {
    support: 'UNSUPPORTED',
    note: 'Nothing is charged before the order is billed; a declined order fails as a whole.',
  },
  BATCH_READ: {
    support: 'PARTIAL',
    note: 'Orders and contracts in one call each per customer; one-time items in one call per contract.',
  },
  WEBHOOKS: { support: 'PARTIAL', note: 'Nothing is announced when a one-time item is added or removed.' },
};
