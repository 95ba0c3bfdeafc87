import type { Provider } from '../../domain/provider.js';
import { sameEmailAddress } from '../../domain/same-customer.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { identifiers, readLineKey } from './keys.js';
import { CentraSettings } from './settings.js';
import { statements } from './statements.js';
import { webhooks } from './webhooks.js';

/** An item that no shop has. */
const NO_ITEM = '999999999999999999';

export const centra: Provider<CentraSettings> = {
  key: 'CENTRA',
  title: 'Centra',
  summary: 'placed orders, for minutes after payment',
  idMeaning: {
    order: 'a placed order',
    product: 'display item',
    productVariant: 'an item, such as `5-3` for size 3 of display item 5',
    customer: 'e-mail address',
  },
  identifiers,
  sameCustomer: sameEmailAddress,
  capabilities,
  statements,
  writes: ['ADD_UPSELL_ITEM', 'CONVERT_TO_SUBSCRIPTION', 'COMPLETE_CHECKOUT'],
  defaultBaseUrl: null,
  defaultTimeZone: null,
  // No limit is documented; https://docs.centra.com/fe-development/best-practices announces some for later.
  limits: { all: { parallel: 32 } },
  settings: CentraSettings,
  connect(account, services) {
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      orderKeyOf: (lineItemKey) => readLineKey(lineItemKey)?.order ?? null,
      open: (scope) => openDataSource(account, services, scope),
    };
  },
  webhooks,
  probes: [{ permission: 'read products', run: async ({ products }) => products?.getMany([NO_ITEM]) }],
};
