import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import type { ItemsByOrder } from './items-by-order.js';
import { isRecordId } from './record-id.js';
import type { Session } from './session.js';
import type { WireItem } from './wire.js';

/** There is no filter by identifiers: several are looked for in the shopper's own lists before they are read one by one. */
export async function readItemsByKey(session: Session, keys: readonly string[]): Promise<readonly Lookup<WireItem>[]> {
  try {
    const wanted = new Set(keys.filter(isRecordId)).size;
    const lists = wanted > 1 ? await readOwnItems(session, wanted) : [];
    return await Promise.all(keys.map((key) => readItem(session, key, lists)));
  } catch (error) {
    const failure = failed(problemOf(error));
    return keys.map(() => failure);
  }
}

/** Items of the shopper's unsent orders; order by order only where that takes fewer calls than one for each item. */
async function readOwnItems(
  { reads, shopper: { customerId } }: Session,
  wanted: number,
): Promise<readonly ItemsByOrder[]> {
  if (customerId === null) return [];
  const orders = reads.upcomingOrders.get(customerId);
  const items = await reads.itemsOfCustomer.get(customerId);
  if (items) return [items];
  const { records } = await orders;
  if (records.length >= wanted) return [];
  return Promise.all(records.map(({ publicId }) => reads.itemsOfOrder.get({ orderId: publicId, customerId })));
}

async function readItem({ reads }: Session, key: string, lists: readonly ItemsByOrder[]): Promise<Lookup<WireItem>> {
  if (!isRecordId(key)) return missing;
  for (const list of lists) {
    const listed = list.item(key);
    if (listed) return found(listed);
  }
  try {
    const item = await reads.item.get(key);
    return item ? found(item) : missing;
  } catch (error) {
    return failed(problemOf(error));
  }
}
