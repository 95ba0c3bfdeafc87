import type { EmulatorDefinition } from '../kit/definition.js';
import { closeDueOrders } from './checkout.js';
import { controls } from './controls.js';
import { BASES } from './endpoints.js';
import { routes } from './routes/index.js';
import { PAYMENT_PROVIDER } from './routes/payment-provider-routes.js';
import { demoSecret } from './scenarios/demo-credentials.js';
import { documented } from './scenarios/documented.js';
import { sandbox } from './scenarios/sandbox.js';
import { demoCustomer, timeZone } from './scenarios/shop.js';
import type { CentraStore } from './store.js';
import { switches } from './switches.js';
import { installWebhooks } from './webhooks.js';

export const centra: EmulatorDefinition<CentraStore, typeof switches> = {
  title: 'Centra emulator',
  description: `Checkout API below ${BASES.checkout}, Shop API below ${BASES.shop}, Klarna's order management below ${PAYMENT_PROVIDER}.`,
  // A session token may travel in `accept`.
  credentials: ['api-token', 'api-authorization', 'accept'],
  switches,
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
    targets: {
      addition: { path: '/orders/[^/]+/items/' },
      // Some are sent as POST.
      reads: { path: '/(orders|items|products|subscriptions|receipt|selection)$' },
    },
  }),
};
