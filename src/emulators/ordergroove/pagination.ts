import { Refusal } from '../kit/refusal.js';

/** Where a row stands in a list: what it is sorted by, then when it was added. */
export interface Position {
  readonly sortedBy: string;
  readonly sequence: number;
}

export interface PageRequest {
  /** Absolute URL of the request, query included. */
  readonly url: URL;
  /** `X-OG-API-VERSION: 2`. https://developer.ordergroove.com/api-reference/cursor-pagination */
  readonly usesCursor: boolean;
}

export interface Page<Row> {
  readonly count?: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Row[];
}

const DEFAULT_SIZE = 10;
const LARGEST_SIZE = 100;

/** Returns one page of rows that are already in order. */
export function paginate<Row>(
  rows: readonly Row[],
  positionOf: (row: Row) => Position,
  request: PageRequest,
): Page<Row> {
  return request.usesCursor ? cursorPage(rows, positionOf, request.url) : numberedPage(rows, request.url);
}

export function comparePositions(left: Position, right: Position): number {
  return left.sortedBy.localeCompare(right.sortedBy) || left.sequence - right.sequence;
}

function numberedPage<Row>(rows: readonly Row[], url: URL): Page<Row> {
  const size = sizeOf(url);
  const number = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  if (!Number.isInteger(number) || number < 1 || number > last) throw new Refusal(404, { detail: 'Invalid page.' });
  return {
    count: rows.length,
    next: number < last ? address(url, 'page', String(number + 1)) : null,
    previous: number > 1 ? address(url, 'page', String(number - 1)) : null,
    results: rows.slice((number - 1) * size, number * size),
  };
}

/** Returns the page at a cursor. Cursors name a row's position, so rows added or deleted meanwhile shift nothing. */
function cursorPage<Row>(rows: readonly Row[], positionOf: (row: Row) => Position, url: URL): Page<Row> {
  const size = sizeOf(url);
  const cursor = readCursor(url.searchParams.get('cursor'));
  const isAscending = url.searchParams.get('ordering')?.startsWith('-') !== true;
  const distance = (row: Row) => {
    const order = cursor ? comparePositions(positionOf(row), cursor) : 1;
    return isAscending || (cursor && positionOf(row).sortedBy === cursor.sortedBy) ? order : -order;
  };
  let start = 0;
  let end = size;
  if (cursor?.direction === 'before') {
    const before = rows.filter((row) => distance(row) < 0).length;
    start = Math.max(0, before - size);
    end = before;
  } else if (cursor) {
    start = rows.filter((row) => distance(row) <= 0).length;
    end = start + size;
  }
  const results = rows.slice(start, end);
  const [first, last] = [results[0], results.at(-1)];
  return {
    next: end < rows.length && last ? address(url, 'cursor', writeCursor('after', positionOf(last))) : null,
    previous: start > 0 && first ? address(url, 'cursor', writeCursor('before', positionOf(first))) : null,
    results,
  };
}

interface Cursor extends Position {
  readonly direction: 'after' | 'before';
}

function writeCursor(direction: Cursor['direction'], { sortedBy, sequence }: Position): string {
  return Buffer.from(JSON.stringify([direction, sortedBy, sequence])).toString('base64url');
}

function readCursor(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const [direction, sortedBy, sequence]: unknown[] = Array.isArray(parts) ? parts : [];
    if (
      (direction === 'after' || direction === 'before') &&
      typeof sortedBy === 'string' &&
      typeof sequence === 'number'
    ) {
      return { direction, sortedBy, sequence };
    }
  } catch {
    // Falls through to the refusal.
  }
  throw new Refusal(404, { detail: 'Invalid cursor' });
}

function sizeOf(url: URL): number {
  const size = Number(url.searchParams.get('page_size') ?? DEFAULT_SIZE);
  return Number.isInteger(size) && size >= 1 ? Math.min(size, LARGEST_SIZE) : DEFAULT_SIZE;
}

function address(url: URL, name: string, value: string): string {
  const target = new URL(url);
  target.searchParams.set(name, value);
  return target.href;
}
