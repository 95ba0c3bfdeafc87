import type { LineItem } from '../../domain/line-item.js';
import type { UpsellOffer } from '../../domain/offer.js';
import type { Order } from '../../domain/order.js';
import type { Subscription } from '../../domain/subscription.js';
import type { GraphContext } from '../context.js';
import { loadLineItem, loadOrder, loadSubscription, type MaybePromise } from '../load-record.js';
import { loadOffersOf } from '../offer/load-offer.js';
import type { WritePayload } from './operation-payload.type.js';

/** Loads the records of a payload after the write. An answer that came before its outcome waits for no provider. */

export function orderAfter(payload: WritePayload, context: GraphContext): MaybePromise<Order | null> {
  return loadOrder(context, endedIn(payload)?.orderRef ?? null);
}

export function lineItemAfter(payload: WritePayload, context: GraphContext): MaybePromise<LineItem | null> {
  return loadLineItem(context, endedIn(payload)?.lineItemRef ?? null);
}

export function subscriptionAfter(payload: WritePayload, context: GraphContext): MaybePromise<Subscription | null> {
  return loadSubscription(context, endedIn(payload)?.subscriptionRef ?? null);
}

function endedIn({ operation }: WritePayload): WritePayload['operation'] {
  return operation?.status === 'PENDING' ? null : operation;
}

/** Loads the next offer of a funnel; null outside funnels, and after a write that did not succeed. */
export async function nextOfferAfter(payload: WritePayload, context: GraphContext): Promise<UpsellOffer | null> {
  if (payload.operation?.status !== 'SUCCEEDED') return null;
  const order = await orderAfter(payload, context);
  const offers = order && (await loadOffersOf(context, order));
  return offers?.find(({ funnelStep }) => funnelStep !== null) ?? null;
}
