import type { LineItem } from '../../domain/line-item.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { loadLineItem, loadOrder, loadSubscription, type MaybePromise } from '../load-record.js';
import { loadOffersOf } from '../offer/load-offer.js';
import type { WritePayload } from './operation-payload.type.js';

/** Loads the records of a payload after the write. */

export function orderAfter({ operation }: WritePayload, context: GraphContext): MaybePromise<Order | null> {
  return loadOrder(context, operation?.orderRef ?? null);
}

export function lineItemAfter({ operation }: WritePayload, context: GraphContext): MaybePromise<LineItem | null> {
  return loadLineItem(context, operation?.lineItemRef ?? null);
}

export function subscriptionAfter(
  { operation }: WritePayload,
  context: GraphContext,
): MaybePromise<Subscription | null> {
  return loadSubscription(context, operation?.subscriptionRef ?? null);
}

/** Loads the next offer of a funnel; null outside funnels, and after a write that did not succeed. */
export async function nextOfferAfter(payload: WritePayload, context: GraphContext): Promise<UpsellOffer | null> {
  if (payload.operation?.status !== 'SUCCEEDED') return null;
  const order = await orderAfter(payload, context);
  const offers = order && (await loadOffersOf(context, order));
  return offers?.find(({ funnelStep }) => funnelStep !== null) ?? null;
}
