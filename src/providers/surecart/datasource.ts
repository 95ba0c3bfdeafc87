import type { AccountServices, DataSource, RequestScope } from '../../domain/provider.js';
import { createCheckoutMemory } from './checkout-memory.js';
import { createClient } from './client.js';
import { createEligibilityChecker } from './eligibility.js';
import { createLineItemReader } from './line-items.js';
import { createOfferReader } from './offers.js';
import { createOrderReader } from './orders.js';
import { createPreviewer } from './preview.js';
import { createProductReader } from './products.js';
import { createReads } from './reads.js';
import { createRequests } from './requests.js';
import type { Session, SureCartAccount } from './session.js';
import { createSubscriptionReader } from './subscriptions.js';
import { createAddItemWriter } from './writers/add-item.js';
import { createConvertItemWriter } from './writers/convert-item.js';
import { createDeclineOfferWriter } from './writers/decline-offer.js';

export function openDataSource(account: SureCartAccount, services: AccountServices, scope: RequestScope): DataSource {
  const { clock, store } = services;
  const client = createClient(account, createRequests(account, services, scope));
  const memory = createCheckoutMemory(store, clock);
  const reads = createReads({ client, memory, clock, settings: account.settings });
  const { shopper, onlyOrders = null } = scope;
  const session: Session = { account, shopper, onlyOrders, clock, client, reads, memory };
  return {
    orders: createOrderReader(session),
    lineItems: createLineItemReader(session),
    subscriptions: createSubscriptionReader(session),
    products: createProductReader(session),
    offers: createOfferReader(session),
    eligibility: createEligibilityChecker(session),
    preview: createPreviewer(session),
    upsells: { add: createAddItemWriter(session), decline: createDeclineOfferWriter(session) },
    conversions: createConvertItemWriter(session),
  };
}
