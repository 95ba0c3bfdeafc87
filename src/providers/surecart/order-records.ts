import { found, type Lookup, missing } from '../../domain/lookup.js';
import type { Clock } from '../../domain/moment.js';
import type { Decoded } from '../kit/decode.js';
import { attempt, type LookedUp, lookedUp, lookupRows, mapLookup } from '../kit/lookups.js';
import { decodeRows, type Rows } from '../kit/pages.js';
import type { SureCartClient } from './client.js';
import { canBeOpen, type CheckoutMemory } from './checkout-memory.js';
import type { SureCartSettings } from './settings.js';
import { PAID, RENEWAL } from './statuses.js';
import { decodeOrder, decodeStoredLine, type StoredLine, type WireOrder } from './wire.js';
import type { WireUpsell } from './wire-catalogue.js';
import type { InnerList } from './wire-fields.js';
import { decodeSubscription, type WireSubscription } from './wire-subscriptions.js';

/** An order with what its checkout holds. */
export interface OrderRecord {
  readonly wire: WireOrder;
  /** What was bought, in the order in which it was added; the components of bundles are left out. */
  readonly lines: Decoded<StoredLine>;
  /** The offer to show next; whether there is still time for it is another matter. */
  readonly upsell: WireUpsell | null;
  /** SureCart has refused an upsell because the time was over. */
  readonly isClosed: boolean;
}

/** What reading orders takes. */
export interface RecordServices {
  readonly client: SureCartClient;
  readonly memory: CheckoutMemory;
  readonly clock: Clock;
  readonly settings: SureCartSettings;
}

/** Completes orders as they were listed: another call only for lists inside of them that came cut or not at all. */
export async function readOrderRecords(services: RecordServices, rows: Rows): Promise<LookedUp<OrderRecord>> {
  const { settings } = services;
  const orders = lookupRows(rows, decodeOrder);
  const all = [...orders.byId].map(([id, order]) => [id, ofMode(order, settings)] as const);
  const cut = all.flatMap(([, order]) => (order.state === 'found' && !isWhole(order.value) ? order.value : []));
  const rest = cut.length > 0 ? await readCutLines(services, cut) : new Map<string, Lookup<Decoded<StoredLine>>>();
  const byId = new Map(
    await Promise.all(all.map(async ([id, order]) => [id, await complete(services, order, rest)] as const)),
  );
  return lookedUp(byId, orders.gap);
}

/** Whether a record is of the account's mode: the filter is documented, but not trusted to keep the others away. */
export function isOfMode(
  { liveMode }: { readonly liveMode: boolean | null },
  { mode }: Pick<SureCartSettings, 'mode'>,
): boolean {
  return liveMode === null || liveMode === (mode === 'live');
}

function ofMode(order: Lookup<WireOrder>, settings: SureCartSettings): Lookup<WireOrder> {
  return order.state === 'found' && !isOfMode(order.value, settings) ? missing : order;
}

function isWhole({ checkout: { lines } }: WireOrder): boolean {
  return lines?.isWhole === true;
}

/** Reads the lines of several checkouts, by checkout. */
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
  services: RecordServices,
  order: Lookup<WireOrder>,
  rest: ReadonlyMap<string, Lookup<Decoded<StoredLine>>>,
): Promise<Lookup<OrderRecord>> {
  if (order.state !== 'found') return order;
  const { checkout } = order.value;
  const lines = rest.get(checkout.id) ?? found(checkout.lines ?? { records: [], problem: null });
  if (lines.state !== 'found') return lines;
  const subscriptions = await subscriptionsOf(services, checkout);
  if (subscriptions.state !== 'found') return subscriptions;
  const wire = { ...order.value, checkout: { ...checkout, subscriptions: subscriptions.value } };
  return found(toOrderRecord(wire, lines.value, await recall(services, checkout)));
}

/** What is remembered of a checkout, where it matters. */
interface Remembered {
  readonly isDeclined: boolean;
  readonly isClosed: boolean;
}

async function recall({ memory, clock }: RecordServices, checkout: WireOrder['checkout']): Promise<Remembered> {
  const { id, currentUpsell } = checkout;
  if (currentUpsell === null || !canBeOpen(checkout, clock())) return { isDeclined: false, isClosed: false };
  const [isDeclined, isClosed] = await Promise.all([memory.isDeclined(id, currentUpsell.id), memory.isClosed(id)]);
  return { isDeclined, isClosed };
}

/**
 * Returns the subscriptions of a checkout. One does not name its checkout, so those that did not come with it are read
 * for it alone.
 */
async function subscriptionsOf(
  { client }: RecordServices,
  { id, subscriptions }: WireOrder['checkout'],
): Promise<Lookup<InnerList<WireSubscription>>> {
  if (subscriptions?.isWhole === true) return found(subscriptions);
  return attempt(async () => ({
    ...(await decodeRows(await client.subscriptionsOfCheckout(id), decodeSubscription)),
    isWhole: true,
  }));
}

function toOrderRecord(wire: WireOrder, all: Decoded<StoredLine>, { isDeclined, isClosed }: Remembered): OrderRecord {
  const records = all.records
    .filter(({ bundleLineId }) => bundleLineId === null)
    .sort((left, right) => (left.createdAt?.getTime() ?? 0) - (right.createdAt?.getTime() ?? 0));
  const lines = { records, problem: all.problem };
  return { wire, lines, upsell: isDeclined ? null : openUpsell(wire, records), isClosed };
}

/** Returns the upsell that a funnel shows. One that names it again after its last step has ended. */
function openUpsell({ status, orderType, checkout }: WireOrder, lines: readonly StoredLine[]): WireUpsell | null {
  const { currentUpsell } = checkout;
  if (status !== PAID || orderType === RENEWAL || currentUpsell === null) return null;
  return lines.some(({ upsellId }) => upsellId === currentUpsell.id) ? null : currentUpsell;
}
