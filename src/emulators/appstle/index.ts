import type { EmulatorDefinition } from '../kit/definition.js';
import { billingControls } from './billing-controls.js';
import { billDueAttempts } from './billing.js';
import { API_ROOT } from './exchange.js';
import { routes } from './routes/index.js';
import { demoApiKey } from './scenarios/demo-credentials.js';
import { demoShop, demoShopper } from './scenarios/demo-records.js';
import { documented } from './scenarios/documented.js';
import { large } from './scenarios/large.js';
import { sandbox } from './scenarios/sandbox.js';
import { wide } from './scenarios/wide-ids.js';
import type { AppstleStore } from './store.js';
import { switches } from './switches.js';
import { deliverWebhooks, webhookControls } from './webhooks.js';

export const appstle: EmulatorDefinition<AppstleStore, typeof switches> = {
  title: 'Appstle Subscriptions emulator',
  description: `The admin API of subscription-admin.appstle.com below ${API_ROOT}, and one call of the customer portal.`,
  credentials: ['x-api-key', 'api_key', 'x-app-key', 'token'],
  switches,
  scenarios: { sandbox, documented, large, wide },
  defaultScenario: 'sandbox',
  routes,
  controls(app, world) {
    billingControls(app, world);
    webhookControls(app, world);
    deliverWebhooks(world);
  },
  tick: billDueAttempts,
  state: (store) => store.toJSON(),
  sandbox: (url) => ({
    account: {
      key: 'appstle-us',
      provider: 'appstle',
      label: 'Appstle sandbox',
      baseUrl: url,
      currency: 'USD',
      timeZone: 'America/New_York',
      apiKey: demoApiKey,
      shop: demoShop,
    },
    shopper: { customerId: demoShopper },
    targets: { addition: { method: 'PUT' }, reads: { method: 'GET' } },
  }),
};
