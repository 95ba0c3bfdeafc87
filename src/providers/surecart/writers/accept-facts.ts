import type { AddItem, Snapshot } from '../../../domain/write.js';
import type { UpsellLine } from '../client.js';
import type { OrderRecord } from '../order-record.js';
import { toLineKey } from '../record-id.js';
import type { WireUpsell } from '../wire-catalogue.js';

/** All that sending and looking need besides the request, so that any process can go on with it. */
export interface AcceptFacts {
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
    facts: {
      checkoutId: wire.checkout.id,
      upsellId: upsell.id,
      priceId: upsell.priceId,
      variantId: item.product?.variantId ?? '',
      subscriptionIds: (wire.checkout.subscriptions?.records ?? []).map(({ id }) => id).join(' '),
    },
  };
}

export function factsIn({ facts }: Snapshot): AcceptFacts {
  return {
    checkoutId: facts['checkoutId'] ?? '',
    upsellId: facts['upsellId'] ?? '',
    priceId: facts['priceId'] ?? '',
    variantId: facts['variantId'] ?? '',
    subscriptionIds: (facts['subscriptionIds'] ?? '').split(' '),
  };
}

export function lineToSend({ priceId, checkoutId, upsellId, variantId }: AcceptFacts, quantity: number): UpsellLine {
  const variant = variantId === '' ? {} : { variant: variantId };
  return { price: priceId, checkout: checkoutId, upsell: upsellId, quantity, ...variant };
}
