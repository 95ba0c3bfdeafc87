import type { GraphQLResolveInfo } from 'graphql';
import type { Order } from '../../domain/order.js';
import { MergedCursor } from '../connection/merged-cursor.js';
import { type Entry, mergedPage } from '../connection/merged-page.js';
import { type PageArguments, toPageRequest } from '../connection/page-request.js';
import type { GraphContext } from '../context.js';
import { listAcrossAccounts } from '../provider-account/list-across-accounts.js';
import { selectsInConnection } from '../selection.js';
import type { OrderConnection } from './order-connection.type.js';

const LIST = 'orders';

export interface UpcomingOrdersArguments extends PageArguments {
  /** Keys of provider accounts; all of them when absent. */
  readonly accountKeys?: readonly string[] | null | undefined;
}

/** Lists a customer's upcoming orders at all accounts, soonest first, and prefetches what the query selects below them. */
export async function listUpcomingOrders(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  page: UpcomingOrdersArguments,
  info: GraphQLResolveInfo,
): Promise<OrderConnection> {
  const request = toPageRequest(page, (cursor) => MergedCursor.fromCursor(LIST, cursor));
  const prefetch = {
    lineItems: selectsInConnection(info, ['lineItems']),
    subscriptions:
      selectsInConnection(info, ['lineItems', 'subscription']) || selectsInConnection(info, ['lineItems', 'terms']),
  };
  const { records, sources } = await listAcrossAccounts(
    context,
    LIST,
    identities,
    page.accountKeys,
    (opened, customerId) => {
      const { source, loaders } = opened;
      if (prefetch.subscriptions) loaders.expectSubscriptions();
      return source.upcomingOrders?.list(customerId, prefetch) ?? null;
    },
  );
  for (const order of records) context.sources.get(order.ref.account)?.loaders.order.prime([order]);
  return Object.assign(mergedPage(LIST, records.map(toEntry), request, sources), { sources });
}

/** Ranks an order by its day; orders without one come last. */
function toEntry(order: Order): Entry<Order> {
  const { at, date } = order.scheduled;
  const rank = at?.getTime() ?? (date === null ? null : Date.parse(date));
  return { node: order, account: order.ref.account, position: { rank, id: order.id } };
}
