import type { LineItem } from '../../../domain/line-item.js';
import { found, type Listing, type Lookup } from '../../../domain/lookup.js';
import type { Subscription } from '../../../domain/subscription.js';
import type { OrderView as WriteView, WriteProgress } from '../../../domain/write.js';
import { mapLookup } from '../../kit/lookups.js';
import { listingOr, viewOf, wholeListing } from '../../kit/order-view.js';
import { readContract } from '../contract-reads.js';
import { toSubscription } from '../mapping.js';
import { isQueued, type OrderView } from '../order-view.js';
import type { Session } from '../session.js';
import type { WireContract } from '../wire-contract.js';
import { billedLines, linesOn } from './billed-lines.js';
import { type LookedAt, oneOffsBeside, readMovedOneOffs, readRecurringLater } from './elsewhere.js';
import type { WriteContext } from './write-context.js';

/**
 * What a write may change besides its line. ONE_OFFS: an item that is put on an order may land on another order of the
 * contract. CONTRACT: what recurs is on the contract, and so on all orders to come. LINE: nothing.
 */
export type Touches = 'ONE_OFFS' | 'CONTRACT' | 'LINE';

/** Returns the view of an order that was read to be written to. */
export function viewBefore(session: Session, view: OrderView, touches: Touches): WriteView {
  const { order, lines, contract, key, queue, oneOffs } = view;
  return viewOf({
    order: found(order),
    lines: wholeListing(lines),
    elsewhere: elsewhere(),
    subscriptions: touches === 'CONTRACT' ? subscriptionsOf(session, contract) : null,
  });

  function elsewhere(): Listing<LineItem> | null {
    if (touches === 'LINE') return null;
    if (touches === 'CONTRACT') return { items: [], problem: null };
    const rows = wholeListing(oneOffs);
    return { ...rows, items: oneOffsBeside(session, key, rows.items, queue) };
  }
}

/** What a look is for. */
export interface LookFor {
  readonly touches: Touches;
  /** Key of the one-time item the write is about. */
  readonly itemKey: string;
}

/** Reads the order again, and wherever else the write may show. */
export async function lookAgain(
  session: Session,
  { context, before }: WriteProgress<WriteContext>,
  { touches, itemKey }: LookFor,
): Promise<WriteView> {
  const { contractId, attemptId, variantId } = context;
  const key = { contractId, attemptId };
  const { customerId } = session.shopper;
  const view = await session.views.get({ key, customerId });
  const contract = await readContract(session, contractId, customerId);
  const at: LookedAt = {
    context,
    view,
    contract,
    item: { key: itemKey, variantId },
    before: [...(before?.lines ?? []), ...(before?.elsewhere ?? [])],
  };
  const lines = linesSeen(session, at);
  return viewOf({
    order: mapLookup(view, ({ order }) => order),
    lines,
    elsewhere: touches === 'LINE' ? null : await listingOr(() => elsewhere()),
    subscriptions: touches === 'CONTRACT' ? subscriptionsOf(session, contract) : null,
  });

  function elsewhere(): Promise<Listing<LineItem>> {
    return touches === 'ONE_OFFS' ? readMovedOneOffs(session, at) : readRecurringLater(session, at, lines.items);
  }
}

function linesSeen({ account }: Session, { view, before, item }: LookedAt): Listing<LineItem> {
  if (view.state !== 'found') return wholeListing<LineItem>(view);
  const { value } = view;
  if (isQueued(value)) return wholeListing(value.lines);
  return billedLines({ ...value, before: linesOn(before, value.key), item }, account);
}

function subscriptionsOf({ account, clock }: Session, contract: Lookup<WireContract>): Listing<Subscription> {
  const gap = contract.state === 'found' ? contract.value.lines.problem : null;
  const { items, problem: unread } = wholeListing(
    mapLookup(contract, (wire) => [toSubscription(wire, wire.customerId, account, clock())]),
  );
  return { items, problem: unread ?? gap };
}
