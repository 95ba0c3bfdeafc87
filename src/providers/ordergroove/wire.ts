import {
  type Fields,
  fieldsOf,
  integer,
  isFields,
  listOf,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  text,
} from '../../http/decode.js';
import { readJson } from '../../http/json.js';

/** https://developer.ordergroove.com/reference/orders-list */
export interface WireOrder {
  readonly publicId: string;
  readonly customer: string | null;
  readonly payment: string | null;
  readonly shippingAddress: string | null;
  readonly status: number;
  readonly locked: boolean | null;
  readonly place: string | null;
  readonly currencyCode: string | null;
  readonly subTotal: string | null;
  readonly discountTotal: string | null;
  readonly taxTotal: string | null;
  readonly shippingTotal: string | null;
  readonly total: string | null;
  /** Of a merged order: the one that goes on. */
  readonly mergedInto: string | null;
}

/** https://developer.ordergroove.com/reference/items-list */
export interface WireItem {
  readonly publicId: string;
  readonly order: string;
  /** May be empty on some upcoming subscription items. */
  readonly product: string | null;
  readonly subscription: string | null;
  readonly quantity: number;
  /** Of one unit, before discounts. */
  readonly price: string | null;
  /** Of the line, after discounts. */
  readonly totalPrice: string | null;
  readonly oneTime: boolean | null;
}

/** https://developer.ordergroove.com/reference/subscriptions-list */
export interface WireSubscription {
  readonly publicId: string;
  readonly customer: string | null;
  readonly product: string | null;
  readonly quantity: number;
  readonly price: string | null;
  readonly currencyCode: string | null;
  readonly every: number | null;
  readonly everyPeriod: number | null;
  readonly startDate: string | null;
  readonly live: boolean | null;
  readonly cancelled: string | null;
  readonly prepaidOrdersRemaining: number | null;
}

/** https://developer.ordergroove.com/reference/products-list */
export interface WireProduct {
  readonly externalProductId: string;
  readonly name: string | null;
  readonly price: string | null;
  readonly imageUrl: string | null;
  readonly autoshipEnabled: boolean | null;
  /** In stock. */
  readonly live: boolean | null;
  readonly discontinued: boolean | null;
  /** Names of its groups of type `eligibility`. */
  readonly eligibilityGroups: readonly string[];
}

export function decodeOrder(value: unknown): WireOrder {
  const fields = fieldsOf(value, 'an order');
  return {
    publicId: text(fields, 'public_id'),
    customer: optionalText(fields, 'customer'),
    payment: optionalText(fields, 'payment'),
    shippingAddress: optionalText(fields, 'shipping_address'),
    status: integer(fields, 'status'),
    locked: optionalBoolean(fields, 'locked'),
    place: optionalText(fields, 'place'),
    currencyCode: optionalText(fields, 'currency_code'),
    subTotal: optionalDecimal(fields, 'sub_total'),
    discountTotal: optionalDecimal(fields, 'discount_total'),
    taxTotal: optionalDecimal(fields, 'tax_total'),
    shippingTotal: optionalDecimal(fields, 'shipping_total'),
    total: optionalDecimal(fields, 'total'),
    mergedInto: optionalText(objectIn(fields, 'extra_data'), 'merged_order_id'),
  };
}

export function decodeItem(value: unknown): WireItem {
  const fields = fieldsOf(value, 'an item');
  return {
    publicId: text(fields, 'public_id'),
    order: text(fields, 'order'),
    product: optionalText(fields, 'product'),
    subscription: optionalText(fields, 'subscription'),
    quantity: integer(fields, 'quantity'),
    price: optionalDecimal(fields, 'price'),
    totalPrice: optionalDecimal(fields, 'total_price'),
    oneTime: optionalBoolean(fields, 'one_time'),
  };
}

export function decodeSubscription(value: unknown): WireSubscription {
  const fields = fieldsOf(value, 'a subscription');
  return {
    publicId: text(fields, 'public_id'),
    customer: optionalText(fields, 'customer'),
    product: optionalText(fields, 'product'),
    quantity: integer(fields, 'quantity'),
    price: optionalDecimal(fields, 'price'),
    currencyCode: optionalText(fields, 'currency_code'),
    every: optionalInteger(fields, 'every'),
    everyPeriod: optionalInteger(fields, 'every_period'),
    startDate: optionalText(fields, 'start_date'),
    live: optionalBoolean(fields, 'live'),
    cancelled: optionalText(fields, 'cancelled'),
    prepaidOrdersRemaining: optionalInteger(
      objectIn(fields, 'prepaid_subscription_context'),
      'prepaid_orders_remaining',
    ),
  };
}

export function decodeProduct(value: unknown): WireProduct {
  const fields = fieldsOf(value, 'a product');
  return {
    externalProductId: text(fields, 'external_product_id'),
    name: optionalText(fields, 'name'),
    price: optionalDecimal(fields, 'price'),
    imageUrl: optionalText(fields, 'image_url'),
    autoshipEnabled: optionalBoolean(fields, 'autoship_enabled'),
    live: optionalBoolean(fields, 'live'),
    discontinued: optionalBoolean(fields, 'discontinued'),
    eligibilityGroups: listOf(fields, 'groups')
      .filter(isFields)
      .filter((group) => group['group_type'] === 'eligibility')
      .flatMap((group) => optionalText(group, 'name') ?? []),
  };
}

/** A field that holds an object, its JSON text, `""` or nothing. */
function objectIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (typeof value !== 'string') return isFields(value) ? value : {};
  const parsed = readJson(value);
  return parsed.ok && isFields(parsed.value) ? parsed.value : {};
}
