import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { attempt, attemptLookup } from '../kit/lookups.js';
import type { ItemFacts } from './item-rules.js';
import { linesOfMany } from './line-items.js';
import type { OfferLookup } from './offer-lookup.js';
import { readOfferId } from './offers.js';
import { readProducts } from './products.js';
import type { Session } from './session.js';
import type { WireSubscription } from './wire.js';
import { lossIn } from '../../domain/problem.js';

/** An order and the product asked about, null for the order as a whole. */
export interface Candidate {
  readonly order: Order;
  readonly productId: string | null;
}

/** Reads what is needed to judge all candidates together, everything at the same time. */
export async function readItemFacts(session: Session, candidates: readonly Candidate[]): Promise<readonly ItemFacts[]> {
  if (candidates.length === 0) return [];
  const productIds = [...new Set(candidates.flatMap(({ productId }) => productId ?? []))];
  const [offerId, productOf, lookup, contents] = await Promise.all([
    readOfferId(session, productIds),
    readProducts(session, productIds),
    readLookup(session, productIds),
    readContents(session, new Map(candidates.map(({ order }) => [order.providerId, order]))),
  ]);
  return candidates.map(({ order, productId }) => ({
    offerId,
    product: productId === null ? null : productOf(productId),
    lookup,
    lines: contents.get(order.providerId)?.lines ?? null,
    holdsPrepaidItem: contents.get(order.providerId)?.holdsPrepaidItem ?? found(false),
    recognised: session.shopper.recognised,
  }));
}

async function readLookup({ reads }: Session, productIds: readonly string[]): Promise<Lookup<OfferLookup> | null> {
  return productIds.length === 0 ? null : attempt(() => reads.offer.get(productIds));
}

interface Contents {
  readonly lines: Lookup<readonly LineItem[]> | null;
  readonly holdsPrepaidItem: Lookup<boolean>;
}

async function readContents(
  session: Session,
  orders: ReadonlyMap<string, Order>,
): Promise<ReadonlyMap<string, Contents>> {
  // Items and subscriptions are closed to a shopper who is only recognised, adding an item is not.
  if (session.shopper.recognised) return new Map();
  const all = [...orders.values()];
  const [lines, prepaid] = await Promise.all([
    linesOfMany(session, all),
    Promise.all(all.map((order) => readPrepaid(session, order))),
  ]);
  return new Map(
    all.map((order, index) => {
      const ofOrder = lines[index] ?? missing;
      return [order.providerId, { lines: ofOrder, holdsPrepaidItem: holdsOneOf(ofOrder, prepaid[index] ?? missing) }];
    }),
  );
}

/** Reads the keys of the customer's prepaid subscriptions. */
async function readPrepaid({ reads, account }: Session, { customerId }: Order): Promise<Lookup<ReadonlySet<string>>> {
  if (account.settings.itemsOnPrepaidOrders === 'accepted' || customerId === null) return missing;
  return attemptLookup(async () => {
    const { records, problem } = await reads.lists.plan(customerId, { subscriptions: true }).subscriptions;
    const lost = lossIn(problem);
    return lost ? failed(lost) : found(new Set(records.filter(isPrepaid).map(({ publicId }) => publicId)));
  });
}

export function isPrepaid({ prepaidOrdersRemaining }: WireSubscription): boolean {
  return prepaidOrdersRemaining !== null;
}

function holdsOneOf(lines: Lookup<readonly LineItem[]>, prepaid: Lookup<ReadonlySet<string>>): Lookup<boolean> {
  if (lines.state !== 'found' || prepaid.state === 'missing') return found(false);
  const subscriptions = lines.value.flatMap(({ subscriptionRef }) => subscriptionRef?.key ?? []);
  if (prepaid.state === 'failed') return subscriptions.length === 0 ? found(false) : prepaid;
  return found(subscriptions.some((key) => prepaid.value.has(key)));
}
