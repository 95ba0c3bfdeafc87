import type { ConnectedAccount } from '../../domain/connected-account.js';
import type { IdentifierRule } from '../../domain/identifier.js';
import { invalid, type RefusalOf } from '../../domain/refusal.js';
import { decodeId } from './decode-id.js';
import type { UpsellItemInput } from './upsell-item-input.type.js';

/** Returns what of a validated item cannot be an identifier of the account's provider, with its path and how it must look. */
export function checkItem(
  item: UpsellItemInput | null | undefined,
  { identifiers }: Pick<ConnectedAccount, 'identifiers'>,
): readonly RefusalOf<'VALIDATION'>[] {
  if (!item || identifiers === undefined) return [];
  const { productId, providerProduct } = item;
  const { product, productVariant } = identifiers;
  const variantId = providerProduct?.providerVariantId ?? null;
  return [
    ...(productId ? mustMatch(decodeId(productId, 'Product').key, product, ['item', 'productId']) : []),
    ...(providerProduct ? mustMatch(providerProduct.providerId, product, [...PRODUCT, 'providerId']) : []),
    ...(variantId === null ? [] : mustMatch(variantId, productVariant ?? none, [...PRODUCT, 'providerVariantId'])),
  ];
}

const PRODUCT = ['item', 'providerProduct'];

const none: IdentifierRule = {
  matches: () => false,
  form: 'left out: this provider has no variants beside its products',
};

/** Returns the refusal of an identifier that cannot be the provider's. */
export function mustMatch(
  text: string,
  { matches, form }: IdentifierRule,
  path: readonly string[],
): readonly RefusalOf<'VALIDATION'>[] {
  return matches(text) ? [] : [invalid(path, 'FORMAT', `This must be ${form}.`)];
}
