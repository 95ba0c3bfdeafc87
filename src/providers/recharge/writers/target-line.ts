import type { LineItem } from '../../../domain/line-item.js';
import { valueOf } from '../../../domain/lookup.js';
import type { Order } from '../../../domain/order.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notFound } from '../../../domain/refusal.js';
import type { Preparation } from '../../../domain/write.js';
import { forbidden, refused } from '../../kit/preparation.js';
import { findCharge, isQueued } from '../charges.js';
import { fromLineKey, type LineKey } from '../keys.js';
import { toLines, toOrder } from '../mapping.js';
import { reasonsOfOrder } from '../order-reasons.js';
import type { Session } from '../session.js';
import type { WireCharge } from '../wire.js';
import { settled } from './target-order.js';

/** The line to change, and the order it is on. */
export interface TargetLine {
  readonly key: LineKey;
  readonly line: LineItem;
  readonly charge: WireCharge;
  readonly order: Order;
}

/** Reads the order a line is on. Throws `ProviderFailure` when it, or its lines, cannot be read. */
export async function readTargetLine(session: Session, lineItemKey: string): Promise<TargetLine | Preparation<never>> {
  const { account, clock } = session;
  const key = fromLineKey(lineItemKey);
  const charge = key && valueOf(await findCharge(session, key));
  if (!charge) return refused(noSuchItem);
  const order = toOrder(charge, account, clock());
  const { items, problem } = toLines(charge, order, account);
  const line = items.find(({ ref }) => ref.key === lineItemKey);
  if (isQueued(charge)) settled(charge);
  if (line) return { key, line, charge, order };
  if (problem) throw new ProviderFailure(problem);
  return refused(forbidden({ reasons: reasonsOfOrder(order) }) ?? noSuchItem, order);
}

const noSuchItem = notFound(['lineItemId'], 'item');
