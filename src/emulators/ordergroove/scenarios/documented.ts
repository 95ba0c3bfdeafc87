import type { Scenario } from '../../kit/definition.js';
import { OrdergrooveStore } from '../store.js';
import type { switches } from '../switches.js';
import { demoApiKeys, demoStorefrontKey } from './demo-credentials.js';
import { Seeding } from './seeding.js';

const MERCHANT = 'a87c5d3c787b11ec9f630e0e56c94aa5';
const CUSTOMER = '6419554042026';
const OFFER = '6b3e0e7045a811ed92406e28f0c7c7df';
const ADDRESS = 'ed91e5e84fc811eda19f2e7f57e06c98';

/** The payloads of https://developer.ordergroove.com/lifecycle/order/instant-upsell-api, id for id and cent for cent. */
export const documented: Scenario<OrdergrooveStore, typeof switches> = {
  description:
    'The two orders and the ids of the Instant Upsell documentation; the clock stands at 2023-09-29 09:40:34 Central.',
  clock: { at: new Date('2023-09-29T14:40:34Z'), frozen: true },
  create({ switches: behaviour }) {
    const store = new OrdergrooveStore({
      seed: 'documented',
      merchant: {
        id: MERCHANT,
        storefrontKey: demoStorefrontKey,
        apiKeys: demoApiKeys,
        offerId: OFFER,
        recurringDiscount: 5,
      },
      merchantOrderNumber: 207_107_430,
      sessionNumber: 666_148,
    });
    const seeding = new Seeding(store, behaviour, '2022-10-19 11:02:17');
    const customer = seeding.customer({
      merchant_user_id: CUSTOMER,
      email: 'shopper@example.com',
      first_name: 'Robin',
      last_name: 'Example',
    });
    seeding.address(customer, { public_id: ADDRESS });
    const firstPayment = seeding.payment(customer, { public_id: 'e3d5ed784fc911ed8478cebaac07b7e6' });
    const secondPayment = seeding.payment(customer, { public_id: '393d84e6f11011ed9753ea90a0f1339a', cc_type: 2 });
    const record = { customer: CUSTOMER, shipping_address: ADDRESS };

    // Discounts chosen so that net sub_total and discount_total come out as documented.
    const product = (id: string, name: string, price: string, recurringDiscount: number | null) =>
      seeding.product({ external_product_id: id, name, price, recurringDiscount, every: 8, every_period: 2 });
    const subscribed = (id: string, name: string, price: string, discount: number, payment: string) =>
      seeding.subscription({
        ...record,
        payment,
        every: 8,
        every_period: 2,
        product: product(id, name, price, discount).external_product_id,
      });
    product('44931275391146', 'Sample Sachet', '4.00', null);

    seeding.order(
      {
        ...record,
        public_id: '6789756e263d11eea3da0a20cdd8d0a2',
        payment: firstPayment.public_id,
        created: '2023-07-19 09:06:06',
        updated: '2023-09-09 00:39:31',
        place: '2023-10-09',
      },
      [
        { subscription: subscribed('44931275325610', 'Daily Greens Powder', '46.44', 20, firstPayment.public_id) },
        { subscription: subscribed('44931275358378', 'Overnight Recovery Blend', '45.32', 10, firstPayment.public_id) },
      ],
    );
    seeding.order(
      {
        ...record,
        public_id: '554f0ede34e511eeba08c2f2e26389f5',
        payment: secondPayment.public_id,
        created: '2023-08-07 00:43:27',
        updated: '2023-09-29 09:24:13',
        place: '2023-12-13',
      },
      [
        { subscription: subscribed('44931275423914', 'Morning Probiotic', '30.33', 20, secondPayment.public_id) },
        { subscription: subscribed('44931275456682', 'Electrolyte Sticks', '22.84', 10, secondPayment.public_id) },
      ],
    );

    store.identifiers.reserve('items/iu', 'af43b5b05ed511ee9edcceb803f32292');
    store.identifiers.reserve('create_from_item', '25e5a2dc5ed611ee9ee0de51b7f814f0');
    store.identifiers.reserve('subscriptions/iu', '7e86446e5ed611eea708eea9088ec581');
    return store;
  },
};
