import type { AccountServices, DataSource, RequestScope } from '../../domain/provider.js';
import { createClient } from './client.js';
import { createEligibilityChecker } from './eligibility.js';
import { createLineItemReader } from './line-items.js';
import { createOrderReader, createUpcomingOrderReader } from './orders.js';
import { createPreviewer } from './preview.js';
import { createProductReader } from './products.js';
import { createReads } from './reads.js';
import { createRequests } from './requests.js';
import type { Session } from './session.js';
import type { RechargeAccount } from './settings.js';
import { createSubscriptionReader } from './subscriptions.js';
import { createAddItemWriter } from './writers/add-item.js';
import { createChangeQuantityWriter } from './writers/change-quantity.js';
import { createConvertItemWriter } from './writers/convert-item.js';
import { createRemoveItemWriter } from './writers/remove-item.js';

export function openDataSource(account: RechargeAccount, services: AccountServices, scope: RequestScope): DataSource {
  const requests = createRequests(account, services, scope);
  const client = createClient(requests, account.settings.commitOnetimes === 'on');
  const { shopper, onlyOrders = null } = scope;
  const session: Session = { account, shopper, onlyOrders, clock: services.clock, client, reads: createReads(client) };
  const orders = createOrderReader(session);
  return {
    orders,
    upcomingOrders: createUpcomingOrderReader(session),
    lineItems: createLineItemReader(session),
    subscriptions: createSubscriptionReader(session),
    products: createProductReader(session),
    eligibility: createEligibilityChecker(session),
    preview: createPreviewer(session, orders),
    upsells: {
      add: createAddItemWriter(session),
      changeQuantity: createChangeQuantityWriter(session),
      remove: createRemoveItemWriter(session),
    },
    conversions: createConvertItemWriter(session),
  };
}
