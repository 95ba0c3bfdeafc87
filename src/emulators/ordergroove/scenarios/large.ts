import { addDays } from '../../kit/calendar.js';
import type { Scenario } from '../../kit/definition.js';
import { toCentralDate } from '../central-time.js';
import type { OrdergrooveStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoShopper, openDemoShop } from './demo-shop.js';
import { Seeding } from './seeding.js';

const PRODUCTS = 40;

export const large: Scenario<OrdergrooveStore, typeof switches> = {
  description: 'The demo shopper with many upcoming orders, one subscription item and several one-time items on each.',
  create({ now, switches: behaviour }) {
    const store = openDemoShop('large');
    const today = toCentralDate(now);
    const seeding = new Seeding(store, behaviour, `${addDays(today, -30)} 09:00:00`);
    const customer = seeding.customer(demoShopper);
    const record = {
      customer: customer.merchant_user_id,
      shipping_address: seeding.address(customer).public_id,
      payment: seeding.payment(customer).public_id,
      currency_code: 'USD',
    };
    const productIds = Array.from({ length: PRODUCTS }, (_, index) => String(44_931_275_500_000 + index));
    const products = productIds.map((external_product_id, index) =>
      seeding.product({
        external_product_id,
        name: `Coffee of the Month No. ${index + 1}`,
        price: `${12 + (index % 9)}.50`,
      }),
    );
    const pick = (start: number, count: number) =>
      Array.from({ length: count }, (_, index) => products.at((start + index) % PRODUCTS)).flatMap(
        (product) => product ?? [],
      );
    for (let order = 0; order < behaviour.get('largeOrders'); order += 1) {
      const [first, ...others] = pick(order, behaviour.get('largeItemsPerOrder'));
      if (!first) break;
      const subscription = seeding.subscription({ ...record, product: first.external_product_id });
      seeding.order({ ...record, place: addDays(today, order + 1) }, [
        { subscription },
        ...others.map((product) => ({ product })),
      ]);
    }
    return store;
  },
};
