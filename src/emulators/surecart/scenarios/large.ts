import type { Scenario } from '../../kit/definition.js';
import { SureCartStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoEmail, demoShopperId, demoToken } from './demo-credentials.js';
import { Seeding } from './seeding.js';

export const large: Scenario<SureCartStore, typeof switches> = {
  description: 'Many paid checkouts of the demo shopper, each with several lines and an open upsell.',
  create(start) {
    const store = new SureCartStore('large', demoToken);
    const seeding = new Seeding(store, start);
    const prices = Array.from({ length: start.switches.get('largeLines') }, (_, index) => {
      const product = seeding.product(`Product ${index + 1}`);
      seeding.price(product, 900 + 100 * index, { name: 'Monthly', recurring_interval: 'month' });
      return seeding.price(product, 1000 + 100 * index);
    });
    const offered = seeding.price(seeding.product('Extra'), 700);
    seeding.upsell(seeding.funnel('Always', []), offered, { percent_off: 10 });
    const shopper = seeding.customer(demoEmail, { id: demoShopperId });
    for (let count = 0; count < start.switches.get('largeCheckouts'); count += 1) {
      seeding.paid(
        shopper,
        prices.map((price) => ({ price })),
      );
    }
    return store;
  },
};
