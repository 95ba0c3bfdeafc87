import type { Scenario } from '../../kit/definition.js';
import type { RechargeStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoShopper } from './demo-records.js';
import { Seeding } from './seeding.js';

const VARIANTS = 20;

export const large: Scenario<RechargeStore, typeof switches> = {
  description: 'The demo shopper with many queued charges, each of an address of its own.',
  create({ now, switches: behaviour }) {
    const seeding = new Seeding(now);
    const dana = seeding.customer(demoShopper, 'Dana', 'Field');
    const goods = Array.from({ length: VARIANTS }, (_, index) => {
      const id = String(39_990_000_001_000 + index);
      const variant = seeding.variant(id, `Coffee of the Month No. ${index + 1}`, 1250 + (index % 9) * 100);
      seeding.plan(variant);
      return variant;
    });
    const charges = Array.from({ length: behaviour.get('largeCharges') }, (_, index) => ({
      address: seeding.address(42_000_001 + index, dana),
      date: seeding.day(index + 5),
    }));
    const spread = (count: number, add: (index: number, charge: (typeof charges)[number]) => void) => {
      for (let index = 0; index < count; index += 1) {
        const charge = charges[index % charges.length];
        if (charge) add(index, charge);
      }
    };
    const pick = (index: number) => seeding.store.variants.existing(goods[index % VARIANTS]?.external_variant_id);
    spread(behaviour.get('largeSubscriptions'), (index, { address, date }) => {
      seeding.subscription(710_000_001 + index, pick(index), address, date);
    });
    spread(behaviour.get('largeLines') - behaviour.get('largeSubscriptions'), (index, { address, date }) => {
      seeding.onetime(720_000_001 + index, pick(index + 7), address, date);
    });
    for (const [index, { address, date }] of charges.entries()) {
      seeding.charge(920_000_001 + index, address, date);
    }
    return seeding.store;
  },
};
