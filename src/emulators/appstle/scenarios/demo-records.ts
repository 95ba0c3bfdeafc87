/** Ids in the scenario `sandbox` that example queries may name. All are the demo shopper's. */
export const demoShop = 'acme-roasters.myshopify.com';

export const demoShopper = '7700112233445';

export const demoContracts = {
  /** Two recurring lines, a one-time line and one-offs on two orders. */
  coffee: '31400000001',
  /** A single recurring line, nothing added. */
  tea: '31400000002',
  paused: '31400000003',
  /** Bound to a minimum of cycles that is not reached. */
  committed: '31400000004',
  /** In another currency than the shop's. */
  euro: '31400000005',
  cancelled: '31400000006',
  /** Delivered every month, paid every three. */
  prepaid: '31400000007',
  /** Active, but its last payment failed. */
  failing: '31400000008',
} as const;

export const demoAttempts = {
  /** Of the coffee contract, soonest first: the ids are in another order. */
  next: '8100002',
  later: '8100001',
  last: '8100003',
  tea: '8100011',
  committed: '8100021',
  euro: '8100031',
  /** Of the coffee contract, not upcoming any more. */
  placed: '8099991',
  skipped: '8099992',
} as const;

export const demoVariants = {
  beans: '43500000000001',
  filters: '43500000000002',
  mug: '43500000000003',
  syrup: '43500000000004',
  tea: '43500000000005',
  outOfStock: '43500000000006',
  foreign: '43500000000007',
} as const;

export const demoOneOffs = {
  /** Filters on the next order. */
  next: '9900001',
  /** A mug on the order after that. */
  later: '9900002',
} as const;

export const demoHandles = {
  beans: 'house-espresso-beans-1kg',
  filters: 'paper-filters-100',
  mug: 'stoneware-mug',
  syrup: 'vanilla-syrup',
  tea: 'earl-grey-tin',
  outOfStock: 'hand-grinder',
} as const;

/** Not the demo shopper's: another customer of the shop, and another shop. */
export const strangersCustomer = '7700999999999';
export const strangersContract = '31400000091';
export const strangersAttempt = '8100091';
export const otherShopsContract = '31400000092';
export const otherShopsAttempt = '8100092';
