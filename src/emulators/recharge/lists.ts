import type { JsonObject } from '../kit/json-object.js';
import type { Exchange } from './endpoints.js';
import { invalid } from './refusals.js';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 250;

export interface ListRules<Row> {
  readonly name: string;
  rows(): readonly Row[];
  idOf(row: Row): number;
  /** By the name of a parameter; a list of values is joined by commas. */
  readonly filters: Readonly<Record<string, (row: Row, values: readonly string[]) => boolean>>;
  readonly sortKeys: Readonly<Record<string, (row: Row) => string>>;
  show(row: Row, index: number): JsonObject;
}

/** Filters, order and the last row that was sent: a cursor carries all of them. */
interface Cursor {
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: string;
  readonly after: readonly [key: string, id: number] | null;
}

/** Returns one page of a list, newest first unless asked otherwise. */
export function list<Row>({ query, version }: Exchange, rules: ListRules<Row>): JsonObject {
  const limit = limitIn(query);
  // Of the version before, which has no cursors.
  const skipped = version === '2021-01' ? (Number(query.get('page') ?? 1) - 1) * limit : 0;
  const cursor = cursorIn(query) ?? firstCursor(query, rules);
  const { sort, after } = cursor;
  const [field = 'id', direction = 'desc'] = sort.split('-');
  const keyOf = (row: Row) => (rules.sortKeys[field] ?? (() => ''))(row);
  const sign = direction === 'asc' ? 1 : -1;
  const compare = (left: readonly [string, number], right: readonly [string, number]) =>
    (left[0] === right[0] ? left[1] - right[1] : left[0] < right[0] ? -1 : 1) * sign;
  const rows = rules
    .rows()
    .filter((row) => isWanted(row, cursor, rules))
    .map((row) => ({ row, place: [keyOf(row), rules.idOf(row)] as const }))
    .filter(({ place }) => after === null || compare(place, after) > 0)
    .sort((left, right) => compare(left.place, right.place));
  const page = rows.slice(skipped, skipped + limit);
  const last = page.at(-1);
  return {
    next_cursor: rows.length > limit && last ? encode({ ...cursor, after: last.place }) : null,
    previous_cursor: null,
    [rules.name]: page.map(({ row }, index) => rules.show(row, index)),
  };
}

function isWanted<Row>(row: Row, { filters }: Cursor, rules: ListRules<Row>): boolean {
  return Object.entries(filters).every(([name, value]) => rules.filters[name]?.(row, value.split(',')) ?? true);
}

function limitIn(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_LIMIT) return limit;
  throw invalid({ limit: [`Must be between 1 and ${LARGEST_LIMIT}.`] });
}

function firstCursor<Row>(query: URLSearchParams, { sortKeys }: ListRules<Row>): Cursor {
  const { limit: _limit, sort_by: sort = 'id-desc', ...filters } = Object.fromEntries(query);
  const [field = ''] = sort.split('-');
  if (!/^[a-z_]+-(?:asc|desc)$/u.test(sort) || (field !== 'id' && !(field in sortKeys))) {
    throw invalid({ sort_by: ['Not a valid choice.'] });
  }
  return { filters, sort, after: null };
}

/** Decodes the cursor of a query. A cursor remembers what was asked for: nothing but a limit may stand beside it. */
function cursorIn(query: URLSearchParams): Cursor | null {
  const text = query.get('cursor');
  if (text === null) return null;
  const others = [...query.keys()].filter((name) => name !== 'cursor' && name !== 'limit');
  if (others.length > 0) throw invalid({ cursor: [`Cannot be combined with ${others.join(', ')}.`] });
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Only this emulator makes cursors.
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as Cursor;
  } catch {
    throw invalid({ cursor: ['Invalid value'] });
  }
}

function encode(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64');
}

/** Makes filters that keep rows not before one moment or day, and not after another. */
export function between<Row>(name: string, momentOf: (row: Row) => string | null): ListRules<Row>['filters'] {
  return {
    [`${name}_min`]: (row, [least = '']) => (momentOf(row) ?? '') >= least,
    [`${name}_max`]: (row, [most = '']) => (momentOf(row) ?? most) <= most,
  };
}

/** Makes filters and sort keys by when rows were made, and changed last. */
export function stamped<Row extends { readonly created_at: string; readonly updated_at: string }>() {
  return {
    filters: {
      ...between<Row>('created_at', ({ created_at: at }) => at),
      ...between<Row>('updated_at', ({ updated_at: at }) => at),
    },
    sortKeys: { created_at: ({ created_at: at }: Row) => at, updated_at: ({ updated_at: at }: Row) => at },
  };
}

/** Makes a filter that keeps rows of one of several ids. */
export function oneOf<Row>(idOf: (row: Row) => number | string | null) {
  return (row: Row, values: readonly string[]) => values.includes(String(idOf(row)));
}
