import { contractDrift, isJsonObject, listOf, objectIn, optionalInteger } from '../kit/decode.js';
import { memoizeById } from '../kit/memoize.js';
import type { CentraClient } from './client.js';
import { bodyOf, problemIn } from './requests.js';
import type { CentraSettings } from './settings.js';
import type { OrderMemory } from './terms.js';
import { decodeOrder, findOrder, type WireOrder } from './wire.js';

type FindOrder = (orderNumber: string) => Promise<WireOrder | null>;

const PAGE_SIZE = 50;
/** Longer histories are not searched to their end. */
const MAX_PAGES = 20;

/** Creates the finder of orders by the way that the API has to one. No API reads an order by its number. */
export function createOrderFinder(client: CentraClient, memory: OrderMemory, api: CentraSettings['api']): FindOrder {
  return api === 'shop' ? throughSelection(client, memory) : throughSession(client);
}

/** Stands for the selection of an order that was not finished here. */
const NO_SELECTION = 'none';

/**
 * Finds an order by the receipt of its selection, which Shop API shows. Order numbers are consecutive: Centra is asked
 * for an unknown one too, so that it is told no sooner than another shopper's.
 */
function throughSelection(client: CentraClient, memory: OrderMemory): FindOrder {
  return async (orderNumber) => {
    const selection = await memory.selectionOf(orderNumber);
    const result = await client.receipt(selection ?? NO_SELECTION);
    const isDefinite = result.outcome === 'answered' || result.outcome === 'refused';
    if (selection === null && isDefinite) return null;
    const body = bodyOf(result);
    const order = onlyOrder(orderNumber, body);
    // A selection has one order, and this is the one that it became.
    if (order === null && body !== null) throw contractDrift('the order of its selection');
    return order;
  };
}

/** Finds an order in what Checkout API shows: the session's last one, and the history of who is logged in. */
function throughSession(client: CentraClient): FindOrder {
  const receipt = memoizeById(async () => bodyOf(await client.receipt('')));
  const page = memoizeById(async (from) => {
    const result = await client.orderHistory({ from: Number(from), size: PAGE_SIZE });
    // Not logged in: there is no history to be shown.
    return problemIn(result)?.kind === 'FORBIDDEN' ? null : bodyOf(result);
  });
  return async (orderNumber) => {
    const last = onlyOrder(orderNumber, await receipt.get('last'));
    if (last) return last;
    for (let number = 0; number < MAX_PAGES; number += 1) {
      const body = await page.get(String(number * PAGE_SIZE));
      if (!isJsonObject(body)) return null;
      const rows = listOf(body, 'orders').filter(isJsonObject);
      const row = rows.find(({ order }) => String(order) === orderNumber);
      if (row) return decodeOrder(row);
      const total = optionalInteger(objectIn(body, 'ordersPaging'), 'totalSize') ?? 0;
      if (rows.length === 0 || (number + 1) * PAGE_SIZE >= total) return null;
    }
    return null;
  };
}

/** Decodes the order of an answer; null when it is another than the one asked for. */
function onlyOrder(orderNumber: string, body: unknown): WireOrder | null {
  if (body === null) return null;
  const fields = findOrder(body);
  if (fields === null) throw contractDrift('its order');
  return String(fields['order']) === orderNumber ? decodeOrder(fields) : null;
}
