import type { Provider } from '../../domain/provider.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { fromOrderKey, identifiers, lockKeyOfContract, sameCustomer } from './keys.js';
import { AppstleSettings } from './settings.js';
import { statements } from './statements.js';
import { webhooks } from './webhooks.js';

/** No customer of Shopify's. */
const NOBODY = '1';

export const appstle: Provider<AppstleSettings> = {
  key: 'APPSTLE',
  title: 'Appstle',
  summary: 'queued billing attempts of subscription contracts',
  idMeaning: {
    order: 'a billing attempt; staff and guests name its contract too, `<contract>/<attempt>`',
    product: 'variant',
    customer: 'Shopify customer',
    productHandle: 'the product handle, `^[a-z0-9]+(?:-[a-z0-9]+)*$`',
  },
  identifiers,
  sameCustomer,
  capabilities,
  statements,
  writes: ['ADD_UPSELL_ITEM', 'CHANGE_UPSELL_ITEM_QUANTITY', 'REMOVE_UPSELL_ITEM', 'CONVERT_TO_SUBSCRIPTION'],
  defaultBaseUrl: 'https://subscription-admin.appstle.com',
  defaultTimeZone: null,
  // None is documented. Beyond some number of writes at a time Appstle was seen to answer 429.
  limits: { all: { parallel: 10 }, writes: { parallel: 2, counts: 'every write; one at a time for each contract' } },
  settings: AppstleSettings,
  connect(account, services) {
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      lockKey: (orderKey) => lockKeyOfContract(fromOrderKey(orderKey)?.contractId ?? orderKey),
      open: (scope) => openDataSource(account, services, scope),
    };
  },
  webhooks,
  probes: [
    {
      permission: 'read upcoming orders',
      run: async ({ upcomingOrders }) => upcomingOrders?.list(NOBODY, { lineItems: false, subscriptions: false }),
    },
    { permission: 'read contracts', run: async ({ subscriptions }) => subscriptions?.listFor(NOBODY) },
  ],
};
