import type { Account } from '../../domain/account.js';
import type { AccountServices, DataSource, RequestScope } from '../../domain/provider.js';
import { createClient } from './client.js';
import { createEligibilityChecker } from './eligibility.js';
import { createLineItemReader } from './line-items.js';
import type { AccountCache } from './account-cache.js';
import { createOfferReader } from './offers.js';
import { createOrderReader, createUpcomingOrderReader } from './orders.js';
import { createPreviewer } from './preview.js';
import { createProductReader } from './products.js';
import { createReads } from './reads.js';
import { createRequests } from './requests.js';
import type { Session } from './session.js';
import type { OrdergrooveSettings } from './settings.js';
import { createSubscriptionReader } from './subscriptions.js';
import { createAddItemWriter } from './writers/add-item.js';
import { createChangeQuantityWriter } from './writers/change-quantity.js';
import { createConvertItemWriter } from './writers/convert-item.js';
import { createRemoveItemWriter } from './writers/remove-item.js';

export function openDataSource(
  account: Account<OrdergrooveSettings>,
  services: AccountServices,
  cache: AccountCache,
  scope: RequestScope,
): DataSource {
  const client = createClient(account, createRequests(account, services, scope));
  const reads = createReads(client, cache, account);
  const { shopper, onlyOrders = null } = scope;
  const session: Session = { account, shopper, onlyOrders, clock: services.clock, cache, client, reads };
  const orders = createOrderReader(session);
  const lineItems = createLineItemReader(session, orders);
  const source = { orders, lineItems, subscriptions: createSubscriptionReader(session) };
  return {
    upcomingOrders: createUpcomingOrderReader(session),
    products: createProductReader(session),
    offers: createOfferReader(session),
    eligibility: createEligibilityChecker(session),
    preview: createPreviewer(session, orders),
    upsells: {
      add: createAddItemWriter(session, source),
      changeQuantity: createChangeQuantityWriter(session, source),
      remove: createRemoveItemWriter(session, source),
    },
    conversions: createConvertItemWriter(session, source),
    ...source,
  };
}
