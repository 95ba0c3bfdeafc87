import type { Exchange } from './endpoints.js';
import { badRequest } from './refusals.js';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 2000;

/** Returns one page: `page` from 0, `size` up to 2000. Totals are in a header. */
export function pageOf({ parameters, reply, context }: Exchange, rows: readonly unknown[]): unknown {
  const page = parameters.integer('page', { least: 0, otherwise: 0 });
  const size = parameters.integer('size', { least: 1, otherwise: DEFAULT_SIZE });
  if (size > LARGEST_SIZE) throw badRequest(`size: must be less than or equal to ${LARGEST_SIZE}`);
  const content = rows.slice(page * size, (page + 1) * size);
  reply.header('x-total-count', String(rows.length));
  if (context.switches.get('pages') === 'bare') return content;
  return { content, totalElements: rows.length, last: (page + 1) * size >= rows.length };
}

/** Sorts rows by `sort=field,dir`. Unknown fields change nothing. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: string | null,
  keys: Readonly<Record<string, (row: Row) => string | number>>,
): readonly Row[] {
  const [field = '', direction] = sort?.split(',') ?? [];
  const keyOf = Object.hasOwn(keys, field) ? keys[field] : undefined;
  if (!keyOf) return rows;
  const sorted = [...rows].sort((left, right) => compare(keyOf(left), keyOf(right)));
  return direction?.toLowerCase() === 'desc' ? sorted.toReversed() : sorted;
}

function compare(left: string | number, right: string | number): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
