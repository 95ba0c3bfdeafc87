import type { SourceStatus } from '../provider-account/source-status.type.js';
import { Page } from './page.js';
import type { PageRequest } from './page-request.js';
import { comparePositions, type Position } from './position.js';
import { MergedCursor } from './merged-cursor.js';

/** Record of a list merged from several accounts. */
export interface Entry<T> {
  readonly node: T;
  readonly account: string;
  readonly position: Position;
}

/** Cuts a page from the entries of the accounts that could be read. */
export function mergedPage<T>(
  list: string,
  entries: readonly Entry<T>[],
  { first, after }: PageRequest<MergedCursor>,
  sources: readonly Pick<SourceStatus, 'account' | 'state'>[],
): Page<T> {
  const progress = after ?? MergedCursor.none;
  const all = [...new Map(entries.map((entry) => [entry.position.id, entry])).values()];
  const left = all
    .filter(({ account, position }) => !progress.hasMet(account, position))
    .sort((one, other) => comparePositions(one.position, other.position));
  const shown = left.slice(0, first);
  const unread = sources
    .filter(({ state }) => state === 'FAILED' || state === 'SKIPPED')
    .map(({ account }) => account.key);
  const read = new Set(sources.map(({ account }) => account.key).filter((key) => !unread.includes(key)));
  return new Page(
    shown.map(({ node }) => node),
    { before: left.length < all.length, after: shown.length < left.length },
    (index) => cursorAfter(shown[index]),
  );

  function cursorAfter(entry: Entry<T> | undefined): string {
    if (!entry) throw new RangeError('only an entry of the page has a cursor');
    return progress.advance(entry.position, read, unread).toCursor(list);
  }
}
