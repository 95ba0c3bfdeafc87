import type { EmulatorDefinition } from '../kit/definition.js';
import { controls } from './controls.js';
import { tickSubscriptions } from './renewals.js';
import { routes } from './routes/index.js';
import { demoShopperId, demoToken } from './scenarios/demo-credentials.js';
import { documented } from './scenarios/documented.js';
import { large } from './scenarios/large.js';
import { sandbox } from './scenarios/sandbox.js';
import type { SureCartStore } from './store.js';
import { switches } from './switches.js';

export const surecart: EmulatorDefinition<SureCartStore, typeof switches> = {
  title: 'SureCart emulator',
  description: 'REST endpoints of api.surecart.com, with a ledger of every charge.',
  credentials: [],
  switches,
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
    // A dry run is sent to the same path.
    targets: { addition: { method: 'POST', query: '^(?!preview=true)' }, reads: { method: 'GET' } },
  }),
};
