import type { EmulatorDefinition, SandboxRecord } from '../kit/definition.js';
import { controls } from './controls.js';
import { occurrences } from './misbehaviours.js';
import { tickSubscriptions } from './renewals.js';
import { routes } from './routes/index.js';
import { sandboxPrices } from './scenarios/catalogue.js';
import { demoShopperId, demoToken, secondShopperId, demoWebhookSecret } from './scenarios/demo-credentials.js';
import { documented } from './scenarios/documented.js';
import { large } from './scenarios/large.js';
import { sandbox, sandboxOrders } from './scenarios/sandbox.js';
import type { SureCartStore } from './store.js';
import { switches } from './switches.js';

export const surecart: EmulatorDefinition<SureCartStore, typeof switches> = {
  title: 'SureCart emulator',
  description: 'REST endpoints of api.surecart.com, with a ledger of every charge.',
  credentials: [],
  switches,
  misbehaviours: occurrences,
  scenarios: { sandbox, documented, large },
  defaultScenario: 'sandbox',
  routes,
  controls,
  tick: tickSubscriptions,
  state: (store) => store.toJSON(),
  sandbox: (url) => ({
    account: {
      key: 'sc',
      provider: 'surecart',
      label: 'SureCart sandbox',
      baseUrl: url,
      currency: 'USD',
      timeZone: 'UTC',
      token: demoToken,
    },
    shopper: { customerId: demoShopperId },
    webhooks: { secret: demoWebhookSecret, settings: { secret: demoWebhookSecret } },
    secondShopper: { customerId: secondShopperId },
    records: [
      order(sandboxOrders.coffee, 'Coffee, with a funnel of three offers', 'customer'),
      order(sandboxOrders.filters, 'Filters, with an offer that recurs', 'customer'),
      order(sandboxOrders.tea, 'Tea, in yen', 'customer'),
      order(sandboxOrders.shirt, 'Shirt, whose offer replaces it', 'customer'),
      order(sandboxOrders.processing, 'Payment still running', 'customer'),
      order(sandboxOrders.failed, 'Payment failed', 'customer'),
      order(sandboxOrders.foreign, 'Somebody else’s', 'second'),
      order(sandboxOrders.guest, 'Coffee, bought without an account', 'guest'),
      { type: 'PRODUCT', providerId: sandboxPrices.filters, title: 'Paper Filters', owner: null },
      { type: 'PRODUCT', providerId: sandboxPrices.coffeeMonthly, title: 'House Coffee, every month', owner: null },
    ],
    decline: {
      purpose: 'Decline the card of the next accepted offer',
      expect: 'REJECTED with a PaymentError; the offer is still open.',
      path: 'faults',
      body: {
        match: addition,
        action: {
          kind: 'status',
          status: 422,
          body: { type: 'card_declined', code: 'charge.card_declined', message: 'Your card was declined.' },
        },
      },
    },
    targets: { addition, reads: { method: 'GET' } },
  }),
};

/** A dry run is sent to the same path. */
const addition = { method: 'POST', query: '^(?!preview=true)' };

function order(providerId: string, title: string, owner: SandboxRecord['owner']): SandboxRecord {
  return { type: 'ORDER', providerId, title, owner };
}
