import { problem, ProviderFailure } from '../../domain/problem.js';
import { type Decoded, decodeEach, fieldsOf, optionalText } from '../../http/decode.js';

/** One page of a list, in either of its two envelopes: https://developer.ordergroove.com/reference/pagination */
export interface Page {
  readonly rows: readonly unknown[];
  readonly hasNext: boolean;
}

/** The most rows a page may have. */
export const PAGE_SIZE = 100;

/** A list that has no end by then is not one. */
const MAX_PAGES = 100;

/** Follows `next` by its query alone: host and path stay those of the account. */
export async function* pagesOf(readPage: (query: string) => Promise<unknown>, first: string): AsyncGenerator<Page> {
  const asked = new Set<string>();
  let query: string | null = first;
  while (query !== null) {
    if (asked.has(query) || asked.size === MAX_PAGES) {
      throw new ProviderFailure(problem('CONTRACT_DRIFT', 'The pages of a list never end.'));
    }
    asked.add(query);
    const fields = fieldsOf(await readPage(query), 'a page of a list');
    const rows = fields['results'];
    if (!Array.isArray(rows)) throw new ProviderFailure(problem('CONTRACT_DRIFT', 'A page of a list has no rows.'));
    query = queryOf(optionalText(fields, 'next'));
    yield { rows, hasNext: query !== null };
  }
}

/** All rows, decoded. A later page that fails leaves what came before it, and its problem. */
export async function decodeAll<T>(pages: AsyncGenerator<Page>, decode: (value: unknown) => T): Promise<Decoded<T>> {
  const rows: unknown[] = [];
  let isFirst = true;
  try {
    for await (const page of pages) {
      rows.push(...page.rows);
      isFirst = false;
    }
  } catch (error) {
    if (isFirst || !(error instanceof ProviderFailure)) throw error;
    return { ...decodeEach(rows, decode), problem: error.problem };
  }
  return decodeEach(rows, decode);
}

function queryOf(next: string | null): string | null {
  const start = next?.indexOf('?') ?? -1;
  return next === null || start === -1 ? null : next.slice(start + 1);
}
