import type { EmulatorDefinition, SandboxRecord } from '../kit/definition.js';
import { controls } from './controls.js';
import { occurrences } from './misbehaviours.js';
import { placeDueOrders } from './renewals.js';
import { routes } from './routes/index.js';
import { OFFERS_HOST } from './routes/offers-host.js';
import { demoApiKey, demoStorefrontKey, demoWebhookSecret } from './scenarios/demo-credentials.js';
import { demoOrders } from './scenarios/demo-orders.js';
import { demoMerchantId, demoOfferId, demoShopper, secondShopper } from './scenarios/demo-shop.js';
import { documented } from './scenarios/documented.js';
import { large } from './scenarios/large.js';
import { sandbox } from './scenarios/sandbox.js';
import type { OrdergrooveStore } from './store.js';
import { switches } from './switches.js';
import { installWebhooks } from './webhooks.js';

export const ordergroove: EmulatorDefinition<OrdergrooveStore, typeof switches> = {
  title: 'Ordergroove emulator',
  description: `REST endpoints of restapi.ordergroove.com; the offers host is served below ${OFFERS_HOST}.`,
  credentials: ['x-api-key', 'token'],
  switches,
  misbehaviours: occurrences,
  scenarios: { sandbox, documented, large },
  defaultScenario: 'sandbox',
  routes,
  controls(app, context) {
    controls(app, context);
    installWebhooks(app, context);
  },
  tick: placeDueOrders,
  state: (store) => store.snapshot(),
  sandbox: (url) => ({
    account: {
      key: 'og-us',
      provider: 'ordergroove',
      label: 'Ordergroove sandbox',
      baseUrl: url,
      currency: 'USD',
      timeZone: 'America/Chicago',
      merchantId: demoMerchantId,
      apiKey: demoApiKey,
      storefrontKey: demoStorefrontKey,
      offerId: demoOfferId,
      offersBaseUrl: `${url}${OFFERS_HOST}`,
    },
    shopper: { customerId: demoShopper.merchant_user_id },
    webhooks: { secret: demoWebhookSecret, settings: { key: demoWebhookSecret } },
    secondShopper: { customerId: secondShopper.merchant_user_id },
    records: [
      order(demoOrders.next, 'The next delivery, with a one-time item'),
      order(demoOrders.later, 'The one after'),
      order(demoOrders.shipping, 'With shipping'),
      order(demoOrders.locked, 'Locked'),
      order(demoOrders.prepaid, 'Prepaid: takes no items'),
      product('44931275400011', 'Freeze-Dried Chicken Cat Treats'),
      product('44931275400012', 'Dental Chews for Small Dogs'),
      product('44931275400013', 'Cold Brew Concentrate'),
      product('9007199254740993', 'Paper Filters No. 4'),
      product('44931275400001', 'Single-Origin Gesha, not sold any more'),
      product('44931275400003', 'Ceramic Pour-Over Dripper, cannot recur'),
    ],
    goods: [
      { providerId: '44931275400013', title: 'Cold Brew Concentrate', note: '32 oz, ready to pour' },
      { providerId: '44931275400012', title: 'Dental Chews', note: 'For small dogs, 28 pack' },
      { providerId: '44931275400011', title: 'Chicken Cat Treats', note: 'Freeze-dried, nothing else' },
      { providerId: '44931275400001', title: 'Single-Origin Gesha', note: 'A rare one, 8 oz' },
    ],
    decline: {
      purpose: 'Decline the payment when an order is placed',
      expect:
        'Nothing yet: adding is free until the delivery. Move the clock past it, and the order reads PAYMENT_FAILED.',
      path: 'switches',
      body: { placementOutcome: 3 },
    },
    targets: { addition: { method: 'POST' }, reads: { method: 'GET' } },
  }),
};

function order(providerId: string, title: string): SandboxRecord {
  return { type: 'ORDER', providerId, title, owner: 'customer' };
}

function product(providerId: string, title: string): SandboxRecord {
  return { type: 'PRODUCT', providerId, title, owner: null };
}
