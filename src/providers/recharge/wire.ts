import {
  type Decoded,
  decodeEach,
  type Infer,
  integer,
  isJsonObject,
  type JsonObject,
  listOf,
  objectIn,
  optionalDecimal,
  optionalInteger,
  optionalStatusText,
  optionalText,
  record,
  recordProblem,
  requireList,
  statusText,
} from '../kit/decode.js';
import {
  day,
  externalId,
  flag,
  id,
  imageIn,
  optionalDay,
  optionalId,
  propertiesIn,
  variantTitleIn,
} from './wire-values.js';

/** Decodes a line, which has no id of its own: the purchase item identifies it on its charge. */
const decodeLine = record('a line of a charge', (fields) => ({
  /** Null for a gift. */
  itemId: isGift(fields) ? optionalId(fields, 'purchase_item_id') : id(fields, 'purchase_item_id'),
  type: optionalStatusText(fields, 'purchase_item_type'),
  productId: externalId(fields, 'external_product_id'),
  variantId: externalId(fields, 'external_variant_id'),
  title: optionalText(fields, 'title'),
  variantTitle: variantTitleIn(fields),
  handle: optionalText(fields, 'handle'),
  imageUrl: imageIn(objectIn(fields, 'images')),
  quantity: integer(fields, 'quantity'),
  unitPrice: optionalDecimal(fields, 'unit_price'),
  unitPriceIncludesTax: flag(fields, 'unit_price_includes_tax'),
  /** With its tax. */
  total: optionalDecimal(fields, 'total_price'),
  tax: optionalDecimal(fields, 'tax_due'),
  properties: propertiesIn(fields),
  isGift: isGift(fields),
}));

export type WireLine = Infer<typeof decodeLine>;

function isGift({ offer_attributes: attributes }: JsonObject): boolean {
  return isJsonObject(attributes) && attributes['type'] === 'free_gift';
}

const decodeShipping = record('a shipping line', (fields) => ({ price: optionalDecimal(fields, 'price') }));

/** Decodes a charge. See https://docs.getrecharge.com/docs/charges */
export const decodeCharge = record('a charge', (fields) => ({
  id: id(fields, 'id'),
  addressId: id(fields, 'address_id'),
  /** Stated here and nowhere else. */
  customerId: id(objectIn(fields, 'customer'), 'id'),
  status: statusText(fields, 'status'),
  day: day(fields, 'scheduled_at'),
  /** A rebuild is due: what is shown is older than the last write. Two spellings are documented; null when unstated. */
  isRebuilding: flag(fields, 'has_uncommitted_changes') ?? flag(fields, 'has_uncommited_changes'),
  currency: optionalText(fields, 'currency'),
  lines: linesIn(fields),
  linesTotal: optionalDecimal(fields, 'total_line_items_price'),
  discount: optionalDecimal(fields, 'total_discounts'),
  tax: optionalDecimal(fields, 'total_tax'),
  taxesIncluded: flag(fields, 'taxes_included'),
  duties: optionalDecimal(fields, 'total_duties'),
  total: optionalDecimal(fields, 'total_price'),
  shipping: decodeEach(listOf(fields, 'shipping_lines'), decodeShipping, 'code'),
  hasDiscounts: listOf(fields, 'discounts').length > 0,
}));

export type WireCharge = Infer<typeof decodeCharge>;

/** Decodes the lines of a charge. A charge whose lines cannot be read is an order still. */
function linesIn(fields: JsonObject): Decoded<WireLine> {
  try {
    return decodeEach(requireList(fields, 'line_items'), decodeLine, 'purchase_item_id');
  } catch (error) {
    return { records: [], problem: recordProblem(error) };
  }
}

/** Decodes a one-time item. See https://docs.getrecharge.com/docs/onetimes */
export const decodeOnetime = record('a one-time item', (fields) => ({
  id: id(fields, 'id'),
  addressId: id(fields, 'address_id'),
  variantId: externalId(fields, 'external_variant_id'),
  /** Null once it was charged. */
  day: optionalDay(fields, 'next_charge_scheduled_at'),
  quantity: integer(fields, 'quantity'),
  isCancelled: flag(fields, 'is_cancelled') === true,
  properties: propertiesIn(fields),
}));

export type WireOnetime = Infer<typeof decodeOnetime>;

/** Decodes a subscription. See https://docs.getrecharge.com/docs/subscriptions */
export const decodeSubscription = record('a subscription', (fields) => ({
  id: id(fields, 'id'),
  addressId: optionalId(fields, 'address_id'),
  customerId: optionalId(fields, 'customer_id'),
  status: statusText(fields, 'status'),
  orderEvery: optionalInteger(fields, 'order_interval_frequency'),
  chargeEvery: optionalInteger(fields, 'charge_interval_frequency'),
  unit: optionalText(fields, 'order_interval_unit'),
  day: optionalDay(fields, 'next_charge_scheduled_at'),
  price: optionalDecimal(fields, 'price'),
  currency: optionalText(fields, 'presentment_currency'),
  quantity: integer(fields, 'quantity'),
  productId: externalId(fields, 'external_product_id'),
  variantId: externalId(fields, 'external_variant_id'),
  maxCharges: optionalInteger(fields, 'expire_after_specific_number_of_charges'),
  isGivenUp: flag(fields, 'max_retries_reached') === true,
  properties: propertiesIn(fields),
}));

export type WireSubscription = Infer<typeof decodeSubscription>;
