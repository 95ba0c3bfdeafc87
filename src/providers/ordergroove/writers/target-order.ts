import type { Order } from '../../../domain/order.js';
import { problem, ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal } from '../../../domain/refusal.js';
import type { AddItem } from '../../../domain/write.js';
import { targetMoved } from '../../kit/preparation.js';
import { MERGED } from '../statuses.js';
import { toOrder } from '../mapping.js';
import { isRecordId } from '../keys.js';
import { mayShow, ordersBeingListed } from '../orders.js';
import type { Session } from '../session.js';
import type { WireOrder } from '../wire.js';

export interface TargetOrder {
  readonly wire: WireOrder;
  readonly order: Order;
}

/** Reads the order to add to, or why there is none. Throws `ProviderFailure` when it cannot be read. */
export async function readTargetOrder(
  session: Session,
  { orderKey, ifTargetMoved }: AddItem,
): Promise<TargetOrder | Refusal> {
  const asked = await readOwn(session, orderKey);
  if (asked?.wire.status !== MERGED || asked.wire.mergedInto === null) return asked ?? notFound(['orderId'], 'order');
  const survivor = await readOwn(session, asked.wire.mergedInto);
  if (survivor === null) return asked;
  if (survivor.wire.status === MERGED) throw new ProviderFailure(mergedTwice);
  return ifTargetMoved === 'ACCEPT' ? survivor : targetMoved(survivor.order.ref, MERGED_AWAY);
}

const MERGED_AWAY = 'This order was merged into another one. Nothing was added.';

const mergedTwice = problem('CONFLICT', 'This order was merged into one that was merged itself.');

/** Reads an order of the shopper's own; null for another customer's. */
async function readOwn(session: Session, key: string): Promise<TargetOrder | null> {
  const { reads, account, clock } = session;
  if (!isRecordId(key)) return null;
  const wire = (await ordersBeingListed(reads)).get(key) ?? (await reads.order.get(key));
  return wire && mayShow(session, wire) ? { wire, order: toOrder(wire, account, clock()) } : null;
}
