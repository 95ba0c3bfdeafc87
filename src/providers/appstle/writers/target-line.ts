import { valueOf } from '../../../domain/lookup.js';
import type { LineItem } from '../../../domain/line-item.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notFound } from '../../../domain/refusal.js';
import type { Preparation } from '../../../domain/write.js';
import { forbidden, refused } from '../../kit/preparation.js';
import { fromLineKey, type LineKey } from '../keys.js';
import { reasonsOfOrder } from '../order-reasons.js';
import { isQueued, type OrderView } from '../order-view.js';
import type { Session } from '../session.js';

/** The line to change, and the order it is on. */
export interface TargetLine {
  readonly key: LineKey;
  /** Null when the order does not have it, or no longer. */
  readonly line: LineItem | null;
  readonly view: OrderView;
}

/** Reads the order a line is on. Throws `ProviderFailure` when it, or its lines, cannot be read. */
export async function readTargetLine(session: Session, lineItemKey: string): Promise<TargetLine | Preparation<never>> {
  const key = fromLineKey(lineItemKey);
  if (!key) return noSuchItem(null);
  const { contractId, attemptId } = key;
  const { customerId } = session.shopper;
  const view = valueOf(await session.views.get({ key: { contractId, attemptId }, customerId }));
  if (view === null) return noSuchItem(null);
  // What an order held cannot be told once it is billed, but that it takes no changes.
  if (!isQueued(view)) {
    const refusal = forbidden({ reasons: reasonsOfOrder(view.order) });
    return refusal ? refused(refusal, view.order) : noSuchItem(view);
  }
  if (view.lines.state === 'failed') throw new ProviderFailure(view.lines.problem);
  const lines = view.lines.state === 'found' ? view.lines.value : [];
  return { key, line: lines.find(({ ref }) => ref.key === lineItemKey) ?? null, view };
}

export function noSuchItem(view: OrderView | null): Preparation<never> {
  const refusal = notFound(['lineItemId'], 'item');
  return refused(refusal, view?.order);
}
