import type { Provider } from '../../domain/provider.js';
import { sameText } from '../../domain/same-customer.js';
import { capabilities } from './capabilities.js';
import { identifiers } from './keys.js';
import { openDataSource } from './datasource.js';
import { createAccountCache } from './account-cache.js';
import { OrdergrooveSettings } from './settings.js';
import { statements } from './statements.js';
import { webhooks } from './webhooks.js';

/** No merchant's user id. */
const NOBODY = 'upsell-graph-doctor';

export const ordergroove: Provider<OrdergrooveSettings> = {
  key: 'ORDERGROOVE',
  title: 'Ordergroove',
  summary: 'upcoming recurring orders',
  idMeaning: {
    order: 'an order',
    product: 'product',
    customer: "the merchant's own user id",
  },
  identifiers,
  sameCustomer: sameText,
  capabilities,
  statements,
  writes: ['ADD_UPSELL_ITEM', 'CHANGE_UPSELL_ITEM_QUANTITY', 'REMOVE_UPSELL_ITEM', 'CONVERT_TO_SUBSCRIPTION'],
  defaultBaseUrl: 'https://restapi.ordergroove.com',
  defaultTimeZone: 'America/Chicago',
  // https://developer.ordergroove.com/api-reference/rate-limits, and five threads that page at a time
  // (https://developer.ordergroove.com/reference/pagination). Answers take up to a second.
  limits: {
    all: { parallel: 64, rate: { calls: 6_000, seconds: 60 } },
    pages: { parallel: 5, counts: 'pages of a list after the first' },
  },
  settings: OrdergrooveSettings,
  connect(account, services) {
    const cache = createAccountCache(services.clock);
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      open: (scope) => openDataSource(account, services, cache, scope),
    };
  },
  webhooks,
  probes: [
    {
      permission: 'read orders',
      run: async ({ upcomingOrders }) => upcomingOrders?.list(NOBODY, { lineItems: false, subscriptions: false }),
    },
    { permission: 'read subscriptions', run: async ({ subscriptions }) => subscriptions?.listFor(NOBODY) },
    { permission: 'read products', run: async ({ products }) => products?.getMany(['0']) },
  ],
};
