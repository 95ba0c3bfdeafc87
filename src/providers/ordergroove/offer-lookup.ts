import {
  isAbsent,
  isJsonObject,
  type JsonObject,
  optionalBoolean,
  optionalText,
  requireObject,
} from '../kit/decode.js';

/** What the offers host says of the merchant's offer and of some products. */
export interface OfferLookup {
  /** Null when the merchant has no offer. */
  readonly offerId: string | null;
  /** Names of the groups a product is in; null when the host has no entry for it. */
  groupsOf(productId: string): readonly string[] | null;
  /** Whether a product is in stock; null when the host does not say. */
  isInStock(productId: string): boolean | null;
}

/** The official client takes `"0"` for no offer: https://www.npmjs.com/package/@ordergroove/offers */
const NO_OFFER = '0';

export function decodeOfferLookup(value: unknown): OfferLookup {
  const fields = requireObject(value, 'an offer');
  const offerId = optionalText(requireObject(fields['module_view'], '`module_view`'), 'regular');
  const groups = mapIn(fields, 'eligibility_groups');
  const stock = mapIn(fields, 'in_stock');
  return {
    offerId: offerId === NO_OFFER ? null : offerId,
    groupsOf: (productId) => namesIn(Object.hasOwn(groups, productId) ? groups[productId] : undefined),
    isInStock: (productId) => (Object.hasOwn(stock, productId) ? optionalBoolean(stock, productId) : null),
  };
}

function mapIn(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  return isJsonObject(value) ? value : {};
}

/** Reads the names of groups; null when there is no entry. An entry that cannot be read names no group that takes upsells. */
function namesIn(value: unknown): readonly string[] | null {
  if (isAbsent(value)) return null;
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

/** Answers about different products of one merchant, as one. */
export function mergeOfferLookups(lookups: readonly OfferLookup[]): OfferLookup {
  const firstOf = <T>(ask: (lookup: OfferLookup) => T | null): T | null =>
    lookups.reduce<T | null>((known, lookup) => known ?? ask(lookup), null);
  return {
    offerId: firstOf(({ offerId }) => offerId),
    groupsOf: (productId) => firstOf((lookup) => lookup.groupsOf(productId)),
    isInStock: (productId) => firstOf((lookup) => lookup.isInStock(productId)),
  };
}
