import type { AccountServices, DataSource, RequestScope } from '../../domain/provider.js';
import { createClient } from './client.js';
import { createEligibilityChecker } from './eligibility.js';
import { customerIdOf, toOrderKey } from './keys.js';
import { createLineItemReader } from './line-items.js';
import { memoize } from '../kit/memoize.js';
import { readView } from './order-view.js';
import { createOrderReader, createUpcomingOrderReader } from './orders.js';
import { createPreviewer } from './preview.js';
import { createProductReader } from './products.js';
import { createReads } from './reads.js';
import { createRequests } from './requests.js';
import type { Session } from './session.js';
import type { AppstleAccount } from './settings.js';
import { createSubscriptionReader } from './subscriptions.js';
import { createAddItemWriter } from './writers/add-item.js';
import { createChangeQuantityWriter } from './writers/change-quantity.js';
import { createConvertItemWriter } from './writers/convert-item.js';
import { createRemoveItemWriter } from './writers/remove-item.js';

export function openDataSource(account: AppstleAccount, services: AccountServices, scope: RequestScope): DataSource {
  const { shopper, onlyOrders = null } = scope;
  const { customerId, recognised } = shopper;
  const client = createClient(createRequests(account, services, scope), account.settings.shop);
  const session: Session = {
    account,
    shopper: { customerId: customerId && customerIdOf(customerId), recognised },
    onlyOrders,
    clock: services.clock,
    client,
    reads: createReads(client),
    views: memoize(
      (of) => readView(session, of),
      ({ key, customerId }) => `${toOrderKey(key)} ${customerId ?? ''}`,
    ),
  };
  return {
    orders: createOrderReader(session),
    upcomingOrders: createUpcomingOrderReader(session),
    lineItems: createLineItemReader(session),
    subscriptions: createSubscriptionReader(session),
    products: createProductReader(session),
    eligibility: createEligibilityChecker(session),
    preview: createPreviewer(session),
    upsells: {
      add: createAddItemWriter(session),
      changeQuantity: createChangeQuantityWriter(session),
      remove: createRemoveItemWriter(session),
    },
    conversions: createConvertItemWriter(session),
  };
}
