import {
  contractDrift,
  type JsonObject,
  requireObject,
  integer,
  isJsonObject,
  listOf,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  optionalStatusText,
  text,
} from '../kit/decode.js';
import { decodePlan, type WirePlan } from './wire-plan.js';

/** https://docs.centra.com/api-references/checkout-api/api-reference/order-flow; amounts from the `AsNumber` twins only. */
export interface WireOrder {
  readonly order: string;
  readonly status: string | null;
  readonly statusDescription: string | null;
  /** Without a zone. */
  readonly date: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly currency: string | null;
  readonly itemsTotal: string | null;
  readonly discount: string | null;
  readonly shipping: string | null;
  readonly handling: string | null;
  readonly tax: string | null;
  /** Tax that comes on top of the prices of products. */
  readonly taxAdded: string | null;
  readonly grandTotal: string | null;
  readonly lines: readonly WireLine[];
}

export interface WireLine {
  readonly line: string;
  readonly item: string;
  /** The display item. */
  readonly product: string;
  readonly quantity: number;
  readonly priceEach: string | null;
  readonly totalPrice: string | null;
  readonly priceEachBeforeDiscount: string | null;
  readonly totalPriceBeforeDiscount: string | null;
  readonly plan: WirePlan | null;
}

/** What payment-result says of adding to the order. */
export interface WireTerms {
  readonly isAllowed: boolean;
  /** Minutes. */
  readonly timeLimit: number | null;
}

/** The order in an answer: Checkout API nests it, Shop API has it at the root. Null when there is none. */
export function findOrder(body: unknown): JsonObject | null {
  if (!isJsonObject(body)) return null;
  const { order } = body;
  if (isJsonObject(order)) return order;
  return typeof order === 'string' || typeof order === 'number' ? body : null;
}

/** `crossSell`, formerly `upsell`, in the order or beside it; null when neither is there, or is the empty list of PHP. */
export function findTerms(body: unknown): WireTerms | null {
  const places = [findOrder(body), body].filter(isJsonObject);
  for (const name of ['crossSell', 'upsell']) {
    const terms = places.map((place) => place[name]).find(isJsonObject);
    if (terms) {
      return {
        isAllowed: optionalBoolean(terms, 'isAllowed') === true,
        timeLimit: optionalInteger(terms, 'timeLimit'),
      };
    }
  }
  return null;
}

export function decodeOrder(value: unknown): WireOrder {
  const fields = requireObject(value, 'an order');
  const totals = objectIn(fields, 'totals');
  const address = objectIn(fields, 'address');
  const shippingAddress = objectIn(fields, 'shippingAddress');
  return {
    order: text(fields, 'order'),
    status: optionalStatusText(fields, 'status'),
    statusDescription: optionalStatusText(fields, 'statusDescription'),
    date: optionalText(fields, 'date'),
    email: optionalText(address, 'email') ?? optionalText(fields, 'customer'),
    country: optionalText(shippingAddress, 'country') ?? optionalText(address, 'country'),
    currency: optionalText(fields, 'currency') ?? optionalText(objectIn(fields, 'currencyFormat'), 'currency'),
    itemsTotal: amount(totals, 'itemsTotalPrice'),
    discount: amount(totals, 'totalDiscountPrice'),
    shipping: amount(totals, 'shippingPrice'),
    handling: amount(totals, 'handlingCostPrice'),
    tax: amount(totals, 'grandTotalPriceTax'),
    taxAdded: amount(totals, 'taxAdded'),
    grandTotal: amount(totals, 'grandTotalPrice'),
    lines: listOf(fields, 'items').map(decodeLine),
  };
}

function decodeLine(value: unknown): WireLine {
  const fields = requireObject(value, 'a line');
  const plan = fields['subscriptionPlan'];
  return {
    line: text(fields, 'line'),
    item: text(fields, 'item'),
    product: productOf(fields),
    quantity: integer(fields, 'quantity'),
    priceEach: amount(fields, 'priceEach'),
    totalPrice: amount(fields, 'totalPrice'),
    priceEachBeforeDiscount: amount(fields, 'priceEachBeforeDiscount'),
    totalPriceBeforeDiscount: amount(fields, 'totalPriceBeforeDiscount'),
    plan: isJsonObject(plan) ? decodePlan(plan) : null,
  };
}

/** An object in Checkout API, the identifier in Shop API; it is also the first part of the item. */
function productOf(fields: JsonObject): string {
  const { product } = fields;
  const stated = isJsonObject(product) ? optionalText(product, 'product') : optionalText(fields, 'product');
  const [, fromItem] = /^(\d+)-/.exec(optionalText(fields, 'item') ?? '') ?? [];
  const found = stated ?? fromItem;
  if (found === undefined) throw contractDrift('`product`');
  return found;
}

/** Texts are for people: rounded, decorated, with no-break spaces. `false` stands for an absent price. */
export function amount(fields: JsonObject, name: string): string | null {
  return optionalDecimal(fields, `${name}AsNumber`);
}

/** An empty map arrives as `[]`. */
export function objectIn(fields: JsonObject, name: string): JsonObject {
  const value = fields[name];
  return isJsonObject(value) ? value : {};
}
