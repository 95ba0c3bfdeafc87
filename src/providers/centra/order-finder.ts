import { contractDrift, isJsonObject, objectIn, optionalInteger, requireObject } from '../kit/decode.js';
import { memoizeById } from '../kit/memoize.js';
import type { CentraClient } from './client.js';
import { answerOf, bodyOf, problemIn } from './requests.js';
import type { CentraSettings } from './settings.js';
import type { OrderMemory } from './terms.js';
import { decodeOrder, findOrder, type WireOrder } from './wire.js';
import { followPages, isLastPage, type Page, rowsIn } from '../kit/pages.js';

type FindOrder = (orderNumber: string) => Promise<WireOrder | null>;

const PAGE_SIZE = 50;

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
    const order = onlyOrder(orderNumber, answerOf(result));
    // A selection has one order, and this is the one that it became.
    if (order === null) throw contractDrift('the order of its selection');
    return order;
  };
}

/** Finds an order in what Checkout API shows: the session's last one, and the history of who is logged in. */
function throughSession(client: CentraClient): FindOrder {
  const receipt = memoizeById(async () => bodyOf(await client.receipt('')));
  const page = memoizeById(async (from) => {
    const result = await client.orderHistory({ from: Number(from), size: PAGE_SIZE });
    // Not logged in: there is no history to be shown.
    if (problemIn(result)?.kind === 'FORBIDDEN') return { rows: [], next: null };
    return toPage(answerOf(result), Number(from));
  });
  return async (orderNumber) => {
    const last = onlyOrder(orderNumber, await receipt.get('last'));
    if (last) return last;
    for await (const { rows } of followPages('0', (from) => page.get(from))) {
      const row = rows.find((each) => isJsonObject(each) && String(each['order']) === orderNumber);
      if (row !== undefined) return decodeOrder(row);
    }
    return null;
  };
}

/** Reads a page of the history. */
function toPage(body: unknown, from: number): Page<string> {
  const fields = requireObject(body, 'a page of orders');
  const rows = rowsIn(fields, 'orders');
  const total = optionalInteger(objectIn(fields, 'ordersPaging'), 'totalSize');
  const read = from + rows.length;
  return { rows, next: isLastPage({ rows, read, total }) ? null : String(read), total };
}

/** Decodes the order of an answer; null when it is another than the one asked for. */
function onlyOrder(orderNumber: string, body: unknown): WireOrder | null {
  if (body === null) return null;
  const fields = findOrder(body);
  if (fields === null) throw contractDrift('its order');
  return String(fields['order']) === orderNumber ? decodeOrder(fields) : null;
}
