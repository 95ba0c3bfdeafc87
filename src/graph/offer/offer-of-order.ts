import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import { type EntityRef, type GlobalId, refOfType, toGlobalId } from '../../domain/reference.js';

/** Keys of the two records in an offer's ID. */
export interface OfferKeys {
  readonly orderKey: string;
  readonly offerKey: string;
}

/**
 * Gives an offer an ID of its order. A provider makes one offer for many orders, and product, funnel step and price depend
 * on the order: under one ID, a client's cache would show the last one read for all of them.
 */
export function ofOrder(offer: UpsellOffer, { ref: { account, key } }: Order): UpsellOffer {
  const ref: EntityRef<'UpsellOffer'> = {
    type: 'UpsellOffer',
    account,
    key: `${encodeURIComponent(key)} ${offer.ref.key}`,
  };
  return { ...offer, ref, id: toGlobalId(ref) };
}

/** Decodes the keys of an offer; null for a reference not made by `ofOrder`. */
export function offerKeysIn({ key }: EntityRef<'UpsellOffer'>): OfferKeys | null {
  const [orderKey, ...offerKey] = key.split(' ');
  if (!orderKey || offerKey.length === 0) return null;
  try {
    return { orderKey: decodeURIComponent(orderKey), offerKey: offerKey.join(' ') };
  } catch {
    return null;
  }
}

export function offerKeysOf(id: GlobalId): OfferKeys | null {
  const ref = refOfType(id, 'UpsellOffer');
  return ref && offerKeysIn(ref);
}
