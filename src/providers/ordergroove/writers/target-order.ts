import type { Order } from '../../../domain/order.js';
import { problem, ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import type { AddItem } from '../../../domain/write.js';
import { MERGED } from '../statuses.js';
import { toOrder } from '../mapping.js';
import { isRecordId } from '../keys.js';
import { isVisibleTo } from '../../kit/ownership.js';
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
  if (asked?.wire.status !== MERGED || asked.wire.mergedInto === null) return asked ?? noSuchOrder();
  const survivor = await readOwn(session, asked.wire.mergedInto);
  if (survivor === null) return asked;
  if (survivor.wire.status === MERGED) throw new ProviderFailure(mergedTwice);
  return ifTargetMoved === 'ACCEPT' ? survivor : targetMoved(survivor.order);
}

const mergedTwice = problem('CONFLICT', 'This order was merged into one that was merged itself.');

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'retry' in value;
}

/** Another customer's order is no order. */
async function readOwn({ reads, shopper, account, clock }: Session, key: string): Promise<TargetOrder | null> {
  const wire = isRecordId(key) ? await reads.order.get(key) : null;
  return wire && isVisibleTo(shopper, wire.customer) ? { wire, order: toOrder(wire, account, clock()) } : null;
}

function noSuchOrder(): Refusal {
  return notFound(['orderId'], 'order');
}

function targetMoved(order: Order): RefusalOf<'TARGET_MOVED'> {
  return {
    code: 'TARGET_MOVED',
    message: 'This order was merged into another one. Nothing was added.',
    path: ['orderId'],
    retry: 'NEW_REQUEST',
    actualOrderRef: order.ref,
    undone: false,
  };
}
