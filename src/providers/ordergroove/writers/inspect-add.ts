import { problem } from '../../../domain/problem.js';
import type { InspectResult, WriteProgress } from '../../../domain/write.js';
import type { Session } from '../session.js';
import type { AddContext } from './add-context.js';

/** Looks for a line that was not there before. */
export async function inspectAdd(
  session: Session,
  { snapshot }: WriteProgress<AddContext>,
  wanted: { readonly quantity: number; readonly recurring: boolean },
): Promise<InspectResult> {
  const { context } = snapshot;
  if (context.linesKnown === 'no') return inspectTotal(session, context);
  const { orderKey, customerId, productId } = context;
  const read = await session.reads.itemsOfOrder.get({ orderId: orderKey, customerId });
  const items = read.of(orderKey);
  if (items.state !== 'found') return { state: 'unclear', problem: items.state === 'failed' ? items.problem : null };
  const before = new Set(snapshot.lineItemKeys);
  const isStillThere = before.size === 0 || items.value.some(({ publicId }) => before.has(publicId));
  if (!isStillThere) return { state: 'unclear', problem: linesMoved };
  const added = items.value.filter(
    ({ publicId, product, subscription }) =>
      !before.has(publicId) && product === productId && (subscription !== null) === wanted.recurring,
  );
  const line = added.find(({ quantity }) => quantity === wanted.quantity) ?? added[0];
  if (!line) return { state: 'no_trace' };
  const subscription = line.subscription === null ? {} : { subscriptionKey: line.subscription };
  return { state: 'applied', result: { orderKey, lineItemKey: line.publicId, ...subscription } };
}

const linesMoved = problem('CONFLICT', 'None of the items known before is on this order any more.');

/** A shopper who may not see items can see the total: as long as it is the same, nothing was added. */
async function inspectTotal({ reads }: Session, { orderKey, orderTotal }: AddContext): Promise<InspectResult> {
  const order = await reads.order.get(orderKey);
  const isUnchanged = orderTotal !== null && order?.total === orderTotal;
  return isUnchanged ? { state: 'no_trace' } : { state: 'unclear', problem: null };
}
