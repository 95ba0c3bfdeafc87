import { isSafeNumber, parse } from 'lossless-json';
import type { EmulatorDefinition, SandboxRecord } from '../kit/definition.js';
import { controls } from './controls.js';
import { API_ROOT } from './endpoints.js';
import { occurrences } from './misbehaviours.js';
import { billDueAttempts } from './renewals.js';
import { routes } from './routes/index.js';
import { demoApiKey, demoWebhookSecret } from './scenarios/demo-credentials.js';
import {
  demoAttempts,
  demoContracts,
  demoHandles,
  demoShop,
  demoShopper,
  demoVariants,
  strangersAttempt,
  strangersContract,
  strangersCustomer,
} from './scenarios/demo-records.js';
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
  misbehaviours: occurrences,
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
    webhooks: { secret: demoWebhookSecret, settings: { secret: demoWebhookSecret } },
    secondShopper: { customerId: strangersCustomer },
    records: [
      order(demoContracts.coffee, demoAttempts.next, 'Coffee, the next delivery', 'customer'),
      order(demoContracts.coffee, demoAttempts.later, 'Coffee, the one after', 'customer'),
      order(demoContracts.tea, demoAttempts.tea, 'Tea', 'customer'),
      order(demoContracts.committed, demoAttempts.committed, 'Bound to a minimum of cycles', 'customer'),
      order(demoContracts.euro, demoAttempts.euro, 'In euros', 'customer'),
      order(strangersContract, strangersAttempt, 'Somebody else’s', 'second'),
      product(demoVariants.syrup, `Vanilla Syrup, handle ${demoHandles.syrup}`),
      product(demoVariants.filters, `Paper Filters, handle ${demoHandles.filters}`),
      product(demoVariants.mug, `Stoneware Mug, handle ${demoHandles.mug}`),
      product(demoVariants.outOfStock, `Hand Grinder, out of stock, handle ${demoHandles.outOfStock}`),
    ],
    goods: [
      {
        providerId: demoVariants.syrup,
        handle: demoHandles.syrup,
        title: 'Vanilla Syrup',
        note: 'Madagascar, 250 ml',
      },
      {
        providerId: demoVariants.filters,
        handle: demoHandles.filters,
        title: 'Paper Filters',
        note: 'Unbleached, 100',
      },
      { providerId: demoVariants.mug, handle: demoHandles.mug, title: 'Stoneware Mug', note: 'Thrown by hand' },
    ],
    decline: {
      purpose: 'Decline the payment when an order is billed',
      expect:
        'Nothing yet: adding is free until the delivery. Move the clock past it, and the order reads PAYMENT_FAILED.',
      path: 'switches',
      body: { billingOutcome: 'FAILURE' },
    },
    targets: { addition: { method: 'PUT' }, reads: { method: 'GET' } },
  }),
};

function order(contract: string, attempt: string, title: string, owner: SandboxRecord['owner']): SandboxRecord {
  return { type: 'ORDER', providerId: `${contract}/${attempt}`, title, owner };
}

function product(providerId: string, title: string): SandboxRecord {
  return { type: 'PRODUCT', providerId, title, owner: null };
}

/** Parses JSON and keeps the digits of numbers a double cannot hold. Bodies name 64-bit ids as numbers. */
function parseExactJson(text: string): unknown {
  return parse(text, null, { parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits) });
}
