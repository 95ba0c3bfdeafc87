import { isDeepStrictEqual } from 'node:util';
import { nextTurn } from '../../domain/next-turn.js';
import { joinProblems, problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import {
  type Decoded,
  decodeList,
  type Decoder,
  isAbsent,
  isJsonObject,
  isList,
  type JsonObject,
  optionalText,
} from './decode.js';

/** One page of a list. `next` is what asks for the following one; null at the end. */
export interface Page<Cursor> {
  readonly rows: readonly unknown[];
  readonly next: Cursor | null;
  /** There are more rows, and nothing says how to ask for them. */
  readonly isCut?: boolean;
  /** Rows of the whole list, where the provider counts them. */
  readonly total?: number | null;
}

/** The rows of a list that could be read; `problem` says that later pages could not. */
export interface Rows {
  readonly rows: readonly unknown[];
  readonly problem: ProviderProblem | null;
}

/** A list that has no end by then is not one. */
const MAX_PAGES = 100;
const MAX_LIST = 25_000;

/** Rows decoded before other work goes on. */
const ROWS_AT_ONCE = 250;

/** Reads page after page. Throws CONTRACT_DRIFT for a list that comes back to a page, repeats one, never ends, or ends too early. */
export async function* followPages<Cursor>(
  first: Cursor,
  readPage: (cursor: Cursor) => Promise<Page<Cursor>>,
): AsyncGenerator<Page<Cursor>, void> {
  const read = new Set<Cursor>();
  let previous: readonly unknown[] = [];
  let count = 0;
  for (let cursor: Cursor | null = first; cursor !== null;) {
    if (read.has(cursor) || read.size === MAX_PAGES) throw new ProviderFailure(neverEnds);
    read.add(cursor);
    const page: Page<Cursor> = await readPage(cursor);
    if (page.rows.length > 0 && isDeepStrictEqual(page.rows, previous)) throw new ProviderFailure(neverEnds);
    previous = page.rows;
    count += page.rows.length;
    if (count > MAX_LIST) throw new ProviderFailure(neverEnds);
    yield page;
    const isShort = page.next === null && (page.total ?? 0) > count;
    if (page.isCut === true || isShort) throw new ProviderFailure(cut);
    cursor = page.next;
  }
}

/** What a provider says of a page that is asked for by its number, or by the place of its first row. */
export interface NumberedPage {
  readonly rows: readonly unknown[];
  /** Rows that were read, with these. */
  readonly read: number;
  /** Rows of the whole list; null where it is not stated. */
  readonly total: number | null;
  /** Whether another page follows; null where it is not stated. */
  readonly isFollowed?: boolean | null;
}

/**
 * Whether a page is the last one of its list: as the provider says, or else because it is empty. One with fewer rows than
 * were asked for need not be: a provider may give fewer at a time.
 */
export function isLastPage({ rows, read, total, isFollowed = null }: NumberedPage): boolean {
  if (rows.length === 0) return true;
  if (isFollowed !== null) return !isFollowed;
  return total !== null && read >= total;
}

const cut = problem(
  'CONTRACT_DRIFT',
  'A list has more rows than its pages show, and no page says how to ask for them.',
);

/** Reads what asks for the next page. A value that is there and cannot be read is no end of the list. */
export function nextIn(page: JsonObject, name: string): Pick<Page<string>, 'next' | 'isCut'> {
  const next = optionalText(page, name);
  return { next, isCut: next === null && !isAbsent(page[name]) };
}

const neverEnds = problem('CONTRACT_DRIFT', 'The pages of a list never end.');

/** Reads all rows. A later page that fails leaves what came before it, and its problem. */
export async function collectRows(pages: AsyncIterable<Page<unknown>>): Promise<Rows> {
  const rows: unknown[] = [];
  let isFirst = true;
  try {
    for await (const page of pages) {
      for (const row of page.rows) rows.push(row);
      isFirst = false;
    }
  } catch (error) {
    if (isFirst || !(error instanceof ProviderFailure)) throw error;
    return { rows, problem: error.problem };
  }
  return { rows, problem: null };
}

/** Reads all rows, or throws `ProviderFailure` when one of the pages cannot be read. */
export async function requireRows(pages: AsyncIterable<Page<unknown>>): Promise<readonly unknown[]> {
  const { rows, problem: gap } = await collectRows(pages);
  if (gap) throw new ProviderFailure(gap);
  return rows;
}

/** Reads and decodes all rows, each by itself. */
export async function decodePages<T>(
  pages: AsyncIterable<Page<unknown>>,
  decode: Decoder<T>,
  idName = 'id',
): Promise<Decoded<T>> {
  return decodeRows(await collectRows(pages), decode, idName);
}

/** Decodes rows, each by itself; a page that could not be read is the first problem. Other work goes on between the rows of many. */
export async function decodeRows<T>(
  { rows, problem: gap }: Rows,
  decode: Decoder<T>,
  idName = 'id',
): Promise<Decoded<T>> {
  const different = withoutRepeats(rows, idName);
  if (different.length <= ROWS_AT_ONCE) {
    const { records, problem: broken } = decodeList(different, decode, idName);
    return { records, problem: gap ?? broken };
  }
  const parts: Decoded<T>[] = [];
  for (let at = 0; at < different.length; at += ROWS_AT_ONCE) {
    if (at > 0) await nextTurn();
    parts.push(decodeList(different.slice(at, at + ROWS_AT_ONCE), decode, idName, at));
  }
  const broken = parts.map((part) => part.problem).reduce(joinProblems, null);
  return { records: parts.flatMap(({ records }) => records), problem: gap ?? broken };
}

/** Keeps the last row of each identifier: a list that moves while it is read shows a record on two pages. */
export function withoutRepeats(rows: readonly unknown[], idName = 'id'): readonly unknown[] {
  const idOf = (row: unknown) => (isJsonObject(row) ? optionalText(row, idName) : null);
  const byId = new Map(rows.map((row, index) => [idOf(row) ?? index, row]));
  return byId.size === rows.length ? rows : [...byId.values()];
}

/** Returns the rows of a page, or throws CONTRACT_DRIFT. */
export function rowsIn(page: JsonObject, name: string): readonly unknown[] {
  const rows = page[name];
  if (isList(rows)) return rows;
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'A page of a list has no rows.'));
}
