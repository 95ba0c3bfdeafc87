import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { problemOf } from '../../domain/problem.js';
import { type Decoded, decodeEach } from '../kit/decode.js';
import type { Found } from '../kit/batch.js';
import { canBeOpen } from './declined-offers.js';
import { foundIn } from './found-rows.js';
import { type OrderRecord, toOrderRecord } from './order-record.js';
import type { ReadServices } from './reads.js';
import { decodeOrder, decodeStoredLine, type StoredLine, type WireOrder } from './wire.js';

/** Orders with everything on them: one call, and another only for lists that came cut. */
export async function readOrderRecords(services: ReadServices, ids: readonly string[]): Promise<Found<OrderRecord>> {
  const { client, settings } = services;
  const orders = foundIn((await client.orders(ids)).rows, decodeOrder);
  const all = [...orders].map(([id, order]) => [id, ofMode(order, settings.mode)] as const);
  const cut = all.flatMap(([, order]) => (order.state === 'found' && !isWhole(order.value) ? order.value : []));
  const rest = cut.length > 0 ? await readCutLines(services, cut) : new Map<string, Lookup<Decoded<StoredLine>>>();
  return new Map(
    await Promise.all(all.map(async ([id, order]) => [id, await complete(services, order, rest)] as const)),
  );
}

/** The filter by mode is documented; rows of the other mode are not trusted to stay away. */
function ofMode(order: Lookup<WireOrder>, mode: 'live' | 'test'): Lookup<WireOrder> {
  if (order.state !== 'found' || order.value.liveMode === null) return order;
  return order.value.liveMode === (mode === 'live') ? order : missing;
}

function isWhole({ checkout: { lines } }: WireOrder): boolean {
  return lines?.isWhole === true;
}

/** The lines of several checkouts, by checkout. */
async function readCutLines(
  { client }: ReadServices,
  orders: readonly WireOrder[],
): Promise<ReadonlyMap<string, Lookup<Decoded<StoredLine>>>> {
  const ids = orders.map(({ checkout }) => checkout.id);
  try {
    const { rows, problem } = await client.linesOf(ids);
    const { records, problem: broken } = decodeEach(rows, decodeStoredLine);
    const of = (id: string) => records.filter(({ checkoutId }) => checkoutId === id);
    return new Map(ids.map((id) => [id, found({ records: of(id), problem: problem ?? broken })]));
  } catch (error) {
    const failure = failed(problemOf(error));
    return new Map(ids.map((id) => [id, failure]));
  }
}

async function complete(
  { declined, clock }: ReadServices,
  order: Lookup<WireOrder>,
  rest: ReadonlyMap<string, Lookup<Decoded<StoredLine>>>,
): Promise<Lookup<OrderRecord>> {
  if (order.state !== 'found') return order;
  const { checkout } = order.value;
  const lines = rest.get(checkout.id) ?? found(checkout.lines ?? { records: [], problem: null });
  if (lines.state !== 'found') return lines;
  const { currentUpsell } = checkout;
  const isDeclined =
    currentUpsell !== null && canBeOpen(checkout, clock()) && (await declined.has(checkout.id, currentUpsell.id));
  return found(toOrderRecord(order.value, lines.value, isDeclined));
}
