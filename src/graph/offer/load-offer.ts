import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { EntityRef } from '../../domain/reference.js';
import type { GraphContext } from '../context.js';
import { loadOrder } from '../load-record.js';
import { offerKeysIn, ofOrder } from './offer-of-order.js';

/** Loads the open offers of an order, in display order. */
export async function loadOffersOf({ sources }: GraphContext, order: Order): Promise<readonly UpsellOffer[]> {
  const offers = await sources.get(order.ref.account)?.loaders.offersOf.load(order);
  return offers?.map((offer) => ofOrder(offer, order)) ?? [];
}

/** Loads an offer, open or not, of an order the actor may see. */
export async function loadOffer(context: GraphContext, ref: EntityRef<'UpsellOffer'>): Promise<UpsellOffer | null> {
  const keys = offerKeysIn(ref);
  const order = keys && (await loadOrder(context, { type: 'Order', account: ref.account, key: keys.orderKey }));
  if (!order) return null;
  const open = (await loadOffersOf(context, order)).find((offer) => offer.ref.key === ref.key);
  if (open) return open;
  const offer = await context.sources.get(ref.account)?.loaders.offer.load(keys.offerKey);
  return offer ? ofOrder(offer, order) : null;
}
