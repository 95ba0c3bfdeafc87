import { addDays } from '../../kit/calendar.js';
import { toEasternDate } from '../eastern-time.js';

/** Ids in the scenario `sandbox` that example queries may name. */
export const demoShopper = 52_000_001;
export const strangersCustomer = 52_000_002;
/** Has a charge in error. */
export const failingCustomer = 52_000_003;
/** Pays in a currency without fractions. */
export const yenCustomer = 52_000_004;

export const demoAddresses = {
  /** Most of the demo shopper's orders. */
  home: 41_000_001,
  office: 41_000_002,
  /** Pays in euros, with taxes. */
  euro: 41_000_003,
  stranger: 41_000_011,
  failing: 41_000_021,
  /** Of the same customer, with nothing to come. */
  spare: 41_000_022,
  yen: 41_000_031,
} as const;

export const demoVariants = {
  beans: '39990000000001',
  filters: '39990000000002',
  mug: '39990000000003',
  syrup: '39990000000004',
  tea: '39990000000005',
  outOfStock: '39990000000006',
  deleted: '39990000000007',
  unpublished: '39990000000008',
  box: '39990000000009',
} as const;

export const demoCharges = {
  next: 810_000_102,
  later: 810_000_101,
  office: 810_000_103,
  euro: 810_000_104,
  box: 810_000_105,
  discounted: 810_000_106,
  skipped: 810_000_092,
  placed: 810_000_091,
  stranger: 810_000_111,
  failed: 810_000_121,
  failingNext: 810_000_122,
  yen: 810_000_131,
} as const;

export const demoItems = {
  coffee: 700_000_001,
  tea: 700_000_002,
  officeTea: 700_000_003,
  euroTea: 700_000_004,
  box: 700_000_005,
  laterMug: 700_000_006,
  cancelled: 700_000_007,
  discountedBeans: 700_000_008,
  strangersBeans: 700_000_011,
  failingBeans: 700_000_021,
  failingTea: 700_000_022,
  yenTea: 700_000_031,
  /** Filters on the next order, put there once. */
  filters: 700_000_051,
  laterSyrup: 700_000_052,
} as const;

/** Days from today, US Eastern, on which the orders of the sandbox are charged. */
export const demoDays = {
  next: 7,
  later: 37,
  office: 12,
  euro: 20,
  box: 25,
  discounted: 31,
  skipped: 3,
  placed: -23,
  stranger: 9,
  failed: -2,
  failingNext: 14,
  yen: 16,
} as const;

export type DemoOrder = keyof typeof demoDays;

const addressOf: Readonly<Record<DemoOrder, number>> = {
  next: demoAddresses.home,
  later: demoAddresses.home,
  office: demoAddresses.office,
  euro: demoAddresses.euro,
  box: demoAddresses.office,
  discounted: demoAddresses.office,
  skipped: demoAddresses.home,
  placed: demoAddresses.home,
  stranger: demoAddresses.stranger,
  failed: demoAddresses.failing,
  failingNext: demoAddresses.failing,
  yen: demoAddresses.yen,
};

/** Names an order by its address and its day. */
export function demoOrder(name: DemoOrder, now = new Date()): string {
  return `${addressOf[name]}/${addDays(toEasternDate(now), demoDays[name])}`;
}
