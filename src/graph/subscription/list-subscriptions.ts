import type { Subscription, SubscriptionStatus } from '../../domain/subscription.js';
import { MergedCursor } from '../connection/merged-cursor.js';
import { type Entry, mergedPage } from '../connection/merged-page.js';
import { type PageArguments, toPageRequest } from '../connection/page-request.js';
import type { GraphContext } from '../context.js';
import { listAcrossAccounts } from '../provider-account/list-across-accounts.js';
import type { SubscriptionContractConnection } from './subscription-contract-connection.type.js';

const LIST = 'subscriptions';

export interface SubscriptionsArguments extends PageArguments {
  /** All of them when absent. */
  readonly statuses?: readonly SubscriptionStatus[] | null | undefined;
}

/** Lists a person's subscriptions at all accounts, latest start first. */
export async function listSubscriptions(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  page: SubscriptionsArguments,
): Promise<SubscriptionContractConnection> {
  const request = toPageRequest(page, (cursor) => MergedCursor.fromCursor(LIST, cursor));
  const { records, sources } = await listAcrossAccounts(context, LIST, identities, null, ({ source }, customerId) => {
    return source.subscriptions?.listFor(customerId) ?? null;
  });
  for (const record of records) context.sources.get(record.ref.account)?.loaders.subscription.prime([record]);
  const entries = records.filter(({ status }) => page.statuses?.includes(status) ?? true).map(toEntry);
  return Object.assign(mergedPage(LIST, entries, request, sources), { sources });
}

/** Makes the entry of a subscription. Those whose start is not known come last. */
function toEntry(subscription: Subscription): Entry<Subscription> {
  const { startDate, id, ref } = subscription;
  const rank = startDate === null ? null : -Date.parse(startDate);
  return { node: subscription, account: ref.account, position: { rank, id } };
}
