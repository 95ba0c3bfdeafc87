import {
  contractDrift,
  decodeEach,
  type Infer,
  isAbsent,
  isJsonObject,
  type JsonObject,
  objectIn,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalStatusText,
  optionalText,
  record,
  requireList,
  requireReadable,
  text,
  units,
} from '../kit/decode.js';
import { withoutRepeats } from '../kit/pages.js';
import { decodePlan, type WirePlan } from './wire-plan.js';

/** What payment-result says of adding to the order. */
export interface WireTerms {
  /** Null when that cannot be read. */
  readonly isAllowed: boolean | null;
  /** Minutes. */
  readonly timeLimit: number | null;
}

/** Returns the order in an answer: Checkout API nests it, Shop API has it at the root. Null when there is none. */
export function findOrder(body: unknown): JsonObject | null {
  if (!isJsonObject(body)) return null;
  const { order } = body;
  if (isJsonObject(order)) return order;
  return typeof order === 'string' || typeof order === 'number' ? body : null;
}

/** Reads `crossSell`, formerly `upsell`, in the order or beside it; null when absent, or the empty list of PHP. */
export function findTerms(body: unknown): WireTerms | null {
  const places = [findOrder(body), body].filter(isJsonObject);
  const stated = ['crossSell', 'upsell'].flatMap((name) => places.map((place) => place[name])).filter(isSomething);
  const terms = stated.find(isJsonObject) ?? stated[0];
  if (terms === undefined) return null;
  if (!isJsonObject(terms)) return { isAllowed: null, timeLimit: null };
  return { isAllowed: optionalBoolean(terms, 'isAllowed'), timeLimit: optionalInteger(terms, 'timeLimit') };
}

function isSomething(value: unknown): boolean {
  return !isAbsent(value) && !(Array.isArray(value) && value.length === 0);
}

const decodeLine = record('a line', (fields) => {
  return {
    line: text(fields, 'line'),
    item: text(fields, 'item'),
    /** The display item. */
    product: productOf(fields),
    title: nameOf(fields),
    /** Two sizes of a product differ in nothing else. */
    size: optionalText(fields, 'localizedSize') ?? optionalText(fields, 'size'),
    imageUrl: imageIn(productIn(fields)),
    quantity: units(fields, 'quantity'),
    priceEach: amount(fields, 'priceEach'),
    totalPrice: amount(fields, 'totalPrice'),
    priceEachBeforeDiscount: amount(fields, 'priceEachBeforeDiscount'),
    totalPriceBeforeDiscount: amount(fields, 'totalPriceBeforeDiscount'),
    plan: planIn(fields),
  };
});

export type WireLine = Infer<typeof decodeLine>;

/**
 * Decodes an order, with amounts from the `AsNumber` twins only.
 * See https://docs.centra.com/api-references/checkout-api/api-reference/order-flow
 */
export const decodeOrder = record('an order', (fields) => {
  const totals = objectIn(fields, 'totals');
  const address = objectIn(fields, 'address');
  const shippingAddress = objectIn(fields, 'shippingAddress');
  return {
    order: text(fields, 'order'),
    status: optionalStatusText(fields, 'status'),
    statusDescription: optionalStatusText(fields, 'statusDescription'),
    /** Without a zone. */
    date: optionalText(fields, 'date'),
    email: optionalText(address, 'email') ?? optionalText(fields, 'customer'),
    country: optionalText(shippingAddress, 'country') ?? optionalText(address, 'country'),
    currency:
      requireReadable(fields, 'currency', optionalText) ?? optionalText(objectIn(fields, 'currencyFormat'), 'currency'),
    itemsTotal: amount(totals, 'itemsTotalPrice'),
    discount: amount(totals, 'totalDiscountPrice'),
    shipping: amount(totals, 'shippingPrice'),
    handling: amount(totals, 'handlingCostPrice'),
    tax: amount(totals, 'grandTotalPriceTax'),
    /** Tax that comes on top of the prices of products. */
    taxAdded: amount(totals, 'taxAdded'),
    /** Tax that prices contain and the shopper need not pay. */
    taxDeducted: amount(totals, 'taxDeducted'),
    grandTotal: amount(totals, 'grandTotalPrice'),
    /** A line that cannot be read costs the lines, not the order. */
    lines: decodeEach(withoutRepeats(requireList(fields, 'items'), 'line'), decodeLine, 'line'),
  };
});

export type WireOrder = Infer<typeof decodeOrder>;

/** Reads the plan of a line, which may come as its identifier alone; null for a line that does not recur. */
function planIn(fields: JsonObject): WirePlan | null {
  const { subscriptionPlan: plan } = fields;
  if (!isSomething(plan)) return null;
  return decodePlan(isJsonObject(plan) ? plan : { subscriptionPlan: text(fields, 'subscriptionPlan') });
}

/** Returns the product of a line where it comes as an object. */
function productIn({ product }: JsonObject): JsonObject {
  return isJsonObject(product) ? product : {};
}

/** Returns the product of a line: an object in Checkout API, else the identifier, or the first part of the item. */
function productOf(fields: JsonObject): string {
  const { product } = fields;
  const stated = isJsonObject(product) ? optionalText(product, 'product') : optionalText(fields, 'product');
  const [, fromItem] = /^(\d+)-/.exec(optionalText(fields, 'item') ?? '') ?? [];
  const found = stated ?? fromItem;
  if (found === undefined) throw contractDrift('`product`');
  return found;
}

/**
 * Returns the name of a line: in the product with Checkout API, beside its identifier with Shop API. It stays when the
 * product is no longer shown.
 */
function nameOf(fields: JsonObject): string | null {
  return optionalText(fields, 'productName') ?? optionalText(productIn(fields), 'name');
}

/** Returns the first picture of those listed by size; `media` is `[]` when there are none. */
export function imageIn(fields: JsonObject): string | null {
  const urls = Object.values(objectIn(fields, 'media')).flat();
  return urls.find((url): url is string => typeof url === 'string' && url !== '') ?? null;
}

/**
 * Reads an amount from its number: texts are for people, rounded, decorated, with no-break spaces. `false` stands for
 * an absent price.
 */
export function amount(fields: JsonObject, name: string): string | null {
  return optionalDecimal(fields, `${name}AsNumber`);
}
