import type { Provider } from '../../domain/provider.js';
import { sameText } from '../../domain/same-customer.js';
import { capabilities } from './capabilities.js';
import { openDataSource } from './datasource.js';
import { fromLineKey, fromOrderKey, identifiers, lockKeyOfAddress, toOrderKey } from './keys.js';
import { RechargeSettings } from './settings.js';
import { statements } from './statements.js';
import { webhooks } from './webhooks.js';
import { EASTERN } from './wire-values.js';

/** No customer and no record of a shop: its ids have eight digits and more. */
const NOBODY = '1';

export const recharge: Provider<RechargeSettings> = {
  key: 'RECHARGE',
  title: 'Recharge',
  summary: 'queued charges of an address',
  idMeaning: {
    order: 'a charge; `<address>/<date>` names it whatever its id is by now',
    product: 'variant',
    customer: "Recharge's customer",
  },
  identifiers,
  sameCustomer: sameText,
  capabilities,
  statements,
  writes: ['ADD_UPSELL_ITEM', 'CHANGE_UPSELL_ITEM_QUANTITY', 'REMOVE_UPSELL_ITEM', 'CONVERT_TO_SUBSCRIPTION'],
  defaultBaseUrl: 'https://api.rechargeapps.com',
  defaultTimeZone: EASTERN,
  // https://docs.getrecharge.com/docs/api-rate-limits: a bucket of 40 that drains 2 a second. Others use the token too.
  limits: { all: { parallel: 5, rate: { calls: 36, seconds: 18, drains: true } } },
  settings: RechargeSettings,
  connect(account, services) {
    return {
      settlingMs: account.settings.settlingSeconds * 1000,
      lockKey: (orderKey) => lockKeyOfAddress(fromOrderKey(orderKey)?.addressId ?? orderKey),
      orderKeyOf(lineItemKey) {
        const key = fromLineKey(lineItemKey);
        return key && toOrderKey(key);
      },
      open: (scope) => openDataSource(account, services, scope),
    };
  },
  webhooks,
  probes: [
    {
      permission: 'read charges',
      run: async ({ upcomingOrders }) => upcomingOrders?.list(NOBODY, { lineItems: false, subscriptions: false }),
    },
    { permission: 'read subscriptions', run: async ({ subscriptions }) => subscriptions?.listFor(NOBODY) },
    { permission: 'read products', run: async ({ products }) => products?.getMany(['0']) },
  ],
};
