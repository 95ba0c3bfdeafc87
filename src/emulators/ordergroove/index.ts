import type { EmulatorDefinition } from '../kit/definition.js';
import { controls } from './controls.js';
import { placeDueOrders } from './renewals.js';
import { routes } from './routes/index.js';
import { OFFERS_HOST } from './routes/offers-host.js';
import { demoApiKey, demoStorefrontKey } from './scenarios/demo-credentials.js';
import { demoMerchantId, demoOfferId, demoShopper } from './scenarios/demo-shop.js';
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
    targets: { addition: { method: 'POST' }, reads: { method: 'GET' } },
  }),
};
