import type { GraphQLResolveInfo } from 'graphql';
import type { Order } from '../../domain/order.js';
import { type Entry, mergedPage } from '../connection/merged-page.js';
import { type PageArguments, toPageRequest } from '../connection/page-request.js';
import { Progress } from '../connection/progress.js';
import type { GraphContext } from '../context.js';
import { listAcrossAccounts } from '../provider-account/list-across-accounts.js';
import { selectsInConnection } from '../selection.js';
import type { OrderConnection } from './order-connection.type.js';

const LIST = 'orders';

export interface UpcomingOrdersArguments extends PageArguments {
  /** Keys of provider accounts; all of them when absent. */
  readonly accountKeys?: readonly string[] | null | undefined;
}

/** A person's upcoming orders at all accounts, soonest first. What the query asks for below starts with them. */
export async function listUpcomingOrders(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  page: UpcomingOrdersArguments,
  info: GraphQLResolveInfo,
): Promise<OrderConnection> {
  const request = toPageRequest(page, (cursor) => Progress.fromCursor(LIST, cursor));
  const prefetch = {
    lineItems: selectsInConnection(info, ['lineItems']),
    subscriptions: selectsInConnection(info, ['lineItems', 'subscription']),
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
  for (const order of records) context.sources.at(order.ref.account)?.loaders.order.prime([order]);
  return Object.assign(mergedPage(LIST, records.map(toEntry), request, sources), { sources });
}

/** Orders whose day is not known come last. */
function toEntry(order: Order): Entry<Order> {
  const { at, date } = order.scheduled;
  const rank = at?.getTime() ?? (date === null ? null : Date.parse(date));
  return { node: order, account: order.ref.account, position: { rank, id: order.id } };
}
