import type { Account } from '../../domain/account.js';
import type { AccountServices, DataSource, RequestScope } from '../../domain/provider.js';
import { createClient } from './client.js';
import { createEligibilityChecker } from './eligibility.js';
import { createLineItemReader } from './line-items.js';
import { createOrderReader } from './orders.js';
import { createPreviewer } from './preview.js';
import { createProductReader } from './products.js';
import { createReads } from './reads.js';
import { createRequests } from './requests.js';
import type { Session } from './session.js';
import type { CentraSettings } from './settings.js';
import { createSubscriptionReader } from './subscriptions.js';
import { createOrderMemory } from './terms.js';
import { createAddItemWriter } from './writers/add-item.js';
import { createCompleteCheckoutWriter } from './writers/complete-checkout.js';
import { createConvertItemWriter } from './writers/convert-item.js';

export function openDataSource(
  account: Account<CentraSettings>,
  services: AccountServices,
  scope: RequestScope,
): DataSource {
  const { settings } = account;
  const client = createClient(account, createRequests(account, services, scope));
  const memory = createOrderMemory(services.store, services.clock, settings.termsKeptDays);
  const reads = createReads(client, memory, settings);
  const session: Session = {
    account,
    shopper: scope.shopper,
    onlyOrders: scope.onlyOrders ?? null,
    clock: services.clock,
    memory,
    client,
    reads,
    hasSessionToken: scope.sessionToken !== undefined && scope.sessionToken !== '',
  };
  return {
    orders: createOrderReader(session),
    lineItems: createLineItemReader(session),
    subscriptions: createSubscriptionReader(session),
    products: createProductReader(session),
    eligibility: createEligibilityChecker(session),
    preview: createPreviewer(session),
    upsells: { add: createAddItemWriter(session) },
    conversions: createConvertItemWriter(session),
    checkout: createCompleteCheckoutWriter(session),
  };
}
