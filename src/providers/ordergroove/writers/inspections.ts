import { problem, problemOf } from '../../../domain/problem.js';
import type { InspectResult, WriteProgress } from '../../../domain/write.js';
import type { Session } from '../session.js';
import type { WireItem } from '../wire.js';
import type { AddContext } from './add-context.js';

/** A look that cannot be taken tells nothing. */
export async function unclearOnFailure(look: () => Promise<InspectResult>): Promise<InspectResult> {
  try {
    return await look();
  } catch (error) {
    return { state: 'unclear', problem: problemOf(error) };
  }
}

/** Looks at one item: what an effect on it would have left. */
export async function inspectItem(
  session: Session,
  lineItemKey: string,
  judge: (item: WireItem | null) => InspectResult,
): Promise<InspectResult> {
  return unclearOnFailure(async () => judge(await session.reads.item.get(lineItemKey)));
}

export const itemIsGone: InspectResult = {
  state: 'unclear',
  problem: problem('NOT_FOUND', 'The item is gone, and with it what would show whether it was changed.'),
};

/** Whether the item became part of a subscription. */
export function converted(item: WireItem | null): InspectResult {
  if (item === null) return itemIsGone;
  if (item.subscription === null) return { state: 'no_trace' };
  const { publicId, order, subscription } = item;
  return { state: 'applied', result: { orderKey: order, lineItemKey: publicId, subscriptionKey: subscription } };
}

/** Looks for a line that was not there before. */
export async function inspectAdded(
  session: Session,
  progress: WriteProgress,
  context: AddContext,
  wanted: { readonly quantity: number; readonly recurring: boolean },
): Promise<InspectResult> {
  return unclearOnFailure(async () => {
    if (context.linesKnown === 'no') return inspectTotal(session, context);
    const { orderKey, customerId, productId } = context;
    const items = (await session.reads.itemsOfOrder.get({ orderId: orderKey, customerId: customerId || null })).of(
      orderKey,
    );
    if (items.state !== 'found') return { state: 'unclear', problem: items.state === 'failed' ? items.problem : null };
    const before = new Set(progress.snapshot.lineItemKeys);
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
  });
}

const linesMoved = problem('CONFLICT', 'None of the items known before is on this order any more.');

/** A shopper who may not see items can see the total: as long as it is the same, nothing was added. */
async function inspectTotal({ reads }: Session, { orderKey, orderTotal }: AddContext): Promise<InspectResult> {
  const order = await reads.order.get(orderKey);
  const isUnchanged = orderTotal !== '' && order?.total === orderTotal;
  return isUnchanged ? { state: 'no_trace' } : { state: 'unclear', problem: null };
}
