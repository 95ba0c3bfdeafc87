import type { LineItem } from '../../../domain/line-item.js';
import { type Listing, type Lookup, mapFound } from '../../../domain/lookup.js';
import type { Subscription } from '../../../domain/subscription.js';
import type { OrderView } from '../../../domain/write.js';
import type { Decoded } from '../../kit/decode.js';
import { mapRecords } from '../../kit/lookups.js';
import { listingOr, viewOf, wholeListing } from '../../kit/order-view.js';
import { decodeRows } from '../../kit/pages.js';
import { toLineKey } from '../keys.js';
import { toLineItem, toOrder, toSubscription } from '../mapping.js';
import type { OrderRecord } from '../order-records.js';
import { readOrder, type Session } from '../session.js';
import { decodeSubscription, type WireSubscription } from '../wire-subscriptions.js';

/** Among which subscriptions a write may make one; a list that was read is not read again. */
export type SubscriptionsOf = 'none' | 'checkout' | 'customer' | Decoded<WireSubscription>;

/** Reads an order and what a write may have changed besides. */
export async function lookAt(session: Session, orderKey: string, of: SubscriptionsOf): Promise<OrderView> {
  return viewRecord(session, await readOrder(session, orderKey), of);
}

/** Completes the view of an order that was read. */
export async function viewRecord(
  session: Session,
  record: Lookup<OrderRecord>,
  of: SubscriptionsOf,
): Promise<OrderView> {
  const { account, clock } = session;
  if (record.state !== 'found') return viewOf({ order: record, lines: wholeListing<LineItem>(record) });
  const { lines } = record.value;
  const subscriptions = await readSubscriptions(session, record.value, of);
  return viewOf({
    order: mapFound(record, (value) => toOrder(value, account, clock())),
    lines: mapRecords(
      lines,
      (line) => toLineItem(line, record.value, account),
      ({ id }) => id,
    ),
    subscriptions: subscriptions && shown(session, subscriptions),
    marks: marksOf(record.value, subscriptions),
    facts: factsOf(record.value),
  });
}

/** Marks a line by the upsell it came from, and a subscription by the line it carries on. */
function marksOf({ wire, lines }: OrderRecord, subscriptions: Decoded<WireSubscription> | null) {
  const ofLines = lines.records.flatMap(({ id, upsellId }) =>
    upsellId === null ? [] : [[toLineKey(wire.id, id), upsellId] as const],
  );
  const ofSubscriptions = (subscriptions?.records ?? []).flatMap(({ id, convertedLine }) =>
    convertedLine === null ? [] : [[id, convertedLine] as const],
  );
  return Object.fromEntries([...ofLines, ...ofSubscriptions]);
}

export const OFFERED = 'offered';
export const NOT_OFFERED = 'not offered';

/** States the offer that a funnel shows now. An offer of which nothing is said was not offered before either. */
function factsOf({ upsell, wire }: OrderRecord): Readonly<Record<string, string>> {
  const { currentUpsell } = wire.checkout;
  const ended = currentUpsell && upsell?.id !== currentUpsell.id ? { [offerFact(currentUpsell.id)]: NOT_OFFERED } : {};
  return upsell ? { ...ended, [offerFact(upsell.id)]: OFFERED } : ended;
}

export function offerFact(offerKey: string): string {
  return `offer:${offerKey}`;
}

async function readSubscriptions(
  { client }: Session,
  { wire }: OrderRecord,
  of: SubscriptionsOf,
): Promise<Decoded<WireSubscription> | null> {
  const { id, customerId, subscriptions } = wire.checkout;
  if (of === 'none') return null;
  if (typeof of === 'object') return of;
  if (of === 'checkout' && subscriptions?.isWhole === true) return subscriptions;
  const { items, problem } = await listingOr(async () => {
    const rows = of === 'checkout' ? client.subscriptionsOfCheckout(id) : client.subscriptionsOf(customerId ?? '');
    const decoded = await decodeRows(await rows, decodeSubscription);
    return { items: decoded.records, problem: decoded.problem };
  });
  return { records: items, problem };
}

function shown({ account, clock }: Session, subscriptions: Decoded<WireSubscription>): Listing<Subscription> {
  const now = clock();
  return mapRecords(
    subscriptions,
    (record) => toSubscription(record, account, now),
    ({ id }) => id,
  );
}
