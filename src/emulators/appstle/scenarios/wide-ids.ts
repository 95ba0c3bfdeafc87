import type { Scenario } from '../../kit/definition.js';
import type { AppstleStore } from '../store.js';
import type { switches } from '../switches.js';
import { Seeding } from './seeding.js';

/** The first of them is the smallest whole number a double cannot hold. */
export const wideIds = {
  customer: '9007199254740993',
  contract: '9007199254740995',
  attempt: '9007199254740997',
  oneOff: '9007199254740999',
  variant: '9223372036854775807',
  recurring: '9007199254741001',
} as const;

export const wide: Scenario<AppstleStore, typeof switches> = {
  description: 'Every id is beyond 2^53: a client that reads JSON numbers as doubles addresses the wrong records.',
  create({ now }) {
    const start = { seed: 'wide', firstId: 9_007_199_254_742_001n };
    const seeding = new Seeding(start, 'example-store.myshopify.com', now);
    const customer = seeding.customer(wideIds.customer, 'Robin', 'Wide');
    const coffee = seeding.variant(wideIds.variant, 'premium-coffee-blend-500g', 'Premium Coffee Blend 500g', '19.99');
    const tea = seeding.variant(wideIds.recurring, 'green-tea-100g', 'Green Tea 100g', '12.50');
    const contract = seeding.contract(wideIds.contract, customer, [seeding.line(tea)]);
    seeding.queue(contract, { [wideIds.attempt]: seeding.daysAhead(10) });
    seeding.oneOff(contract, wideIds.attempt, coffee, wideIds.oneOff, 2);
    return seeding.store;
  },
};
