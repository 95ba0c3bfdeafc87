import type { AddItem, Snapshot } from '../../../domain/write.js';
import { type Infer, optionalText, record, text } from '../../kit/decode.js';
import { storedWords } from '../../kit/stored-context.js';
import type { UpsellLine } from '../client.js';
import { toLineKey } from '../keys.js';
import type { OrderRecord } from '../order-records.js';
import type { WireUpsell } from '../wire-catalogue.js';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeAddContext = record('the context of a write', (fields) => ({
  checkoutId: text(fields, 'checkoutId'),
  upsellId: text(fields, 'upsellId'),
  priceId: text(fields, 'priceId'),
  /** Null when the product has none. */
  variantId: optionalText(fields, 'variantId'),
  /** Subscriptions the checkout had before. */
  subscriptionIds: storedWords(fields, 'subscriptionIds'),
}));

export type AddContext = Infer<typeof decodeAddContext>;

export function snapshotOf({ wire, lines }: OrderRecord, upsell: WireUpsell, { item }: AddItem): Snapshot<AddContext> {
  return {
    lineItemKeys: lines.records.map(({ id }) => toLineKey(wire.id, id)),
    context: {
      checkoutId: wire.checkout.id,
      upsellId: upsell.id,
      priceId: upsell.priceId,
      variantId: item.product?.variantId ?? null,
      subscriptionIds: (wire.checkout.subscriptions?.records ?? []).map(({ id }) => id),
    },
  };
}

export function lineToSend({ priceId, checkoutId, upsellId, variantId }: AddContext, quantity: number): UpsellLine {
  const variant = variantId === null ? {} : { variant: variantId };
  return { price: priceId, checkout: checkoutId, upsell: upsellId, quantity, ...variant };
}
