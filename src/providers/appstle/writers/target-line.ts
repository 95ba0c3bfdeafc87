import { valueOf } from '../../../domain/lookup.js';
import type { LineItem } from '../../../domain/line-item.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal } from '../../../domain/refusal.js';
import { fromLineKey, type LineKey } from '../keys.js';
import type { OrderView } from '../order-view.js';
import type { Session } from '../session.js';

export interface TargetLine {
  readonly key: LineKey;
  readonly line: LineItem;
  readonly view: OrderView;
}

/** The line to change, or why there is none. Throws `ProviderFailure` when it cannot be read. */
export async function readTargetLine(session: Session, lineItemKey: string): Promise<TargetLine | Refusal> {
  const key = fromLineKey(lineItemKey);
  if (!key) return noSuchItem();
  const { contractId, attemptId } = key;
  const { customerId } = session.shopper;
  const view = valueOf(await session.views.get({ key: { contractId, attemptId }, customerId }));
  if (view === null) return noSuchItem();
  if (view.lines.state === 'failed') throw new ProviderFailure(view.lines.problem);
  const lines = view.lines.state === 'found' ? view.lines.value : [];
  const line = lines.find(({ ref }) => ref.key === lineItemKey);
  return line ? { key, line, view } : noSuchItem();
}

function noSuchItem(): Refusal {
  return notFound(['lineItemId'], 'item');
}
