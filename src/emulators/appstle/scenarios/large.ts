import type { Scenario } from '../../kit/definition.js';
import type { AppstleStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoHandles, demoShop, demoShopper } from './demo-records.js';
import { Seeding } from './seeding.js';

export const large: Scenario<AppstleStore, typeof switches> = {
  description: 'The demo shopper with many contracts, three queued orders and one one-off on the next of them each.',
  create({ now, switches: behaviour }) {
    const seeding = new Seeding({ seed: 'large', firstId: 8_200_001n }, demoShop, now);
    seeding.customer(demoShopper, 'Dana', 'Field');
    const beans = seeding.variant('43500000000001', demoHandles.beans, 'House Espresso Beans 1 kg', '24.00');
    const mug = seeding.variant('43500000000003', demoHandles.mug, 'Stoneware Mug', '14.00');
    for (let index = 1; index <= behaviour.get('largeContracts'); index += 1) {
      const contract = seeding.contract(String(31_500_000_000 + index), demoShopper, [seeding.line(beans)]);
      const [next] = seeding.queue(contract, {
        [String(8_300_000 + index * 10)]: seeding.daysAhead(index),
        [String(8_300_001 + index * 10)]: seeding.daysAhead(index + 30),
        [String(8_300_002 + index * 10)]: seeding.daysAhead(index + 61),
      });
      if (next) seeding.oneOff(contract, next.id, mug, String(9_800_000 + index));
    }
    return seeding.store;
  },
};
