import type { ItemRecord, SubscriptionRecord } from './records.js';
import { badRequest } from './refusals.js';
import type { OrdergrooveStore } from './store.js';

export function requireNotPrepaid(subscription: SubscriptionRecord | undefined): void {
  if (subscription?.prepaid_subscription_context) throw badRequest('Not allowed for a prepaid subscription.');
}

export function requireItemNotPrepaid(store: OrdergrooveStore, item: ItemRecord): void {
  requireNotPrepaid(item.subscription === null ? undefined : store.subscriptions.get(item.subscription));
}
