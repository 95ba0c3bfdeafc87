import type { LineItem } from '../../domain/line-item.js';
import { failed, found, type Lookup, mapFound, missing } from '../../domain/lookup.js';
import type { Order } from '../../domain/order.js';
import { attemptLookup } from '../kit/lookups.js';
import { findCharge } from './charges.js';
import { fromOrderKey } from './keys.js';
import { linesOf } from './line-items.js';
import type { Session } from './session.js';
import { toOrderStatus, toSubscriptionStatus } from './statuses.js';
import type { WireCharge, WireSubscription } from './wire.js';
import type { CatalogueItem } from './wire-catalogue.js';
import { lossIn } from '../../domain/problem.js';

/** What must be known to judge an item for an order that is open. */
export interface ItemFacts {
  readonly charge: Lookup<WireCharge>;
  readonly lines: Lookup<readonly LineItem[]>;
  /** Whether a charge in error keeps items off. */
  readonly isBlocked: Lookup<boolean>;
  /** Null: no product was asked about, or there is no catalogue to ask. */
  readonly item: Lookup<CatalogueItem> | null;
  /** Subscriptions in force on the address of the order; null where nothing is to recur. */
  readonly subscriptions: Lookup<readonly WireSubscription[]> | null;
}

/** An order, and what was asked about it. */
export interface Candidate {
  readonly order: Order;
  /** Null for the order as a whole. */
  readonly variantId: string | null;
  readonly subscribe: boolean;
}

/** Reads what is needed to judge a candidate, everything at the same time. */
export async function readItemFacts(session: Session, { order, variantId, subscribe }: Candidate): Promise<ItemFacts> {
  const { reads, account } = session;
  const key = fromOrderKey(order.ref.key);
  const asksProduct = variantId !== null && account.settings.catalogue === 'search';
  const [charge, lines, isBlocked, item, subscriptions] = await Promise.all([
    key ? findCharge(session, key) : missing,
    linesOf(session, order),
    readIsBlocked(session, order),
    asksProduct ? reads.variants.get(variantId) : null,
    subscribe && key ? readSubscriptions(session, key.addressId) : null,
  ]);
  return { charge, lines, isBlocked, item, subscriptions };
}

/** Reads whether a charge in error keeps items off: one of the customer, or of the address where so configured. */
function readIsBlocked({ reads, account }: Session, { ref, customerId }: Order): Promise<Lookup<boolean>> {
  return attemptLookup(async () => {
    if (customerId === null) return found(false);
    const { records, problem } = await reads.lists.plan(customerId, { charges: true }).charges;
    const addressId = fromOrderKey(ref.key)?.addressId;
    const isByAddress = account.settings.errorChargesBlock === 'address';
    const isBlocked = records.some(
      (charge) => toOrderStatus(charge.status) === 'PAYMENT_FAILED' && (!isByAddress || charge.addressId === addressId),
    );
    const lost = lossIn(problem);
    return lost && !isBlocked ? failed(lost) : found(isBlocked);
  });
}

export function readSubscriptions({ reads }: Session, addressId: string): Promise<Lookup<readonly WireSubscription[]>> {
  return attemptLookup(async () => {
    const { records, problem } = await reads.subscriptionsAt.get(addressId);
    const lost = lossIn(problem);
    return lost ? failed(lost) : found(records);
  });
}

/** Returns the subscriptions in force of one product: one more of it on the same address is not promised. */
export function subscriptionsOf(
  subscriptions: Lookup<readonly WireSubscription[]>,
  item: Pick<CatalogueItem, 'productId' | 'variantId'>,
): Lookup<readonly WireSubscription[]> {
  return mapFound(subscriptions, (all) =>
    all.filter(
      ({ status, productId, variantId }) =>
        toSubscriptionStatus(status) === 'ACTIVE' &&
        (variantId === item.variantId || (productId !== null && productId === item.productId)),
    ),
  );
}
