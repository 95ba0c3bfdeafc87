import { answer, field, type Source } from '../graphql-answer.js';
import { DocumentError, readDocument } from '../graphql-document.js';
import { orderSource, subscriptionSource } from '../graphql-records.js';
import { type Endpoints, type Exchange, maySee } from '../exchange.js';
import { matchesDate } from '../filters.js';
import { notFound, Refusal } from '../refusals.js';
import { holdsPrepaid } from '../schedule.js';
import type { Table } from '../table.js';

const VERSIONS: ReadonlySet<string> = new Set(['2026-01', 'unstable']);

type Given = ReadonlyMap<string, unknown>;

/** The read-only roots. https://developer.ordergroove.com/graphql/introduction */
export function graphql(endpoints: Endpoints): void {
  endpoints.ask('/graphql/:version/', 'storefront', (exchange) => {
    const version = exchange.part('version');
    // A superseded version answers 410 a year after its successor appeared.
    if (/^\d{4}-\d{2}$/u.test(version) && version < '2026-01')
      throw new Refusal(410, { detail: 'This version was retired.' });
    if (!VERSIONS.has(version)) throw notFound();
    try {
      const variables = new Map(Object.entries(exchange.body.object('variables')));
      return { data: answer(readDocument(exchange.body.text('query'), variables), roots(exchange)) };
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return exchange.reply.code(400).send({ errors: [{ message: error.message }] });
    }
  });
}

function roots(exchange: Exchange): Source {
  const { world, caller } = exchange;
  const { orders, subscriptions } = world.store;
  return {
    __typename: 'Query',
    order: field((given) => {
      const order = orders.get(String(given.get('publicId')));
      return order && maySee(caller, order.customer) ? orderSource(world, order) : null;
    }),
    subscription: field((given) => {
      const subscription = subscriptions.get(String(given.get('publicId')));
      return subscription && maySee(caller, subscription.customer) ? subscriptionSource(world, subscription) : null;
    }),
    orders: field((given) => {
      const dates = dateQuery(given);
      const statuses = given.get('status');
      const rows = ownRows(exchange, given, orders).filter(
        (order) =>
          (!Array.isArray(statuses) || statuses.includes(order.status)) &&
          matchesDate(dates, 'place', order.place) &&
          (given.get('includePrepaidOrders') !== false || !holdsPrepaid(world, order)) &&
          (given.get('subscription') === undefined ||
            world.store.itemsOf(order.public_id).some((item) => item.subscription === given.get('subscription'))),
      );
      return connection('Order', rows, orders, given, (order) => orderSource(world, order));
    }),
    subscriptions: field((given) => {
      const rows = ownRows(exchange, given, subscriptions).filter(
        (row) => given.get('live') === undefined || row.live === given.get('live'),
      );
      return connection('Subscription', rows, subscriptions, given, (row) => subscriptionSource(world, row));
    }),
  };
}

function ownRows<Row extends { readonly customer: string }>(
  { caller }: Exchange,
  given: Given,
  table: Table<Row>,
): Row[] {
  const customer = given.get('customer');
  if (
    caller.scope === 'application' &&
    !caller.bulk &&
    customer === undefined &&
    given.get('subscription') === undefined
  ) {
    throw new DocumentError('This key needs a customer to list.');
  }
  return table.filter((row) => maySee(caller, row.customer) && (customer === undefined || row.customer === customer));
}

function dateQuery(given: Given): URLSearchParams {
  const query = new URLSearchParams();
  const names = [
    ['place', 'place'],
    ['placeStart', 'place_start'],
    ['placeEnd', 'place_end'],
  ] as const;
  for (const [name, parameter] of names) {
    const value = given.get(name);
    if (typeof value === 'string') query.set(parameter, value);
  }
  return query;
}

const DEFAULT_PAGE = 10;

function connection<Row>(
  type: string,
  rows: readonly Row[],
  table: Table<Row>,
  given: Given,
  sourceOf: (row: Row) => Source,
): Source {
  const cursorOf = (row: Row) => String(table.sequenceOf(row));
  const after = Number(given.get('after') ?? 0);
  const before = Number(given.get('before') ?? Number.MAX_SAFE_INTEGER);
  const between = rows.filter((row) => table.sequenceOf(row) > after && table.sequenceOf(row) < before);
  const isBackward = given.get('last') !== undefined;
  const size = Number(given.get('last') ?? given.get('first') ?? DEFAULT_PAGE);
  const page = isBackward ? between.slice(-size) : between.slice(0, size);
  return {
    __typename: `${type}Connection`,
    nodes: page.map(sourceOf),
    edges: page.map((row) => ({ __typename: `${type}Edge`, cursor: cursorOf(row), node: sourceOf(row) })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: isBackward ? before < Number.MAX_SAFE_INTEGER : page.length < between.length,
      hasPreviousPage: isBackward ? page.length < between.length : after > 0,
      startCursor: page.slice(0, 1).map(cursorOf)[0] ?? null,
      endCursor: page.slice(-1).map(cursorOf)[0] ?? null,
    },
  };
}
