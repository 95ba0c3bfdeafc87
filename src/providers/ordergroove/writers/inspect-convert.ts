import { problem } from '../../../domain/problem.js';
import type { InspectResult } from '../../../domain/write.js';
import type { Session } from '../session.js';

/** Looks whether an item became part of a subscription. */
export async function inspectConvert({ reads }: Session, lineItemKey: string): Promise<InspectResult> {
  const item = await reads.item.get(lineItemKey);
  if (item === null) return itemIsGone;
  const { publicId, order, subscription } = item;
  if (subscription === null) return { state: 'no_trace' };
  return { state: 'applied', result: { orderKey: order, lineItemKey: publicId, subscriptionKey: subscription } };
}

export const itemIsGone: InspectResult = {
  state: 'unclear',
  problem: problem('NOT_FOUND', 'The item is gone, and with it what would show whether it was changed.'),
};
