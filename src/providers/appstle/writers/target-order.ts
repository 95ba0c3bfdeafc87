import { valueOf } from '../../../domain/lookup.js';
import { ProviderFailure } from '../../../domain/problem.js';
import { notFound, type Refusal } from '../../../domain/refusal.js';
import type { AddItem } from '../../../domain/write.js';
import { forbidden } from '../../kit/preparation.js';
import { reasonsOfContract } from '../contract-reasons.js';
import { readContract, readQueue } from '../contract-reads.js';
import { fromOrderKey, type OrderKey } from '../keys.js';
import type { OrderView } from '../order-view.js';
import type { Session } from '../session.js';

/** Reads the order to add to, or why there is none. Throws `ProviderFailure` when it cannot be read. */
export async function readTargetOrder(
  session: Session,
  { orderKey, ifTargetMoved }: Pick<AddItem, 'orderKey' | 'ifTargetMoved'>,
): Promise<OrderView | Refusal> {
  const key = fromOrderKey(orderKey);
  if (!key) return noSuchOrder();
  const { customerId } = session.shopper;
  const view = valueOf(await session.views.get({ key, customerId }));
  if (view?.order.status === 'SCHEDULED') return view;
  const next = ifTargetMoved === 'ACCEPT' ? await readNextOrder(session, key) : null;
  return next ?? view ?? (await explainAbsence(session, key));
}

/** Reads the next order of the same contract, for a caller who accepts another order. */
async function readNextOrder(session: Session, { contractId }: OrderKey): Promise<OrderView | null> {
  const { customerId } = session.shopper;
  const [next] = (await readQueue(session, contractId, customerId)).records;
  if (!next) return null;
  return valueOf(await session.views.get({ key: { contractId, attemptId: next.id }, customerId }));
}

/** Explains why an order is absent. Only its owner is told that a paused contract lost its queued orders. */
async function explainAbsence(session: Session, { contractId }: OrderKey): Promise<Refusal> {
  const { customerId } = session.shopper;
  if (customerId === null) return noSuchOrder();
  const contract = await readContract(session, contractId, customerId);
  if (contract.state === 'failed') throw new ProviderFailure(contract.problem);
  if (contract.state === 'missing') return noSuchOrder();
  const { records } = await readQueue(session, contractId, customerId);
  const reasons = reasonsOfContract(contract.value, { hasQueuedOrder: records.length > 0 });
  return forbidden({ reasons }) ?? noSuchOrder();
}

function noSuchOrder(): Refusal {
  return notFound(['orderId'], 'order');
}
