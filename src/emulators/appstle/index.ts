import { isSafeNumber, parse } from 'lossless-json';
import type { EmulatorDefinition } from '../kit/definition.js';
import { controls } from './controls.js';
import { API_ROOT } from './endpoints.js';
import { billDueAttempts } from './renewals.js';
import { routes } from './routes/index.js';
import { demoApiKey } from './scenarios/demo-credentials.js';
import { demoShop, demoShopper } from './scenarios/demo-records.js';
import { documented } from './scenarios/documented.js';
import { large } from './scenarios/large.js';
import { sandbox } from './scenarios/sandbox.js';
import { wide } from './scenarios/wide-ids.js';
import type { AppstleStore } from './store.js';
import { switches } from './switches.js';
import { installWebhooks } from './webhooks.js';

export const appstle: EmulatorDefinition<AppstleStore, typeof switches> = {
  title: 'Appstle Subscriptions emulator',
  description: `The admin API of subscription-admin.appstle.com below ${API_ROOT}.`,
  credentials: ['x-api-key', 'api_key', 'x-app-key'],
  switches,
  scenarios: { sandbox, documented, large, wide },
  defaultScenario: 'sandbox',
  routes,
  parseBody: parseExactJson,
  controls(app, context) {
    controls(app, context);
    installWebhooks(app, context);
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

/** Bodies name 64-bit ids as numbers: those a double cannot hold are kept as their digits. */
function parseExactJson(text: string): unknown {
  return parse(text, null, { parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits) });
}
