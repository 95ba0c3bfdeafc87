import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { requireObject, isJsonObject, optionalInteger } from '../kit/decode.js';

/** The rows of a list; `problem` says that later pages could not be read. */
export interface Rows {
  readonly rows: readonly unknown[];
  readonly problem: ProviderProblem | null;
}

/** The most rows a page may have; unless it is asked for, a page has 20. */
export const PAGE_SIZE = 100;

/** A list that has no end by then is not one. */
const MAX_PAGES = 100;

/** https://developer.surecart.com/api-reference/pagination-sorting: pages are counted, there is no link to the next. */
export async function readPages(readPage: (page: number) => Promise<unknown>): Promise<Rows> {
  const rows: unknown[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    try {
      const { data, count } = decodePage(await readPage(page));
      rows.push(...data);
      if (data.length < PAGE_SIZE || (count !== null && rows.length >= count)) return { rows, problem: null };
    } catch (error) {
      if (page === 1 || !(error instanceof ProviderFailure)) throw error;
      return { rows, problem: error.problem };
    }
  }
  return { rows, problem: problem('CONTRACT_DRIFT', 'The pages of a list never end.') };
}

function decodePage(value: unknown): { readonly data: readonly unknown[]; readonly count: number | null } {
  const fields = requireObject(value, 'a page of a list');
  const { data, pagination } = fields;
  if (!Array.isArray(data)) throw new ProviderFailure(problem('CONTRACT_DRIFT', 'A page of a list has no rows.'));
  return { data, count: isJsonObject(pagination) ? optionalInteger(pagination, 'count') : null };
}
