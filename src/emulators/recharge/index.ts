import type { EmulatorDefinition, SandboxRecord } from '../kit/definition.js';
import { controls } from './controls.js';
import { occurrences } from './misbehaviours.js';
import { processDueCharges } from './night-run.js';
import { routes } from './routes/index.js';
import { demoToken, demoWebhookSecret } from './scenarios/demo-credentials.js';
import { type DemoOrder, demoOrder, demoShopper, demoVariants, strangersCustomer } from './scenarios/demo-records.js';
import { large } from './scenarios/large.js';
import { sandbox } from './scenarios/sandbox.js';
import type { RechargeStore } from './store.js';
import { switches } from './switches.js';
import { installWebhooks } from './webhooks.js';

export const recharge: EmulatorDefinition<RechargeStore, typeof switches> = {
  title: 'Recharge emulator',
  description: 'The API of api.rechargeapps.com, version 2021-11.',
  credentials: ['x-recharge-access-token'],
  switches,
  misbehaviours: occurrences,
  scenarios: { sandbox, large },
  defaultScenario: 'sandbox',
  routes,
  controls(app, context) {
    controls(app, context);
    installWebhooks(app, context);
  },
  tick: processDueCharges,
  state: (store) => store.toJSON(),
  sandbox: (url) => ({
    account: {
      key: 'recharge-us',
      provider: 'recharge',
      label: 'Recharge sandbox',
      baseUrl: url,
      currency: 'USD',
      timeZone: 'America/New_York',
      accessToken: demoToken,
    },
    shopper: { customerId: String(demoShopper) },
    webhooks: { secret: demoWebhookSecret, settings: { secret: demoWebhookSecret } },
    secondShopper: { customerId: String(strangersCustomer) },
    records: [
      order('next', 'Coffee and tea, the next delivery', 'customer'),
      order('later', 'A mug, the month after', 'customer'),
      order('office', 'Tea for the office', 'customer'),
      order('box', 'A box that is paid in advance', 'customer'),
      order('discounted', 'With a discount that a change drops', 'customer'),
      order('euro', 'In euros, with taxes', 'customer'),
      order('stranger', 'Somebody else’s', 'second'),
      product(demoVariants.syrup, 'Vanilla Syrup'),
      product(demoVariants.filters, 'Paper Filters'),
      product(demoVariants.mug, 'Stoneware Mug, without a plan'),
      product(demoVariants.outOfStock, 'Hand Grinder, out of stock'),
    ],
    goods: [
      { providerId: demoVariants.syrup, title: 'Vanilla Syrup', note: 'Madagascar, 250 ml' },
      { providerId: demoVariants.filters, title: 'Paper Filters', note: 'Unbleached, 100' },
      { providerId: demoVariants.mug, title: 'Stoneware Mug', note: 'Thrown by hand' },
    ],
    decline: {
      purpose: 'Decline the payment when a charge is processed',
      expect:
        'Nothing yet: adding is free until the delivery. Move the clock past it, and the order reads PAYMENT_FAILED.',
      path: 'switches',
      body: { chargeOutcome: 'error' },
    },
    targets: { addition: { method: 'POST', path: '^/onetimes$' }, reads: { method: 'GET' } },
  }),
};

function order(name: DemoOrder, title: string, owner: SandboxRecord['owner']): SandboxRecord {
  return { type: 'ORDER', providerId: demoOrder(name), title, owner };
}

function product(providerId: string, title: string): SandboxRecord {
  return { type: 'PRODUCT', providerId, title, owner: null };
}
