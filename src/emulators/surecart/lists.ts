import type { SureCartContext } from './context.js';
import { type Payload, readExpansion, render } from './payloads.js';
import { invalidRequest } from './refusals.js';
import type { AnyRecord } from './store.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Filters by repeated keys: `checkout_ids[]` and what of a row must be among its values. */
export type Filters<Row> = Readonly<Record<string, (row: Row) => string | readonly string[] | null>>;

export interface ListQuestion<Row extends AnyRecord> {
  readonly path: string;
  readonly rows: readonly Row[];
  readonly filters: Filters<Row>;
}

/** Returns a page of the rows a query asks for. See https://developer.surecart.com/api-reference/pagination-sorting */
export function list<Row extends AnyRecord>(
  context: SureCartContext,
  query: URLSearchParams,
  { path, rows, filters }: ListQuestion<Row>,
): Payload {
  const limit = limitOf(context, query.get('limit'));
  const page = Math.max(Number(query.get('page') ?? 1) || 1, 1);
  const matching = sorted(
    rows.filter((row) => isWanted(context, query, filters, row)),
    query.get('sort'),
  );
  const expansion = readExpansion(context, query);
  return {
    object: 'list',
    pagination: { count: matching.length, limit, page, url: path },
    data: matching.slice((page - 1) * limit, page * limit).map((row) => render(context, row, expansion)),
  };
}

function isWanted<Row extends AnyRecord>(
  { switches }: SureCartContext,
  query: URLSearchParams,
  filters: Filters<Row>,
  row: Row,
): boolean {
  const ids = query.getAll('ids[]');
  if (ids.length > 0 && !ids.includes(row.id)) return false;
  const mode = switches.get('isolateModes') ? 'true' : query.get('live_mode');
  if (mode !== null && 'live_mode' in row && row.live_mode !== (mode === 'true' || mode === '1')) return false;
  if (switches.get('leakForeignRows')) return true;
  return Object.entries(filters).every(([name, valueOf]) => {
    const wanted = query.getAll(name);
    if (wanted.length === 0) return true;
    const value = valueOf(row);
    return (Array.isArray(value) ? value : [value]).some((each) => wanted.includes(String(each)));
  });
}

/** Sorts rows, newest first unless asked otherwise; rows of one second as they came, also reversed. */
function sorted<Row extends AnyRecord>(rows: readonly Row[], sort: string | null): readonly Row[] {
  const [column = 'created_at', direction = 'desc'] = sort?.split(':') ?? [];
  const valueOf = (row: Row) => {
    const value: unknown = Object.entries(row).find(([name]) => name === column)?.[1];
    return typeof value === 'number' || typeof value === 'string' ? value : 0;
  };
  const ascending = [...rows].sort((left, right) => {
    const [first, second] = [valueOf(left), valueOf(right)];
    return first < second ? -1 : first > second ? 1 : 0;
  });
  return direction === 'asc' ? ascending : ascending.reverse();
}

function limitOf({ switches }: SureCartContext, text: string | null): number {
  if (text === null) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  if (switches.get('limitOutOfRange') === 'refuse') {
    throw invalidRequest('limit.invalid', 'Limit must be between 1 and 100.');
  }
  return Math.min(Math.max(Math.trunc(limit) || DEFAULT_LIMIT, 1), MAX_LIMIT);
}
