import {
  decodeEach,
  type Infer,
  isAbsent,
  isJsonObject,
  type JsonObject,
  listOf,
  objectIn,
  optionalDecimal,
  optionalInteger,
  optionalBoolean,
  optionalText,
  readableList,
  record,
  requireList,
  requireReadable,
} from '../kit/decode.js';
import { externalId, imageIn, optionalId, variantTitleIn } from './wire-values.js';

const decodePlan = record('a plan', (fields) => {
  const preferences = objectIn(fields, 'subscription_preferences');
  return {
    id: optionalId(fields, 'id'),
    type: requireReadable(fields, 'type', optionalText),
    unit: optionalText(preferences, 'interval_unit'),
    orderEvery: requireReadable(preferences, 'order_interval_frequency', optionalInteger),
    chargeEvery: requireReadable(preferences, 'charge_interval_frequency', optionalInteger),
    isDeleted: !isAbsent(fields['deleted_at']),
  };
});

export type WirePlan = Infer<typeof decodePlan>;

const decodePlanPrice = record('the price of a plan', (fields) => ({
  planId: optionalId(fields, 'id'),
  price: optionalDecimal(fields, 'discounted_price'),
}));

const decodePrice = record('a price', (fields) => ({
  currency: optionalText(fields, 'currency'),
  unitPrice: optionalDecimal(fields, 'unit_price'),
  plans: readableList(fields, 'plans').map(decodePlanPrice),
}));

const decodeVariant = record('a variant', (fields) => {
  const inventory = objectIn(fields, 'inventory');
  return {
    variantId: externalId(fields, 'external_variant_id'),
    variantTitle: variantTitleIn(fields, 'title'),
    isDeleted: requireReadable(fields, 'is_deleted', optionalBoolean) === true,
    isPublished: requireReadable(fields, 'is_published', optionalBoolean),
    level: optionalInteger(inventory, 'level'),
    policy: optionalText(inventory, 'policy'),
    prices: decodeEach(pricesIn(fields), decodePrice, 'currency'),
  };
});

/** Lists prices in the store's own currency, and from inside of those the ones presented elsewhere. */
function pricesIn(fields: JsonObject): readonly unknown[] {
  return readableList(fields, 'prices').flatMap((price) => [
    price,
    ...(isJsonObject(price) ? readableList(price, 'presentment_prices') : []),
  ]);
}

/** Decodes a product of the search, `format_version=2022-06`: its variants are those that were asked for. */
export const decodeProduct = record('a product', (fields) => ({
  productId: externalId(fields, 'external_product_id'),
  title: optionalText(fields, 'title'),
  handle: optionalText(fields, 'handle'),
  imageUrl: listOf(fields, 'images').map((each) => (isJsonObject(each) ? imageIn(each) : null))[0] ?? null,
  isDeleted: requireReadable(fields, 'is_deleted', optionalBoolean) === true,
  isPublished: requireReadable(fields, 'is_published', optionalBoolean),
  plans: decodeEach(readableList(fields, 'plans'), decodePlan),
  variants: decodeEach(requireList(fields, 'variants'), decodeVariant, 'external_variant_id'),
}));

export type WireProduct = Infer<typeof decodeProduct>;

/** A variant with what it has of its product: the product of an order. */
export type CatalogueItem = Omit<WireProduct, 'variants'> &
  Infer<typeof decodeVariant> & { readonly variantId: string };

/** Returns the variants of a product, each as a product of its own. */
export function itemsOf(product: WireProduct): readonly CatalogueItem[] {
  return product.variants.records.flatMap(({ variantId, ...variant }) =>
    variantId === null
      ? []
      : [
          {
            ...product,
            ...variant,
            variantId,
            isDeleted: product.isDeleted || variant.isDeleted,
            isPublished: product.isPublished === false ? false : variant.isPublished,
          },
        ],
  );
}
