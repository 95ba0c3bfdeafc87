import type { Scenario } from '../../kit/definition.js';
import { SureCartStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoEmail, demoShopperId, demoToken } from './demo-credentials.js';
import { Seeding } from './seeding.js';

/** The ids, amounts and time of https://developer.surecart.com/api-reference/line-items/upsell */
export const documented: Scenario<SureCartStore, typeof switches> = {
  description:
    'The checkout, price and upsell of the upsell documentation; the clock stands at 2026-01-08 22:02:00 UTC.',
  clock: { at: new Date('2026-01-08T22:02:00Z'), frozen: true },
  create(start) {
    const store = new SureCartStore('documented', demoToken);
    const seeding = new Seeding(store, start);
    seeding.later(-300);
    const product = seeding.product('Starter Course');
    const basic = seeding.price(product, 4900);
    const extra = seeding.product('Workbook', { stock_enabled: true, stock: 25 });
    const price = seeding.price(extra, 2900, { id: 'f5af0064-fb07-47a0-8f89-4997715ba221' });
    const funnel = seeding.funnel('After the course', []);
    seeding.upsell(funnel, price, {
      id: 'fc5025ef-e731-42fa-b272-1bc5ab96e808',
      amount_off: 500,
      fee_description: 'Awesome Upsell',
    });
    const shopper = seeding.customer(demoEmail, { id: demoShopperId });
    store.identifiers.reserve('order', 'd7e0a3f6-21c4-4b8e-9a57-6f0c2b4d8e10');
    seeding.paid(shopper, [{ price: basic }], { id: '953ac87d-7010-4dfa-9b5c-60a5a354f05e' });
    store.identifiers.reserve('line_item', '8e3c3560-5008-4bc2-b061-4785c5145024');
    return store;
  },
};
