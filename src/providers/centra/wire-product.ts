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
import { amount } from './wire.js';
import { decodePlan } from './wire-plan.js';

/** https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories */
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

/** `"yes"`, a number, or absent. */
function stockIn(fields: JsonObject): number | null {
  return optionalText(fields, 'stock')?.toLowerCase() === 'no' ? 0 : optionalInteger(fields, 'stock');
}

/** Pictures by size; the whole is `[]` when there are none. */
function imageIn(fields: JsonObject): string | null {
  const urls = Object.values(objectIn(fields, 'media')).flat();
  return urls.find((url): url is string => typeof url === 'string' && url !== '') ?? null;
}
