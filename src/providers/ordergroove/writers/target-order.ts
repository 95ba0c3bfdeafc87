import type { Order } from '../../../domain/order.js';
import { problem, ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal } from '../../../domain/refusal.js';
import type { AddItem } from '../../../domain/write.js';
import { isVisibleTo } from '../../kit/ownership.js';
import { targetMoved } from '../../kit/preparation.js';
import { MERGED } from '../statuses.js';
import { toOrder } from '../mapping.js';
import { isRecordId } from '../keys.js';
import type { Session } from '../session.js';
import type { WireOrder } from '../wire.js';

export interface TargetOrder {
  readonly wire: WireOrder;
  readonly order: Order;
}

/** The order to add to, or why there is none. Throws `ProviderFailure` when it cannot be read. */
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

/** Another customer's order is no order. */
async function readOwn({ reads, shopper, account, clock }: Session, key: string): Promise<TargetOrder | null> {
  const wire = isRecordId(key) ? await reads.order.get(key) : null;
  return wire && isVisibleTo(shopper, wire.customer) ? { wire, order: toOrder(wire, account, clock()) } : null;
}
