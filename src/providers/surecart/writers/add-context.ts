import type { AddItem, PlannedStep } from '../../../domain/write.js';
import { statedFrequency } from '../../../domain/write.js';
import { type Infer, optionalText, record, text } from '../../kit/decode.js';
import type { UpsellLine } from '../client.js';
import type { OrderRecord } from '../order-records.js';
import type { WireUpsell } from '../wire-catalogue.js';

/** Decodes all that sending and looking need besides the request, so that any process can go on with it. */
export const decodeAddContext = record('the context of a write', (fields) => ({
  checkoutId: text(fields, 'checkoutId'),
  upsellId: text(fields, 'upsellId'),
  priceId: text(fields, 'priceId'),
  /** Null when the product has none. */
  variantId: optionalText(fields, 'variantId'),
}));

export type AddContext = Infer<typeof decodeAddContext>;

export function contextOf({ wire }: OrderRecord, upsell: WireUpsell, { item }: AddItem): AddContext {
  return {
    checkoutId: wire.checkout.id,
    upsellId: upsell.id,
    priceId: upsell.priceId,
    variantId: item.product?.variantId ?? null,
  };
}

/** Plans the steps of an add. A checkout takes an upsell once, so a line that was not there before is its trace. */
export function stepsOf({ priceId, upsellId }: AddContext, { quantity, subscribe }: AddItem): readonly PlannedStep[] {
  const recurring = subscribe !== null;
  const line = { kind: 'line_added', productId: priceId, quantity, recurring, mark: upsellId } as const;
  if (subscribe === null) return [{ name: ADD_ITEM, expects: [line] }];
  const frequency = statedFrequency(subscribe);
  const subscription = {
    kind: 'subscription_made',
    productId: priceId,
    quantity: null,
    frequency,
    mark: null,
  } as const;
  return [{ name: ADD_ITEM, expects: [line, subscription] }];
}

const ADD_ITEM = 'add_item';

export function lineToSend({ priceId, checkoutId, upsellId, variantId }: AddContext, quantity: number): UpsellLine {
  const variant = variantId === null ? {} : { variant: variantId };
  return { price: priceId, checkout: checkoutId, upsell: upsellId, quantity, ...variant };
}
