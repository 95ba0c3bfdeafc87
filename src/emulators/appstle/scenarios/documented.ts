import type { Scenario } from '../../kit/definition.js';
import type { AppstleStore } from '../store.js';
import type { switches } from '../switches.js';
import { Seeding } from './seeding.js';

/** https://developers.appstle.com/api-reference/subscription-one-time-products/get-one-time-products-for-next-upcoming-order */
export const documented: Scenario<AppstleStore, typeof switches> = {
  description:
    'The ids, handle and price of the documented one-time product; the clock stands at 2024-03-01 12:00 UTC.',
  clock: { at: new Date('2024-03-01T12:00:00Z'), frozen: true },
  create({ now }) {
    const seeding = new Seeding({ seed: 'documented' }, 'example-store.myshopify.com', now);
    const customer = seeding.customer('6012345678901', 'Robin', 'Example');
    const coffee = seeding.variant('42549172011164', 'premium-coffee-blend-500g', 'Premium Coffee Blend 500g', '19.99');
    const tea = seeding.variant('42549172011165', 'green-tea-100g', 'Green Tea 100g', '12.50');
    const contract = seeding.contract('98765', customer, [seeding.line(tea)]);
    seeding.queue(contract, {
      '54321': '2024-03-15T00:00:00Z',
      '54322': '2024-04-15T00:00:00Z',
      '54323': '2024-05-15T00:00:00Z',
    });
    seeding.oneOff(contract, '54321', coffee, '12345', 2);
    return seeding.store;
  },
};
