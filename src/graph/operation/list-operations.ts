import type { OperationPlace } from '../../operations/ledger.js';
import { decodeCursor, encodeCursor } from '../connection/cursor.js';
import { Page } from '../connection/page.js';
import { type PageArguments, toPageRequest } from '../connection/page-request.js';
import { isPosition } from '../connection/position.js';
import type { GraphContext } from '../context.js';
import { type OperationRecord, toOperationRecord } from './operation.type.js';

const LIST = 'operations';

/** Lists the viewer's own writes, newest first; only those that are open or that are settled when `open` says so. */
export async function listOperations(
  { writes, actor }: GraphContext,
  open: boolean | null | undefined,
  page: PageArguments,
): Promise<Page<OperationRecord>> {
  const { first, after } = toPageRequest(page, placeIn);
  const isSettled = open === null || open === undefined ? null : !open;
  const found = await writes.list(actor, { isSettled, limit: first + 1, after });
  const operations = found.slice(0, first);
  return new Page(
    operations.map(toOperationRecord),
    { before: after !== null, after: found.length > first },
    (index) => {
      const operation = operations[index];
      return encodeCursor(LIST, [operation?.createdAt.getTime() ?? null, operation?.id ?? '']);
    },
  );
}

function placeIn(cursor: string): OperationPlace | null {
  const place = decodeCursor(LIST, cursor);
  if (!isPosition(place)) return null;
  const [createdMs, id] = place;
  return createdMs === null ? null : { createdMs, id };
}
