import {
  type JsonObject,
  requireObject,
  isJsonObject,
  listOf,
  optionalBoolean,
  optionalInteger,
  optionalText,
  text,
} from '../kit/decode.js';
import { isItemId } from './record-id.js';
import { amount, objectIn } from './wire.js';
import { decodePlan, type WirePlan } from './wire-plan.js';

/** https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories */
export interface WireProduct {
  readonly product: string;
  readonly name: string | null;
  readonly uri: string | null;
  readonly imageUrl: string | null;
  /** Null: shown, but not for sale. */
  readonly price: string | null;
  readonly isAvailable: boolean | null;
  readonly items: readonly WireItem[];
  readonly bundle: string | null;
  readonly minimum: number;
  readonly multipleOf: number;
  readonly plans: readonly WirePlan[];
}

/** One size of a product. */
export interface WireItem {
  readonly item: string;
  /** Null when no number is stated. */
  readonly stock: number | null;
}

export function decodeProduct(value: unknown): WireProduct {
  const fields = requireObject(value, 'a product');
  return {
    product: text(fields, 'product'),
    name: optionalText(fields, 'name'),
    uri: optionalText(fields, 'uri'),
    imageUrl: imageIn(fields),
    price: amount(fields, 'price'),
    isAvailable: optionalBoolean(fields, 'available'),
    items: listOf(fields, 'items').filter(isJsonObject).flatMap(decodeItem),
    bundle: optionalText(objectIn(fields, 'bundleInfo'), 'type'),
    minimum: optionalInteger(fields, 'itemQuantityMinimum') ?? 1,
    multipleOf: optionalInteger(fields, 'itemQuantityMultipleOf') ?? 1,
    plans: listOf(fields, 'subscriptionPlans').filter(isJsonObject).map(decodePlan),
  };
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
