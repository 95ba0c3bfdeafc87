import {
  type Infer,
  integer,
  isJsonObject,
  type JsonObject,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  readableList,
  record,
  requireReadable,
  text,
  units,
} from '../kit/decode.js';
import { readJson } from '../kit/json.js';

export type WireOrder = Infer<typeof decodeOrder>;

/** Decodes an order. See https://developer.ordergroove.com/reference/orders-list */
export const decodeOrder = record('an order', (order) => ({
  publicId: text(order, 'public_id'),
  customer: optionalText(order, 'customer'),
  payment: optionalText(order, 'payment'),
  shippingAddress: optionalText(order, 'shipping_address'),
  status: integer(order, 'status'),
  locked: optionalBoolean(order, 'locked'),
  place: optionalText(order, 'place'),
  /** Once it was placed. */
  merchantNumber: optionalText(order, 'order_merchant_id'),
  currencyCode: requireReadable(order, 'currency_code', optionalText),
  subTotal: optionalDecimal(order, 'sub_total'),
  discountTotal: optionalDecimal(order, 'discount_total'),
  taxTotal: optionalDecimal(order, 'tax_total'),
  shippingTotal: optionalDecimal(order, 'shipping_total'),
  total: optionalDecimal(order, 'total'),
  /** When it was last changed; absent in some answers. */
  updated: optionalText(order, 'updated'),
  /** Of a merged order: the one that goes on. */
  mergedInto: optionalText(optionalObject(order, 'extra_data') ?? {}, 'merged_order_id'),
}));

export type WireItem = Infer<typeof decodeItem>;

/** Decodes an item. See https://developer.ordergroove.com/reference/items-list */
export const decodeItem = record('an item', (item) => ({
  publicId: text(item, 'public_id'),
  order: text(item, 'order'),
  /** May be empty on some upcoming subscription items. */
  product: requireReadable(item, 'product', optionalText),
  subscription: requireReadable(item, 'subscription', optionalText),
  quantity: units(item, 'quantity'),
  /** Of one unit, before discounts. */
  price: optionalDecimal(item, 'price'),
  /** Of the line, after discounts. */
  totalPrice: optionalDecimal(item, 'total_price'),
  oneTime: requireReadable(item, 'one_time', optionalBoolean),
}));

export type WireSubscription = Infer<typeof decodeSubscription>;

/** Decodes a subscription. See https://developer.ordergroove.com/reference/subscriptions-list */
export const decodeSubscription = record('a subscription', (subscription) => ({
  publicId: text(subscription, 'public_id'),
  customer: optionalText(subscription, 'customer'),
  product: optionalText(subscription, 'product'),
  quantity: units(subscription, 'quantity'),
  price: optionalDecimal(subscription, 'price'),
  currencyCode: requireReadable(subscription, 'currency_code', optionalText),
  every: optionalInteger(subscription, 'every'),
  everyPeriod: optionalInteger(subscription, 'every_period'),
  startDate: optionalText(subscription, 'start_date'),
  live: optionalBoolean(subscription, 'live'),
  cancelled: requireReadable(subscription, 'cancelled', optionalText),
  ...prepaidIn(requireReadable(subscription, 'prepaid_subscription_context', optionalObject) ?? {}),
}));

export type WireProduct = Infer<typeof decodeProduct>;

/** Decodes a product. See https://developer.ordergroove.com/reference/products-list */
export const decodeProduct = record('a product', (product) => ({
  externalProductId: text(product, 'external_product_id'),
  name: optionalText(product, 'name'),
  price: optionalDecimal(product, 'price'),
  imageUrl: optionalText(product, 'image_url'),
  autoshipEnabled: requireReadable(product, 'autoship_enabled', optionalBoolean),
  /** In stock. */
  live: requireReadable(product, 'live', optionalBoolean),
  discontinued: requireReadable(product, 'discontinued', optionalBoolean),
  /** Names of its groups of type `eligibility`. */
  eligibilityGroups: readableList(product, 'groups')
    .filter(isJsonObject)
    .filter((group) => group['group_type'] === 'eligibility')
    .flatMap((group) => optionalText(group, 'name') ?? []),
}));

function prepaidIn(context: JsonObject) {
  return {
    prepaidOrdersRemaining: requireReadable(context, 'prepaid_orders_remaining', optionalInteger),
    /** Deliveries of one payment. */
    prepaidOrdersPerBilling: requireReadable(context, 'prepaid_orders_per_billing', optionalInteger),
    /** `autorenew`, `cancel` or `downgrade`. */
    renewalBehavior: requireReadable(context, 'renewal_behavior', optionalText),
  };
}

/** Reads an object, or the JSON text of one; null for anything else. */
function optionalObject(fields: JsonObject, name: string): JsonObject | null {
  const value = fields[name];
  if (typeof value !== 'string') return isJsonObject(value) ? value : null;
  const parsed = readJson(value);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}
