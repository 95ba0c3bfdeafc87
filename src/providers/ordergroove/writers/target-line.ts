import type { LineItem } from '../../../domain/line-item.js';
import { valueOf } from '../../../domain/lookup.js';
import type { Order } from '../../../domain/order.js';
import { notEligible, notFound, type Refusal } from '../../../domain/refusal.js';
import { loginNeeded } from '../item-rules.js';
import type { Session } from '../session.js';
import type { WriteSource } from './order-view.js';

export interface TargetLine {
  readonly line: LineItem;
  readonly order: Order;
}

/** Reads the line to change, or why there is none. Throws `ProviderFailure` when it cannot be read. */
export async function readTargetLine(
  { shopper }: Session,
  { orders, lineItems }: WriteSource,
  lineItemKey: string,
): Promise<TargetLine | Refusal> {
  if (shopper.recognised) return notEligible([loginNeeded('Log in to change this item.')]);
  const line = valueOf((await lineItems.getMany([lineItemKey]))[0] ?? { state: 'missing' });
  if (line === null) return notFound(['lineItemId'], 'item');
  const order = valueOf((await orders.getMany([line.orderRef.key]))[0] ?? { state: 'missing' });
  return order === null ? notFound(['lineItemId'], 'item') : { line, order };
}
