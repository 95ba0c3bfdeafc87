import { addDays } from '../../kit/calendar.js';
import type { Scenario } from '../../kit/definition.js';
import { toCentral, toCentralDate } from '../central-time.js';
import type { CustomerRecord, ProductRecord, SubscriptionRecord } from '../records.js';
import type { OrdergrooveStore } from '../store.js';
import type { switches } from '../switches.js';
import { type Catalogue, stock } from './catalogue.js';
import { demoOrders } from './demo-orders.js';
import { demoShopper, openDemoShop, secondShopper } from './demo-shop.js';
import { Seeding } from './seeding.js';

const DAYS_OF_HISTORY = 400;

export const sandbox: Scenario<OrdergrooveStore, typeof switches> = {
  description:
    'A shop for coffee and pet food with four customers and orders in every state, dated around the clock’s start.',
  create({ now, switches: behaviour }) {
    const store = openDemoShop('sandbox');
    const today = toCentralDate(now);
    const seeding = new Seeding(store, behaviour, `${addDays(today, -DAYS_OF_HISTORY)} 10:20:30`);
    const goods = stock(seeding);
    const day = (offset: number) => addDays(today, offset);
    seedDemoShopper(seeding, goods, day, toCentral(now));
    seedOtherCustomers(seeding, goods, day);
    return store;
  },
};

type Day = (offset: number) => string;

function seedDemoShopper(seeding: Seeding, goods: Catalogue, day: Day, now: string): void {
  const shopper = accountOf(seeding, seeding.customer(demoShopper), 'USD');
  const { subscribe, record } = shopper;
  const coffee = subscribe(goods.houseBlend, { quantity: 2, public_id: demoOrders.subscription });
  const kibble = subscribe(goods.kibble, { every: 6, every_period: 2 });
  const decaf = subscribe(goods.decaf, { every: 8, every_period: 2 });
  const filters = subscribe(goods.filters, { every: 3 });
  const oatMilk = subscribe(goods.oatMilk, { every: 4, every_period: 2, price: '21.00' });
  const treats = subscribe(goods.catTreats, { every: 2, quantity: 3 });
  const chews = subscribe(goods.dentalChews, { every: 1 });
  const coldBrew = subscribe(goods.coldBrew, { every: 2 });
  const diet = subscribe(goods.subscriptionOnly, { every: 1, every_period: 4 });
  const box = subscribe(goods.prepaidBox, {
    prepaid_subscription_context: {
      prepaid_orders_remaining: 2,
      prepaid_orders_per_billing: 3,
      renewal_behavior: 'downgrade',
      last_renewal_revenue: 144,
      prepaid_origin_merchant_order_id: '300100',
    },
  });
  subscribe(goods.discontinued, {
    live: false,
    cancelled: `${day(-90)} 14:05:00`,
    cancel_reason: '7|Too much coffee',
    cancel_reason_code: '7',
  });

  const upcoming = (public_id: string, offset: number, fields = {}) => ({
    ...record,
    public_id,
    place: day(offset),
    ...fields,
  });
  // Lists are not in date order unless asked to be, so the rows are not either.
  seeding.order(upcoming(demoOrders.later, 17), [
    { subscription: decaf },
    { subscription: filters },
    { subscription: oatMilk },
    { subscription: treats },
    { id: demoOrders.laterOneTimeItem, product: goods.oneTimeOnly },
  ]);
  seeding.order(upcoming(demoOrders.next, 3), [
    { subscription: coffee },
    { subscription: kibble },
    { id: demoOrders.oneTimeItem, product: goods.filters, quantity: 2 },
    { product: goods.freeSample },
  ]);
  seeding.order(upcoming(demoOrders.locked, 31, { locked: true }), [
    { subscription: chews },
    { product: goods.outOfStock },
  ]);
  seeding.order(upcoming(demoOrders.prepaid, 38), [{ subscription: box }, { product: goods.catTreats }]);
  seeding.order(upcoming(demoOrders.emptied, 46), []);
  seeding.order(upcoming(demoOrders.shipping, 52, { shipping_total: '5.99' }), [
    { subscription: coldBrew },
    { subscription: diet },
  ]);

  const past = (public_id: string, status: number, fields: object) => ({
    ...record,
    place: day(-1),
    ...fields,
    public_id,
    status,
  });
  const usual = [{ subscription: coffee }, { subscription: kibble }, { subscription: treats }];
  const placed = { order_merchant_id: '300201', tries: 1 };
  seeding.order(past(demoOrders.placed, 5, { place: `${day(-27)} 06:15:07`, ...placed }), [
    ...usual,
    { product: goods.filters },
  ]);
  seeding.order(past(seeding.id('order'), 5, { place: `${day(-57)} 06:15:02`, ...placed }), usual);
  seeding.order(past(demoOrders.processing, 10, { place: day(0) }), [
    { subscription: oatMilk },
    { subscription: treats },
  ]);
  seeding.order(past(seeding.id('order'), 6, { place: now }), [{ subscription: filters }]);
  seeding.order(past(demoOrders.cancelled, 4, { cancelled: `${day(-12)} 19:44:10` }), [
    { subscription: decaf },
    { subscription: filters },
  ]);
  seeding.order(
    past(demoOrders.rejected, 3, { tries: 5, rejected_message: '{"message": "Card declined.", "code": "140"}' }),
    usual,
  );
  seeding.order(past(demoOrders.retrying, 18, { place: day(1), tries: 2, rejected_message: 'Card declined.' }), [
    { subscription: chews },
  ]);
  seeding.order(past(demoOrders.merged, 17, { place: day(17), extra_data: { merged_order_id: demoOrders.later } }), []);
  seeding.order(past(seeding.id('order'), 13, { tries: 1, rejected_message: 'Connection error at placement.' }), [
    { subscription: diet },
  ]);
}

function seedOtherCustomers(seeding: Seeding, goods: Catalogue, day: Day): void {
  const kenji = seeding.customer(secondShopper);
  const yen = accountOf(seeding, kenji, 'JPY');
  const matcha = yen.subscribe(goods.matcha);
  const genmaicha = yen.subscribe(goods.genmaicha, { quantity: 2 });
  seeding.order({ ...yen.record, place: day(5), shipping_total: '600.00' }, [
    { subscription: matcha },
    { subscription: genmaicha },
  ]);
  seeding.order({ ...yen.record, place: day(36) }, [{ subscription: matcha }]);
  seeding.order({ ...yen.record, place: `${day(-25)} 06:15:11`, status: 5, order_merchant_id: '300305' }, [
    { subscription: matcha },
  ]);

  const ines = seeding.customer({
    merchant_user_id: '90071992547409931234',
    email: 'ines@example.com',
    first_name: 'Inés',
    last_name: 'Example',
  });
  const dollars = accountOf(seeding, ines, 'USD');
  const diet = dollars.subscribe(goods.subscriptionOnly);
  seeding.order({ ...dollars.record, place: day(8) }, [
    { subscription: diet },
    { subscription: dollars.subscribe(goods.dentalChews) },
    { product: goods.catTreats, quantity: 4 },
  ]);
  seeding.order({ ...dollars.record, place: day(39) }, [{ subscription: diet }]);

  const ulla = seeding.customer({
    merchant_user_id: 'Ünïcode-7',
    email: 'ulla@example.com',
    first_name: 'Ulla',
    last_name: 'Example',
  });
  const single = accountOf(seeding, ulla, 'USD');
  seeding.order({ ...single.record, place: day(12) }, [{ subscription: single.subscribe(goods.coldBrew) }]);
}

function accountOf(seeding: Seeding, customer: CustomerRecord, currency_code: string) {
  const record = {
    customer: customer.merchant_user_id,
    shipping_address: seeding.address(customer).public_id,
    payment: seeding.payment(customer).public_id,
    currency_code,
  };
  // Duplicate and dead records are normal at Ordergroove.
  seeding.address(customer, { label: 'Office' });
  seeding.payment(customer, { cc_type: 2, cc_number_ending: '4444' });
  seeding.payment(customer, { cc_exp_date: '3/2022', live: false });
  const subscribe = (product: ProductRecord, fields: Partial<SubscriptionRecord> = {}) =>
    seeding.subscription({ ...record, product: product.external_product_id, ...fields });
  return { record, subscribe };
}
