import type { AddItem, Snapshot } from '../../../domain/write.js';
import type { UpsellLine } from '../client.js';
import type { OrderRecord } from '../order-records.js';
import { toLineKey } from '../keys.js';
import type { WireUpsell } from '../wire-catalogue.js';

/** All that sending and looking need besides the request, so that any process can go on with it. */
export interface AddContext {
  readonly checkoutId: string;
  readonly upsellId: string;
  readonly priceId: string;
  /** Empty when the product has none. */
  readonly variantId: string;
  /** Subscriptions the checkout had before. */
  readonly subscriptionIds: readonly string[];
}

export function snapshotOf({ wire, lines }: OrderRecord, upsell: WireUpsell, { item }: AddItem): Snapshot {
  return {
    lineItemKeys: lines.records.map(({ id }) => toLineKey(wire.id, id)),
    context: {
      checkoutId: wire.checkout.id,
      upsellId: upsell.id,
      priceId: upsell.priceId,
      variantId: item.product?.variantId ?? '',
      subscriptionIds: (wire.checkout.subscriptions?.records ?? []).map(({ id }) => id).join(' '),
    },
  };
}

export function contextOf({ context }: Snapshot): AddContext {
  return {
    checkoutId: context['checkoutId'] ?? '',
    upsellId: context['upsellId'] ?? '',
    priceId: context['priceId'] ?? '',
    variantId: context['variantId'] ?? '',
    subscriptionIds: (context['subscriptionIds'] ?? '').split(' '),
  };
}

export function lineToSend({ priceId, checkoutId, upsellId, variantId }: AddContext, quantity: number): UpsellLine {
  const variant = variantId === '' ? {} : { variant: variantId };
  return { price: priceId, checkout: checkoutId, upsell: upsellId, quantity, ...variant };
}
