import type { Scenario } from '../../kit/definition.js';
import { settle } from '../checkouts.js';
import { nowOf } from '../context.js';
import type { PriceRecord } from '../records/catalogue.js';
import { SureCartStore } from '../store.js';
import type { switches } from '../switches.js';
import type { CustomerRecord } from '../records/sales.js';
import type { SubscriptionRecord } from '../records/subscriptions.js';
import { openSubscription } from '../subscriptions.js';
import { type Catalogue, seedCatalogue, seedFunnels } from './catalogue.js';
import { demoEmail, demoShopperId, demoToken, secondShopperId } from './demo-credentials.js';
import { Seeding } from './seeding.js';

/** Ids of the sandbox's orders, so that examples can name them. */
export const sandboxOrders = {
  coffee: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a01',
  filters: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a02',
  tea: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a03',
  shirt: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a04',
  course: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a05',
  processing: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a06',
  failed: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a07',
  taxed: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a08',
  foreign: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a09',
  testMode: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a10',
  guest: '0a4c6e80-1b3d-4f5a-8c7e-9f1b3d5e7a11',
} as const;

export const sandbox: Scenario<SureCartStore, typeof switches> = {
  description: 'A coffee shop: paid orders with open upsell funnels, and orders that take nothing more.',
  create(start) {
    const store = new SureCartStore('sandbox', demoToken);
    const seeding = new Seeding(store, start);
    seeding.later(-60);
    const catalogue = seedCatalogue(seeding);
    const { prices, variants } = catalogue;
    seedFunnels(seeding, catalogue);
    const shopper = seeding.customer(demoEmail, { id: demoShopperId });
    const named = (name: keyof typeof sandboxOrders) => store.identifiers.reserve('order', sandboxOrders[name]);

    named('coffee');
    seeding.paid(shopper, [{ price: prices.coffeeOnce, quantity: 2 }]);
    named('filters');
    seeding.paid(shopper, [{ price: prices.filters }]);
    named('tea');
    seeding.paid(shopper, [{ price: prices.teaYen, quantity: 3 }]);
    named('shirt');
    seeding.paid(shopper, [{ price: prices.shirt, variant: variants.small }]);
    named('course');
    seeding.paid(shopper, [{ price: prices.courseInstallments }, { price: prices.courseSetup }]);

    named('processing');
    settle(seeding.context, seeding.checkout(shopper, [{ price: prices.coffeeOnce }]), 'processing');
    named('failed');
    settle(seeding.context, seeding.checkout(shopper, [{ price: prices.coffeeOnce }]), 'payment_failed');
    named('taxed');
    seeding.paid(shopper, [{ price: prices.coffeeOnce }], { taxRate: 0.2, couponPercent: 10 });

    named('foreign');
    seeding.paid(seeding.customer('robin@example.com', { id: secondShopperId }), [{ price: prices.coffeeOnce }]);
    named('testMode');
    const tester = seeding.customer('tester@example.com', { live_mode: false });
    seeding.paid(tester, [{ price: prices.coffeeOnce }]);
    seedSubscriptions(seeding, shopper, catalogue);
    named('guest');
    seeding.paid(seeding.customer('guest@example.com'), [{ price: prices.coffeeOnce }]);
    return store;
  },
};

/** Seeds subscriptions of earlier days: one that ends, one whose payment failed, one that changes, one in its trial. */
function seedSubscriptions(seeding: Seeding, customer: CustomerRecord, { prices }: Catalogue): void {
  const { context } = seeding;
  const subscribe = (price: PriceRecord, fields: Partial<SubscriptionRecord> = {}) => {
    const subscription = openSubscription(context, {
      checkout: null,
      customer: customer.id,
      price,
      variant: null,
      quantity: 1,
      purchase: null,
      paymentMethod: customer.default_payment_method,
      manualPaymentMethod: null,
      liveMode: customer.live_mode,
    });
    return Object.assign(subscription, fields);
  };
  subscribe(prices.courseSetup, { cancel_at_period_end: true });
  const failing = subscribe(prices.courseInstallments, { status: 'past_due' });
  const period = context.store.tables.period.get(failing.current_period);
  if (period) Object.assign(period, { payment_retry_count: 1, next_payment_retry_at: nowOf(context) + 2 * DAY });
  subscribe(prices.courseSetup, { pending_update: { quantity: 2 } });
  subscribe(prices.courseTrial);
}

const DAY = 86_400;
