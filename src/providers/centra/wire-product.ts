import {
  type Infer,
  isJsonObject,
  type JsonObject,
  listOf,
  objectIn,
  optionalBoolean,
  optionalInteger,
  optionalText,
  record,
  text,
} from '../kit/decode.js';
import { isItemId } from './keys.js';
import { amount, imageIn } from './wire.js';
import { decodePlan } from './wire-plan.js';

/** Decodes a product. See https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories */
export const decodeProduct = record('a product', (fields) => ({
  product: text(fields, 'product'),
  name: optionalText(fields, 'name'),
  uri: optionalText(fields, 'uri'),
  imageUrl: imageIn(fields),
  /** Null: shown, but not for sale. */
  price: amount(fields, 'price'),
  isAvailable: optionalBoolean(fields, 'available'),
  items: listOf(fields, 'items').filter(isJsonObject).flatMap(decodeItem),
  bundle: optionalText(objectIn(fields, 'bundleInfo'), 'type'),
  minimum: optionalInteger(fields, 'itemQuantityMinimum') ?? 1,
  multipleOf: optionalInteger(fields, 'itemQuantityMultipleOf') ?? 1,
  plans: listOf(fields, 'subscriptionPlans').filter(isJsonObject).map(decodePlan),
}));

export type WireProduct = Infer<typeof decodeProduct>;

/** One size of a product. */
export interface WireItem {
  readonly item: string;
  /** Null when no number is stated. */
  readonly stock: number | null;
}

function decodeItem(fields: JsonObject): readonly WireItem[] {
  const item = optionalText(fields, 'item');
  return item === null || !isItemId(item) ? [] : [{ item, stock: stockIn(fields) }];
}

/** Reads the stock, which is `"yes"`, `"no"`, a number, or absent. */
function stockIn(fields: JsonObject): number | null {
  return optionalText(fields, 'stock')?.toLowerCase() === 'no' ? 0 : optionalInteger(fields, 'stock');
}
