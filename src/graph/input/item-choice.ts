import type { ItemChoice } from '../../domain/eligibility.js';
import type { UpsellItemInput } from './upsell-item-input.type.js';
import { decodeId, decodeOfferKey } from './decode-id.js';

/** Decodes the item of a validated input. */
export function toItemChoice({ offerId, productId, providerProduct }: UpsellItemInput): ItemChoice {
  return {
    offerKey: offerId ? decodeOfferKey(offerId) : null,
    product: productId
      ? { id: decodeId(productId, 'Product').key, handle: null, variantId: null }
      : providerProduct
        ? {
            id: providerProduct.providerId,
            handle: providerProduct.handle ?? null,
            variantId: providerProduct.providerVariantId ?? null,
          }
        : null,
  };
}
