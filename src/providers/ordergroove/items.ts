import { failed, found, type Lookup } from '../../domain/lookup.js';
import { ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { type Decoded, isJsonObject, optionalText, recordProblem } from '../kit/decode.js';
import { requireRows, withoutRepeats } from '../kit/pages.js';
import type { AccountCache } from './account-cache.js';
import type { OrdergrooveClient } from './client.js';
import { decodeItem, type WireItem, type WireOrder } from './wire.js';

/** Items as read, sorted by their order. An order none of them names has none. */
export interface ItemsByOrder {
  of(orderId: string): Lookup<readonly WireItem[]>;
  item(id: string): WireItem | undefined;
}

/** Sorts items by their order. One that cannot be read costs the lines of its order; one that names no order, those of all. */
export function groupByOrder(rows: readonly unknown[]): ItemsByOrder {
  const items = new Map<string, WireItem[]>();
  const broken = new Map<string | null, ProviderProblem>();
  for (const row of withoutRepeats(rows, 'public_id')) {
    try {
      const item = decodeItem(row);
      const others = items.get(item.order);
      if (others) others.push(item);
      else items.set(item.order, [item]);
    } catch (error) {
      broken.set(orderNamedBy(row), recordProblem(error));
    }
  }
  let byId: ReadonlyMap<string, WireItem> | null = null;
  return {
    of(orderId) {
      const problem = broken.get(orderId) ?? broken.get(null);
      return problem ? failed(problem) : found(items.get(orderId) ?? []);
    },
    item(id) {
      byId ??= new Map(Array.from(items.values()).flatMap((list) => list.map((item) => [item.publicId, item])));
      return byId.get(id);
    },
  };
}

function orderNamedBy(row: unknown): string | null {
  return isJsonObject(row) ? optionalText(row, 'order') : null;
}

/**
 * Reads the items of all upcoming orders of a customer in one list, or returns null when they cannot be had that way.
 * `GET /items/` is documented without a customer filter for application keys: https://developer.ordergroove.com/reference/items-list
 * A list that was not narrowed is either refused, empty, or other customers' rows; then it is not asked for again.
 */
export async function readItemsOfCustomer(
  client: Pick<OrdergrooveClient, 'upcomingItems'>,
  cache: AccountCache,
  customerId: string,
  readOrders: () => Promise<Decoded<WireOrder>>,
): Promise<ItemsByOrder | null> {
  if (!cache.canListItemsOfCustomer()) return null;
  const rows: unknown[] = [];
  try {
    for await (const page of client.upcomingItems(customerId)) {
      rows.push(...page.rows);
      const isDoubtful = page.rows.length === 0 || page.next !== null;
      if (isDoubtful && !isAbout((await readOrders()).records, rows)) return giveUp(cache);
    }
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (isUnknownFilter(error)) cache.noteCustomerOfItems(false);
    return giveUp(cache);
  }
  return groupByOrder(rows);
}

export interface OrderOfCustomer {
  readonly orderId: string;
  readonly customerId: string | null;
}

/**
 * Reads the items of one order. Whether a key without the permission for bulk operations may do so with the customer
 * named, without, or both, is not documented: what is refused one way is asked for the other way.
 */
export async function readItemsOfOrder(
  client: Pick<OrdergrooveClient, 'itemsOfOrder' | 'namesCustomer'>,
  cache: AccountCache,
  { orderId, customerId }: OrderOfCustomer,
): Promise<readonly unknown[]> {
  const read = (isNarrowed: boolean) => requireRows(client.itemsOfOrder(orderId, customerId, isNarrowed));
  if (!client.namesCustomer || customerId === null) return read(false);
  const isNarrowed = cache.canNameCustomerOfItems();
  try {
    return await read(isNarrowed);
  } catch (error) {
    if (!isRefused(error)) throw error;
    const rows = await read(!isNarrowed);
    cache.noteCustomerOfItems(!isNarrowed);
    return rows;
  }
}

/** Whether at least half of the rows belong to these orders. None will do only when no order costs anything. */
function isAbout(orders: readonly WireOrder[], rows: readonly unknown[]): boolean {
  if (rows.length === 0) return orders.every(({ subTotal }) => subTotal === null || Number(subTotal) === 0);
  const own = new Set(orders.map(({ publicId }) => publicId));
  const ownRows = rows.filter((row) => own.has(orderNamedBy(row) ?? ''));
  return ownRows.length * 2 >= rows.length;
}

function isRefused(error: unknown): boolean {
  return error instanceof ProviderFailure && (error.problem.httpStatus === 400 || error.problem.httpStatus === 403);
}

/** Whether a call failed for its filter: the customer was the only one that is not documented. */
function isUnknownFilter(error: unknown): boolean {
  return error instanceof ProviderFailure && error.problem.httpStatus === 400;
}

function giveUp(cache: AccountCache): null {
  cache.noteItemsNotNarrowed();
  return null;
}
