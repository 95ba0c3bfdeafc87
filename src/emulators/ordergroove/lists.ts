import type { Collection } from '../kit/collection.js';
import type { Exchange } from './endpoints.js';
import { comparePositions, type Page, paginate } from './pagination.js';
import { badField, authenticationFailed } from './refusals.js';

export interface ListQuestion<Row> {
  readonly collection: Collection<Row>;
  /** Returns the customer a row belongs to. Null where rows belong to no customer. */
  readonly customerOf: ((row: Row) => string | undefined) | null;
  /** Parameters besides `customer` that narrow the list to one customer's rows. */
  readonly narrowedBy?: readonly string[];
  readonly customerFilter?: 'honour' | 'ignore' | 'reject';
  readonly accepts: (row: Row) => boolean;
  /** Text fields `?ordering=` may name. */
  readonly ordering?: Readonly<Record<string, (row: Row) => string>>;
}

/** Applies scope, filters, order and page of a list endpoint. */
export function list<Row>(exchange: Exchange, question: ListQuestion<Row>): Page<Row> {
  const rows = visibleRows(exchange, question);
  const name = exchange.query.get('ordering')?.replace('-', '');
  const sortedBy = name === undefined ? undefined : question.ordering?.[name];
  const positionOf = (row: Row) => ({ sortedBy: sortedBy?.(row) ?? '', sequence: question.collection.sequenceOf(row) });
  if (sortedBy) {
    const direction = exchange.query.get('ordering')?.startsWith('-') ? -1 : 1;
    rows.sort((left, right) => {
      const [first, second] = [positionOf(left), positionOf(right)];
      return first.sortedBy === second.sortedBy
        ? first.sequence - second.sequence
        : comparePositions(first, second) * direction;
    });
  }
  return paginate(rows, positionOf, exchange);
}

export function mapPage<Row, Result>(page: Page<Row>, map: (row: Row) => Result): Page<Result> {
  return { ...page, results: page.results.map(map) };
}

function visibleRows<Row>(exchange: Exchange, question: ListQuestion<Row>): Row[] {
  const { collection, customerOf, accepts, customerFilter = 'honour' } = question;
  const matching = collection.filter(accepts);
  if (!customerOf) return matching;
  const { caller, query, context } = exchange;
  const named = query.get('customer');
  if (named !== null && customerFilter === 'reject') throw badField('customer', 'Unknown filter.');

  const wanted = customerFilter === 'honour' ? named : null;
  const own = matching.filter((row) => {
    const customer = customerOf(row);
    return (caller.scope === 'application' || customer === caller.customer) && (wanted === null || customer === wanted);
  });
  if (caller.scope === 'application' && !caller.bulk && !isNarrowed(query, question)) {
    if (context.switches.get('unscopedListWithoutBulk') === 'empty') return [];
    throw authenticationFailed();
  }
  if (!context.switches.get('leakForeignRows')) return own;
  const kept = new Set(own);
  const foreign = matching.find((row) => !kept.has(row));
  return matching.filter((row) => row === foreign || kept.has(row));
}

/** Whether a query narrows the list to one customer. Without the Bulk Operations permission every list must do so. */
function isNarrowed<Row>(query: URLSearchParams, { narrowedBy = [] }: ListQuestion<Row>): boolean {
  return ['customer', ...narrowedBy].some((name) => query.has(name));
}
