import type { Scenario } from '../../kit/definition.js';
import { readyCheckout } from '../ready-checkout.js';
import type { CentraStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoCheckouts } from './demo-checkouts.js';
import { contextAt } from './sandbox.js';
import { demoCustomer } from './shop.js';

/** A winter morning in the zone of the instance: 10:00 there. */
const START = new Date('2023-01-12T09:00:00Z');

/** The order of the cross-sell guide: 305 SEK, then 505 with one more item, then 605 with another. */
export const documented: Scenario<CentraStore, typeof switches> = {
  description: 'One checkout of 305 SEK by Klarna Checkout v3, as in the cross-sell guide; the clock stands still.',
  clock: { at: START, frozen: true },
  create: ({ now, switches: chosen }) => {
    const context = contextAt(now, chosen, 'documented', 61);
    readyCheckout(context, { id: demoCheckouts.first, customer: demoCustomer, items: ['1003-1'] });
    return context.store;
  },
};
