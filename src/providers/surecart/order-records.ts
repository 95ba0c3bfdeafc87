import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import type { Decoded } from '../kit/decode.js';
import { attempt, type LookedUp, lookedUp, lookupRows, mapLookup } from '../kit/lookups.js';
import { decodeRows } from '../kit/pages.js';
import type { SureCartClient } from './client.js';
import { canBeOpen, type DeclinedOffers } from './declined-offers.js';
import type { SureCartSettings } from './settings.js';
import { PAID, RENEWAL } from './statuses.js';
import { decodeOrder, decodeStoredLine, type StoredLine, type WireOrder } from './wire.js';
import type { WireUpsell } from './wire-catalogue.js';

/** An order with what its checkout holds. */
export interface OrderRecord {
  readonly wire: WireOrder;
  /** What was bought, in the order in which it was added; the components of bundles are left out. */
  readonly lines: Decoded<StoredLine>;
  /** The offer to show next; whether there is still time for it is another matter. */
  readonly upsell: WireUpsell | null;
}

/** What reading orders takes. */
export interface RecordServices {
  readonly client: SureCartClient;
  readonly declined: DeclinedOffers;
  readonly clock: Clock;
  readonly settings: SureCartSettings;
}

/** Orders with everything on them: one call, and another only for lists that came cut. */
export async function readOrderRecords(
  services: RecordServices,
  ids: readonly string[],
): Promise<LookedUp<OrderRecord>> {
  const { client, settings } = services;
  const orders = lookupRows(await client.orders(ids), decodeOrder);
  const all = [...orders.byId].map(([id, order]) => [id, ofMode(order, settings.mode)] as const);
  const cut = all.flatMap(([, order]) => (order.state === 'found' && !isWhole(order.value) ? order.value : []));
  const rest = cut.length > 0 ? await readCutLines(services, cut) : new Map<string, Lookup<Decoded<StoredLine>>>();
  const byId = new Map(
    await Promise.all(all.map(async ([id, order]) => [id, await complete(services, order, rest)] as const)),
  );
  return lookedUp(byId, orders.gap);
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
  { client }: RecordServices,
  orders: readonly WireOrder[],
): Promise<ReadonlyMap<string, Lookup<Decoded<StoredLine>>>> {
  const ids = orders.map(({ checkout }) => checkout.id);
  const lines = await attempt(async () => decodeRows(await client.linesOf(ids), decodeStoredLine));
  const of = ({ records, problem }: Decoded<StoredLine>, id: string) => ({
    records: records.filter(({ checkoutId }) => checkoutId === id),
    problem,
  });
  return new Map(ids.map((id) => [id, mapLookup(lines, (all) => of(all, id))]));
}

async function complete(
  { declined, clock }: RecordServices,
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

function toOrderRecord(wire: WireOrder, all: Decoded<StoredLine>, isDeclined: boolean): OrderRecord {
  const records = all.records
    .filter(({ bundleLineId }) => bundleLineId === null)
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  const lines = { records, problem: all.problem };
  return { wire, lines, upsell: isDeclined ? null : openUpsell(wire, records) };
}

/** After its last step a funnel may go on naming the same upsell: that means its end. */
function openUpsell({ status, orderType, checkout }: WireOrder, lines: readonly StoredLine[]): WireUpsell | null {
  const { currentUpsell } = checkout;
  if (status !== PAID || orderType === RENEWAL || currentUpsell === null) return null;
  return lines.some(({ upsellId }) => upsellId === currentUpsell.id) ? null : currentUpsell;
}
