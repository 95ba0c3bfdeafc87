import type { LineItem } from '../../../domain/line-item.js';
import { found, type Listing } from '../../../domain/lookup.js';
import type { Subscription } from '../../../domain/subscription.js';
import type { OrderView } from '../../../domain/write.js';
import { attempt, mapRecords } from '../../kit/lookups.js';
import { listingOr, viewOf, wholeListing } from '../../kit/order-view.js';
import { toLineKey, toSubscriptionKey } from '../keys.js';
import { type OrderContext, toLineItem, toSubscription } from '../mapping.js';
import { readOrder } from '../orders.js';
import type { Session } from '../session.js';
import type { WireSubscription } from '../wire-contract.js';

/** Reads an order with its lines, and the customer's subscriptions where `email` is given. */
export async function lookAt(session: Session, orderKey: string, email: string | null = null): Promise<OrderView> {
  const context = await attempt(() => readOrder(session, orderKey));
  if (context.state !== 'found') return viewOf({ order: context, lines: wholeListing<LineItem>(context) });
  return viewContext(session, context.value, email);
}

/** Completes the view of an order that was read. */
export async function viewContext(session: Session, context: OrderContext, email: string | null): Promise<OrderView> {
  const { account } = session;
  const { wire, order } = context;
  const made = email === null ? null : await readSubscriptions(session, email);
  return viewOf({
    order: found(order),
    lines: mapRecords(
      wire.lines,
      (line) => toLineItem(line, context, account),
      ({ line }) => line,
    ),
    subscriptions: made && made.listing,
    // The product of a line does not tell its size.
    marks: {
      ...Object.fromEntries(wire.lines.records.map(({ line, item }) => [toLineKey({ order: wire.order, line }), item])),
      ...made?.marks,
    },
  });
}

interface MadeSubscriptions {
  readonly listing: Listing<Subscription>;
  readonly marks: Readonly<Record<string, string>>;
}

async function readSubscriptions({ reads, account, clock }: Session, email: string): Promise<MadeSubscriptions> {
  let wires: readonly WireSubscription[] = [];
  const listing = await listingOr(async () => {
    const { records, problem } = await reads.contracts.get(email);
    wires = records.flatMap(({ subscriptions }) => subscriptions.records);
    return mapRecords(
      { records: wires, problem },
      (each) => toSubscription(each, email, account, clock()),
      ({ subscription }) => subscription,
    );
  });
  return { listing, marks: Object.fromEntries(wires.map((each) => [toSubscriptionKey(each), markOf(each)])) };
}

/** Marks a subscription by the contract that it joined and by what it delivers. */
function markOf({ contract, lines }: WireSubscription): string {
  return subscriptionMark(contract, lines.map(({ item }) => item).join(' '));
}

export function subscriptionMark(contract: string, item: string): string {
  return `${contract} ${item}`;
}
