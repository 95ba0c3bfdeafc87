import type { EmulatorDefinition, SandboxRecord } from '../kit/definition.js';
import { closeDueOrders } from './checkout.js';
import { controls } from './controls.js';
import { BASES } from './endpoints.js';
import { occurrences } from './misbehaviours.js';
import { routes } from './routes/index.js';
import { PAYMENT_PROVIDER } from './routes/payment-provider-routes.js';
import { demoCheckouts } from './scenarios/demo-checkouts.js';
import { demoSecret, demoWebhookSecret } from './scenarios/demo-credentials.js';
import { documented } from './scenarios/documented.js';
import { sandbox } from './scenarios/sandbox.js';
import { demoCustomer, otherCustomer, timeZone } from './scenarios/shop.js';
import type { CentraStore } from './store.js';
import { switches } from './switches.js';
import { installWebhooks } from './webhooks.js';

export const centra: EmulatorDefinition<CentraStore, typeof switches> = {
  title: 'Centra emulator',
  description: `Checkout API below ${BASES.checkout}, Shop API below ${BASES.shop}, Klarna's order management below ${PAYMENT_PROVIDER}.`,
  // A session token may travel in `accept`.
  credentials: ['api-token', 'api-authorization', 'accept'],
  switches,
  misbehaviours: occurrences,
  scenarios: { sandbox, documented },
  defaultScenario: 'sandbox',
  routes,
  controls(app, context) {
    controls(app, context);
    installWebhooks(app, context);
  },
  tick: closeDueOrders,
  state: (store) => store.toJSON(),
  sandbox: (url) => ({
    account: {
      key: 'centra-se',
      provider: 'centra',
      label: 'Centra sandbox',
      baseUrl: `${url}${BASES.shop}`,
      currency: 'SEK',
      timeZone,
      secret: demoSecret,
    },
    shopper: { customerId: demoCustomer.email },
    webhooks: { secret: demoWebhookSecret, settings: { secret: demoWebhookSecret } },
    secondShopper: { customerId: otherCustomer.email },
    records: [
      checkout(demoCheckouts.first, 'Linen shirt, paid by Klarna invoice', 'customer'),
      checkout(demoCheckouts.second, 'Scarf and leather care kit', 'customer'),
      checkout(demoCheckouts.coffee, 'Coffee, which can be subscribed to', 'customer'),
      checkout(demoCheckouts.card, 'Paid by card: takes no extra items', 'customer'),
      checkout(demoCheckouts.japan, 'In yen', 'customer'),
      checkout(demoCheckouts.other, 'Somebody else’s', 'second'),
      checkout(demoCheckouts.guest, 'Bought without an account', 'guest'),
      product('1001', 'Wool socks'),
      product('1002', 'Leather care kit'),
      product('1004', 'Dark roast coffee'),
      product('1010', 'Scarf'),
      product('1005', 'Sold-out cap'),
    ],
    goods: [
      { providerId: '1001', title: 'Wool socks', note: 'One size, warm' },
      { providerId: '1002', title: 'Leather care kit', note: 'For bags and boots' },
      { providerId: '1004', title: 'Dark roast coffee', note: '500 g' },
    ],
    decline: {
      purpose: 'Let Klarna refuse the next raises of an authorisation',
      expect: 'REJECTED or FAILED with a PaymentError; the order stays as it was.',
      path: 'switches',
      body: { paymentProvider: 'refuse' },
    },
    targets: {
      addition: { path: '/orders/[^/]+/items/' },
      // Some are sent as POST.
      reads: { path: '/(orders|items|products|subscriptions|receipt|selection)$' },
    },
  }),
};

function checkout(providerId: string, title: string, owner: SandboxRecord['owner']): SandboxRecord {
  return { type: 'CHECKOUT', providerId, title, owner };
}

function product(providerId: string, title: string): SandboxRecord {
  return { type: 'PRODUCT', providerId, title, owner: null };
}
