import type { Seeding } from './seeding.js';

const IMAGES = 'https://media.example.com';

/** Ids of prices, so that people can name them. */
export const sandboxPrices = {
  filters: '6d2f4b80-7a1c-4e35-9f60-1b8d3c5e7f02',
  coffeeMonthly: '6d2f4b80-7a1c-4e35-9f60-1b8d3c5e7f01',
} as const;

/** Seeds what the demo shop sells, and the funnels that open after each of its products. */
export function seedCatalogue(seeding: Seeding) {
  const coffee = seeding.product('House Coffee', {
    stock_enabled: true,
    stock: 200,
    image_url: `${IMAGES}/house-coffee.jpg`,
  });
  const filters = seeding.product('Paper Filters', { image_url: `${IMAGES}/paper-filters.jpg` });
  const shirt = seeding.product('Barista Shirt', { stock_enabled: true, stock: 20 });
  const course = seeding.product('Brewing Course');
  const tea = seeding.product('Green Tea');
  const grinder = seeding.product('Hand Grinder', { stock_enabled: true, stock: 0 });

  const prices = {
    coffeeOnce: seeding.price(coffee, 1800, { name: 'One bag' }),
    coffeeMonthly: seeding.price(coffee, 1600, {
      id: sandboxPrices.coffeeMonthly,
      name: 'Monthly',
      recurring_interval: 'month',
    }),
    coffeeFortnightly: seeding.price(coffee, 1650, {
      name: 'Every two weeks',
      recurring_interval: 'week',
      recurring_interval_count: 2,
    }),
    filters: seeding.price(filters, 900, { id: sandboxPrices.filters, scratch_amount: 1200 }),
    shirt: seeding.price(shirt, 2500),
    course: seeding.price(course, 4900),
    courseInstallments: seeding.price(course, 1700, {
      name: 'Three installments',
      recurring_interval: 'month',
      recurring_period_count: 3,
      recurring_end_behavior: 'complete',
    }),
    courseTrial: seeding.price(course, 2900, {
      name: 'Membership with a trial',
      recurring_interval: 'month',
      trial_duration_days: 14,
    }),
    courseSetup: seeding.price(course, 1500, {
      name: 'Coaching',
      recurring_interval: 'month',
      setup_fee_enabled: true,
      setup_fee_amount: 300,
      setup_fee_name: 'Setup',
    }),
    teaYen: seeding.price(tea, 1200, { currency: 'jpy' }),
    teaRefillYen: seeding.price(tea, 999, { name: 'Refill', currency: 'jpy' }),
    grinder: seeding.price(grinder, 8900),
  };

  const variants = { small: seeding.variant(shirt, 'S'), large: seeding.variant(shirt, 'L', { amount: 2700 }) };
  return { products: { coffee, filters, shirt, course, tea, grinder }, prices, variants };
}

export type Catalogue = ReturnType<typeof seedCatalogue>;

/** The offer that is open after coffee was bought. */
const offerAfterCoffee = '1c5d7f91-2c4e-4a6b-9d8f-0a2c4e6f8b02';

/** The offer that is open after filters were bought. */
const offerAfterFilters = '1c5d7f91-2c4e-4a6b-9d8f-0a2c4e6f8b01';

export function seedFunnels(seeding: Seeding, { products, prices }: Catalogue) {
  const afterCoffee = seeding.funnel('After coffee', [products.coffee]);
  const filtersOff = seeding.upsell(afterCoffee, prices.filters, {
    id: offerAfterCoffee,
    amount_off: 200,
    fee_description: 'Filters for less',
  });
  seeding.upsell(afterCoffee, prices.coffeeMonthly, {
    step: 'accepted',
    percent_off: 12.5,
    fee_description: 'First bag for less',
  });
  seeding.upsell(afterCoffee, prices.shirt, { step: 'declined', percent_off: 20, fee_description: 'A shirt instead' });

  const afterFilters = seeding.funnel('After filters', [products.filters], { priority: 5 });
  const coffeeMonthly = seeding.upsell(afterFilters, prices.coffeeMonthly, {
    id: offerAfterFilters,
    percent_off: 12.5,
  });

  const afterTea = seeding.funnel('After tea', [products.tea], { priority: 5 });
  const teaRefill = seeding.upsell(afterTea, prices.teaRefillYen, { percent_off: 10 });

  const afterShirt = seeding.funnel('After a shirt', [products.shirt], { priority: 5 });
  const bundle = seeding.upsell(afterShirt, prices.course, { replacement_behavior: 'all', amount_off: 900 });

  const afterCourse = seeding.funnel('After the course', [products.course], { priority: 5 });
  const grinder = seeding.upsell(afterCourse, prices.grinder, { amount_off: 900 });
  return { filtersOff, coffeeMonthly, teaRefill, bundle, grinder };
}
