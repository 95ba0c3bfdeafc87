import type { Subscription, SubscriptionStatus } from '../../domain/subscription.js';
import { comparePositions, paginate, toPageRequest, type Entry, type PageArguments } from '../connection/paginate.js';
import type { GraphContext } from '../context.js';
import { readEverywhere } from '../provider-account/read-everywhere.js';
import type { SubscriptionContractConnection } from './subscription-contract-connection.type.js';

export interface SubscriptionsArguments extends PageArguments {
  /** All of them when absent. */
  readonly statuses?: readonly SubscriptionStatus[] | null | undefined;
}

/** A person's subscriptions at all accounts, latest start first. */
export async function listSubscriptions(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  page: SubscriptionsArguments,
): Promise<SubscriptionContractConnection> {
  const request = toPageRequest(page);
  const { records, sources } = await readEverywhere(context, identities, null, ({ source }, customerId) => {
    return source.subscriptions?.listFor(customerId) ?? null;
  });
  for (const record of records) {
    context.sources.at(record.ref.account)?.loaders.subscription.prime(record.ref.key, record);
  }
  const entries = records
    .filter(({ status }) => page.statuses?.includes(status) ?? true)
    .map(toEntry)
    .sort((left, right) => comparePositions(left.position, right.position));
  return Object.assign(paginate(entries, request), { sources });
}

/** Those whose start is not known come last. */
function toEntry(subscription: Subscription): Entry<Subscription> {
  const { startDate, id } = subscription;
  return {
    node: subscription,
    position: { rank: startDate === null ? Number.POSITIVE_INFINITY : -Date.parse(startDate), id },
  };
}
