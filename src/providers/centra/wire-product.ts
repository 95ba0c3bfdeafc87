import {
  contractDrift,
  decodeEach,
  type Infer,
  type JsonObject,
  objectIn,
  optionalBoolean,
  optionalInteger,
  optionalText,
  readableList,
  record,
  requireReadable,
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
  isAvailable: requireReadable(fields, 'available', optionalBoolean),
  items: decodeEach(readableList(fields, 'items'), decodeItem, 'item'),
  bundle: optionalText(objectIn(fields, 'bundleInfo'), 'type'),
  minimum: requireReadable(fields, 'itemQuantityMinimum', optionalInteger) ?? 1,
  multipleOf: requireReadable(fields, 'itemQuantityMultipleOf', optionalInteger) ?? 1,
  plans: decodeEach(readableList(fields, 'subscriptionPlans'), decodePlan),
}));

export type WireProduct = Infer<typeof decodeProduct>;

/** One size of a product. */
export interface WireItem {
  readonly item: string;
  /** Null when no number is stated. */
  readonly stock: number | null;
}

const decodeItem = record('a size', (fields): WireItem => {
  const item = text(fields, 'item');
  if (!isItemId(item)) throw contractDrift('a readable `item`');
  return { item, stock: stockIn(fields) };
});

/** Reads the stock, which is `"yes"`, `"no"`, a number, or absent. */
function stockIn(fields: JsonObject): number | null {
  const { stock } = fields;
  const word = typeof stock === 'string' ? stock.toLowerCase() : null;
  if (word === 'no') return 0;
  return word === 'yes' ? null : optionalInteger(fields, 'stock');
}
