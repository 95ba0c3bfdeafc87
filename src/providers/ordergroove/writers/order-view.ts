import type { LineItem } from '../../../domain/line-item.js';
import { found, type Listing } from '../../../domain/lookup.js';
import type { Order } from '../../../domain/order.js';
import { problem } from '../../../domain/problem.js';
import type { DataSource } from '../../../domain/provider.js';
import type { Subscription } from '../../../domain/subscription.js';
import type { OrderBefore, OrderView } from '../../../domain/write.js';
import { listingOr, readOrderAndLines, viewOf, wholeListing } from '../../kit/order-view.js';
import { linesOfMany } from '../line-items.js';
import { toOrder } from '../mapping.js';
import { ordersBeingListed } from '../orders.js';
import type { Session } from '../session.js';

/** The read ports of the same data source. */
export type WriteSource = Required<Pick<DataSource, 'orders' | 'lineItems' | 'subscriptions'>>;

export interface Subject {
  readonly orderKey: string;
  readonly customerId: string | null;
  /** Whether the write makes a subscription, whose item Ordergroove may put on another of the customer's orders. */
  readonly makesSubscription: boolean;
}

/** Reads what a write may have changed. `before`: to tell which subscriptions are new. */
export async function lookAt(
  session: Session,
  source: WriteSource,
  subject: Subject,
  before: OrderBefore | null,
): Promise<OrderView> {
  const { orderKey, customerId, makesSubscription } = subject;
  // Planned first, so that the customer's lists serve the order as well.
  const others = makesSubscription && customerId !== null ? readOtherLines(session, customerId, orderKey) : null;
  const [shown, elsewhere] = await Promise.all([read(session, source, orderKey), others]);
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
