import type { GraphQLResolveInfo } from 'graphql';
import type { Order } from '../../domain/order.js';
import { comparePositions, paginate, toPageRequest, type Entry, type PageArguments } from '../connection/paginate.js';
import type { GraphContext } from '../context.js';
import { readEverywhere } from '../provider-account/read-everywhere.js';
import { selectsInConnection } from '../selection.js';
import type { OrderConnection } from './order-connection.type.js';

export interface UpcomingOrdersArguments extends PageArguments {
  /** Keys of provider accounts; all of them when absent. */
  readonly accounts?: readonly string[] | null | undefined;
}

/** A person's upcoming orders at all accounts, soonest first. What the query asks for below starts with them. */
export async function listUpcomingOrders(
  context: GraphContext,
  identities: Readonly<Record<string, string>>,
  page: UpcomingOrdersArguments,
  info: GraphQLResolveInfo,
): Promise<OrderConnection> {
  const request = toPageRequest(page);
  const ahead = {
    lineItems: selectsInConnection(info, ['lineItems']),
    subscriptions: selectsInConnection(info, ['lineItems', 'subscription']),
  };
  const { records, sources } = await readEverywhere(context, identities, page.accounts, ({ source }, customerId) => {
    return source.upcomingOrders?.list(customerId, ahead) ?? null;
  });
  for (const order of records) context.sources.at(order.ref.account)?.loaders.order.prime(order.ref.key, order);
  const entries = records.map(toEntry).sort((left, right) => comparePositions(left.position, right.position));
  return Object.assign(paginate(entries, request), { sources });
}

/** Orders whose day is not known come last. */
function toEntry(order: Order): Entry<Order> {
  const { at, date } = order.scheduled;
  const instant = at?.getTime() ?? (date === null ? Number.POSITIVE_INFINITY : Date.parse(date));
  return { node: order, position: { rank: instant, id: order.id } };
}
