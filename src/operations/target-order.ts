import { failed, type Lookup, missing } from '../domain/lookup.js';
import type { Order } from '../domain/order.js';
import { problemOf } from '../domain/problem.js';
import type { GuardedSource } from '../domain/provider.js';
import { notFound, type RefusalOf } from '../domain/refusal.js';
import type { WriteRequest } from '../domain/write.js';

/** The key of the order a write is for. Null when it is known only through a line, and that line cannot be read. */
export async function targetOrderKey(source: GuardedSource, request: WriteRequest): Promise<string | null> {
  if ('orderKey' in request) return request.orderKey;
  try {
    const [line] = (await source.lineItems?.getMany([request.lineItemKey])) ?? [];
    return line?.state === 'found' ? line.value.orderRef.key : null;
  } catch (error) {
    problemOf(error);
    return null;
  }
}

/** The order a write is for, if it is there for whoever the source was opened for. */
export async function targetOrder(source: GuardedSource, request: WriteRequest): Promise<Lookup<Order>> {
  const orderKey = await targetOrderKey(source, request);
  if (orderKey === null) return missing;
  try {
    return (await source.orders.getMany([orderKey]))[0] ?? missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}

export function targetNotFound(request: WriteRequest): RefusalOf<'NOT_FOUND'> {
  return 'orderKey' in request ? notFound(['orderId'], 'order') : notFound(['lineItemId'], 'item');
}
