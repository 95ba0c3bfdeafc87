import type { Provider } from '../../domain/provider.js';
import { sameText } from '../../domain/same-customer.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { identifiers, readLineKey } from './keys.js';
import { SureCartSettings } from './settings.js';
import { statements } from './statements.js';
import { webhooks } from './webhooks.js';

/** An id that no record has. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

export const surecart: Provider<SureCartSettings> = {
  key: 'SURECART',
  title: 'SureCart',
  summary: 'finished checkouts with an upsell funnel',
  idMeaning: {
    order: 'an order, found by its checkout too',
    product: 'price',
    customer: 'customer',
    productVariant: "the variant of the price's product",
  },
  identifiers,
  sameCustomer: sameText,
  capabilities,
  statements,
  writes: ['ADD_UPSELL_ITEM', 'DECLINE_UPSELL_OFFER', 'CONVERT_TO_SUBSCRIPTION'],
  defaultBaseUrl: 'https://api.surecart.com',
  defaultTimeZone: null,
  // https://developer.surecart.com/api-reference/rate-limiting; five calls at a time were seen to be banned for a minute.
  limits: {
    all: { parallel: 4, rate: { calls: 150, seconds: 10 } },
    sensitive: { rate: { calls: 10, seconds: 60 }, counts: 'dry runs, accepting an offer, subscribing' },
    // Looking must not use up what accepting an offer needs.
    previews: {
      rate: { calls: 5, seconds: 60 },
      within: 'sensitive',
      counts: 'dry runs outside of a write, within the former',
    },
  },
  settings: SureCartSettings,
  connect(account, services) {
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      orderKeyOf: (lineItemKey) => readLineKey(lineItemKey)?.orderId ?? null,
      open: (scope) => openDataSource(account, services, scope),
    };
  },
  webhooks,
  probes: [
    { permission: 'read orders', run: async ({ orders }) => orders.getMany([NOBODY]) },
    { permission: 'read subscriptions', run: async ({ subscriptions }) => subscriptions?.listFor(NOBODY) },
    { permission: 'read prices', run: async ({ products }) => products?.getMany([NOBODY]) },
  ],
};
