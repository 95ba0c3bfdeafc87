import type { LineItem } from '../../../domain/line-item.js';
import { found, type Listing } from '../../../domain/lookup.js';
import type { Order } from '../../../domain/order.js';
import { joinProblems, problem, type ProviderProblem } from '../../../domain/problem.js';
import type { DataSource } from '../../../domain/provider.js';
import type { Subscription } from '../../../domain/subscription.js';
import type { LostAnswer, OrderBefore, OrderView } from '../../../domain/write.js';
import { keepOwn } from '../../kit/ownership.js';
import { listingOr, readOrderAndLines, viewOf, wholeListing } from '../../kit/order-view.js';
import { decodePages } from '../../kit/pages.js';
import { centralTimeBy } from '../central-time.js';
import { linesOfMany } from '../line-items.js';
import { toOrder } from '../mapping.js';
import { ordersBeingListed } from '../orders.js';
import type { Session } from '../session.js';
import { decodeOrder } from '../wire.js';

/** The read ports of the same data source. */
export type WriteSource = Required<Pick<DataSource, 'orders' | 'lineItems' | 'subscriptions'>>;

export interface Subject {
  readonly orderKey: string;
  readonly customerId: string | null;
  /** Whether the write makes a subscription, whose item Ordergroove may put on another of the customer's orders. */
  readonly makesSubscription: boolean;
}

/**
 * Reads what a write may have changed. `before`: to tell which subscriptions are new. `namedKey`: the order that the
 * answer named.
 */
export async function lookAt(
  session: Session,
  source: WriteSource,
  subject: Subject,
  before: OrderBefore | null,
  namedKey: string | null = null,
): Promise<OrderView> {
  const { orderKey, customerId, makesSubscription } = subject;
  // Planned first, so that the customer's lists serve the order as well.
  const others = makesSubscription && customerId !== null ? readOtherLines(session, customerId, orderKey) : null;
  const [shown, ...beside] = await Promise.all([
    read(session, source, orderKey),
    others,
    namedKey === null || namedKey === orderKey ? null : readLinesOf(source, namedKey),
  ]);
  const elsewhere = joined(beside);
  const recurring = makesSubscription ? newlyRecurring([shown.lines, elsewhere], before) : [];
  return viewOf({
    ...shown,
    elsewhere,
    subscriptions: recurring.length > 0 ? await readSubscriptions(source, recurring) : null,
    changeMark: await changeMarkOf(session, orderKey),
  });
}

/** Completes a view from what was read to prepare the write. Null lines: this shopper may not see them. */
export async function viewBefore(
  session: Session,
  order: Order,
  lines: Listing<LineItem> | null,
  { customerId, makesSubscription, orderKey }: Subject,
): Promise<OrderView> {
  const reads = makesSubscription && customerId !== null ? readOtherLines(session, customerId, orderKey) : null;
  return viewOf({
    order: found(order),
    lines: lines ?? hidden,
    elsewhere: await reads,
    changeMark: await changeMarkOf(session, orderKey),
  });
}

async function read(
  session: Session,
  source: WriteSource,
  orderKey: string,
): Promise<Pick<OrderView, 'order' | 'lines'>> {
  if (!session.shopper.recognised) return readOrderAndLines(source, orderKey);
  const [order] = await source.orders.getMany([orderKey]);
  return { order: order ?? { state: 'missing' }, lines: hidden };
}

/** Reads the lines of the customer's other orders to come. */
function readOtherLines(session: Session, customerId: string, orderKey: string): Promise<Listing<LineItem>> {
  const { reads, account, clock } = session;
  const lists = reads.lists.plan(customerId, { upcomingOrders: true, items: true });
  return listingOr(async () => {
    const { records, problem: gap } = await lists.upcomingOrders;
    const now = clock();
    const orders = records.filter(({ publicId }) => publicId !== orderKey).map((wire) => toOrder(wire, account, now));
    const lines = (await linesOfMany(session, orders)).map((list) => wholeListing(list));
    return {
      items: lines.flatMap(({ items }) => items),
      problem: gap ?? lines.find((list) => list.problem !== null)?.problem ?? null,
    };
  });
}

async function readLinesOf(source: WriteSource, orderKey: string): Promise<Listing<LineItem>> {
  return (await readOrderAndLines(source, orderKey)).lines;
}

/**
 * Reads the lines of the customer's other orders that were changed since a write began, those placed meanwhile too: what
 * was sent without an answer may be on any of them, whatever the call named.
 */
export function readChangedLines(
  session: Session,
  { customerId, orderKey }: Subject,
  { begunAt }: LostAnswer,
): Promise<Listing<LineItem>> {
  const { client, account, clock, shopper } = session;
  return listingOr(async () => {
    if (customerId === null) return { items: [], problem: ownerUnknown };
    const since = centralTimeBy(new Date(begunAt.getTime() - CLOCKS_APART_MS));
    const pages = client.ordersChangedSince(customerId, since);
    const listed = keepOwn(await decodePages(pages, decodeOrder, 'public_id'), customerId, ({ customer }) => customer);
    const { records, problem: gap } = listed;
    const now = clock();
    const changed = records.filter(({ publicId }) => publicId !== orderKey).map((wire) => toOrder(wire, account, now));
    // Which orders changed is shown without a login, and which of their lines is not.
    if (shopper.recognised && changed.length > 0) return hidden;
    const lists = (await linesOfMany(session, changed)).map((list) => wholeListing(list));
    return joined([...lists, { items: [], problem: gap }]) ?? hidden;
  });
}

/** Ordergroove's clock and the ledger's may differ by this much at most. */
const CLOCKS_APART_MS = 5 * 60_000;

const ownerUnknown = problem('CONTRACT_DRIFT', 'The order names no customer whose other orders could be read.');

/** Joins lists of lines, each line once; null when there are none. */
function joined(listings: readonly (Listing<LineItem> | null)[]): Listing<LineItem> | null {
  const all = listings.filter((listing) => listing !== null);
  if (all.length === 0) return null;
  const items = new Map(all.flatMap((listing) => listing.items.map((line) => [line.ref.key, line] as const)));
  return {
    items: [...items.values()],
    problem: all.reduce<ProviderProblem | null>((known, each) => joinProblems(known, each.problem), null),
  };
}

function newlyRecurring(
  listings: readonly (Listing<LineItem> | null)[],
  before: OrderBefore | null,
): readonly string[] {
  const known = [...(before?.lines ?? []), ...(before?.elsewhere ?? [])].filter(({ recurring }) => recurring);
  const wasRecurring = new Set(known.map(({ key }) => key));
  const lines = listings.flatMap((listing) => listing?.items ?? []);
  const keys = lines.flatMap(({ ref, subscriptionRef }) =>
    subscriptionRef === null || wasRecurring.has(ref.key) ? [] : subscriptionRef.key,
  );
  return [...new Set(keys)];
}

async function readSubscriptions(
  { subscriptions }: WriteSource,
  keys: readonly string[],
): Promise<Listing<Subscription>> {
  return listingOr(async () => {
    const lookups = await subscriptions.getMany(keys);
    return {
      items: lookups.flatMap((lookup) => (lookup.state === 'found' ? [lookup.value] : [])),
      problem: lookups.find((lookup) => lookup.state === 'failed')?.problem ?? null,
    };
  });
}

/** Who is not logged in may change an order and not see its items. https://developer.ordergroove.com/docs/authentication */
const hidden: Listing<LineItem> = {
  items: [],
  problem: problem('FORBIDDEN', 'The items of this order are shown after a login only.'),
};

/** Returns the change mark of the order, which was read already. */
async function changeMarkOf({ reads }: Session, orderKey: string): Promise<string | null> {
  const known = (await ordersBeingListed(reads)).get(orderKey);
  return (known ?? (await reads.order.get(orderKey).catch(() => null)))?.updated ?? null;
}
