import { createHash } from 'node:crypto';
import { decodeCursor, encodeCursor } from './cursor.js';
import { Page } from './page.js';
import type { PageRequest } from './page-request.js';

interface Listed {
  readonly id: string;
}

/** End of a page in a list whose order the provider decides. */
export interface ListPlace {
  /** Index of the last entry returned. */
  readonly index: number;
  /** Marks of that entry and those before it, nearest first: one of them is likely to remain. */
  readonly marks: readonly string[];
}

const MARKS = 3;

/** Decodes a cursor; null for text that is not a cursor of this list. */
export function toListPlace(list: string, cursor: string): ListPlace | null {
  const place = decodeCursor(list, cursor);
  if (!Array.isArray(place)) return null;
  const [index, ...marks]: readonly unknown[] = place;
  const isWhole = typeof index === 'number' && Number.isSafeInteger(index) && index >= 0;
  return isWhole && marks.length > 0 && marks.every(isText) ? { index, marks } : null;
}

/** Cuts a page from a list that one account returns whole. */
export function listPage<T extends Listed>(
  list: string,
  items: readonly T[],
  { first, after }: PageRequest<ListPlace>,
): Page<T> {
  const start = after ? startAfter(items, after) : 0;
  const end = start + first;
  return new Page(items.slice(start, end), { before: start > 0, after: end < items.length }, (offset) => {
    const index = start + offset;
    const marked = items.slice(Math.max(0, index + 1 - MARKS), index + 1).reverse();
    return encodeCursor(list, [index, ...marked.map(markOf)]);
  });
}

/** Returns the index after the last entry. Finds it by its mark, because entries may change between pages. */
function startAfter(items: readonly Listed[], { index, marks }: ListPlace): number {
  const places = new Map(items.map((item, place) => [markOf(item), place]));
  const met = marks.map((mark) => places.get(mark)).find((place) => place !== undefined);
  return met === undefined ? Math.max(0, index + 1 - marks.length) : met + 1;
}

function markOf({ id }: Listed): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 10);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
