import { ProviderFailure } from '../../domain/problem.js';
import type { Decoded } from '../../http/decode.js';
import type { OrdergrooveClient } from './client.js';
import { groupByOrder, type ItemsByOrder, orderNamedBy } from './items-by-order.js';
import type { AccountMemory } from './memory.js';
import type { WireOrder } from './wire.js';

/**
 * The items of all upcoming orders of a customer in one list, or null when the list cannot be had that way.
 * `GET /items/` is documented without a customer filter for application keys: https://developer.ordergroove.com/reference/items-list
 * A list that was not narrowed is either refused, empty, or other customers' rows; then it is not asked for again.
 */
export async function readItemsOfCustomer(
  client: Pick<OrdergrooveClient, 'upcomingItems'>,
  memory: AccountMemory,
  customerId: string,
  readOrders: () => Promise<Decoded<WireOrder>>,
): Promise<ItemsByOrder | null> {
  if (!memory.canListItemsOfCustomer()) return null;
  const rows: unknown[] = [];
  try {
    for await (const page of client.upcomingItems(customerId)) {
      rows.push(...page.rows);
      const isDoubtful = page.rows.length === 0 || page.hasNext;
      if (isDoubtful && !isAbout((await readOrders()).records, rows)) return giveUp(memory);
    }
  } catch (error) {
    if (isRefusal(error)) return giveUp(memory);
    throw error;
  }
  return groupByOrder(rows);
}

/** At least half of the rows belong to these orders; no rows at all only when none of the orders costs anything. */
function isAbout(orders: readonly WireOrder[], rows: readonly unknown[]): boolean {
  if (rows.length === 0) return orders.every(({ subTotal }) => subTotal === null || Number(subTotal) === 0);
  const own = new Set(orders.map(({ publicId }) => publicId));
  const ownRows = rows.filter((row) => own.has(orderNamedBy(row) ?? ''));
  return ownRows.length * 2 >= rows.length;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ProviderFailure && (error.problem.httpStatus === 400 || error.problem.httpStatus === 403);
}

function giveUp(memory: AccountMemory): null {
  memory.noteItemsNotNarrowed();
  return null;
}
