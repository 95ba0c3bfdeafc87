import {
  type Decoded,
  decodeEach,
  type Infer,
  isAbsent,
  isJsonObject,
  type JsonObject,
  listOf,
  objectIn,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalStatusText,
  optionalText,
  record,
  recordProblem,
  requireList,
  requireReadable,
  statusText,
  units,
} from '../kit/decode.js';
import {
  day,
  externalId,
  id,
  imageIn,
  optionalDay,
  optionalId,
  optionalStamp,
  propertiesIn,
  variantTitleIn,
} from './wire-values.js';

/** Decodes a line, which has no id of its own: the purchase item identifies it on its charge. */
const decodeLine = record('a line of a charge', (fields) => ({
  /** Null for a gift. */
  itemId: isGift(fields) ? optionalId(fields, 'purchase_item_id') : id(fields, 'purchase_item_id'),
  type: requireReadable(fields, 'purchase_item_type', optionalStatusText),
  productId: externalId(fields, 'external_product_id'),
  variantId: externalId(fields, 'external_variant_id'),
  title: optionalText(fields, 'title'),
  variantTitle: variantTitleIn(fields),
  handle: optionalText(fields, 'handle'),
  imageUrl: imageIn(objectIn(fields, 'images')),
  quantity: units(fields, 'quantity'),
  unitPrice: optionalDecimal(fields, 'unit_price'),
  unitPriceIncludesTax: optionalBoolean(fields, 'unit_price_includes_tax'),
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

const decodeShipping = record('a shipping line', (fields) => ({
  price: optionalDecimal(fields, 'price'),
  /** The rate was not fetched yet. */
  isPending: [optionalText(fields, 'status'), optionalText(fields, 'code')].some((word) => /pending/i.test(word ?? '')),
}));

/** Decodes a charge. See https://docs.getrecharge.com/docs/charges */
export const decodeCharge = record('a charge', (fields) => ({
  id: id(fields, 'id'),
  addressId: id(fields, 'address_id'),
  /** Stated here and nowhere else. */
  customerId: id(objectIn(fields, 'customer'), 'id'),
  status: statusText(fields, 'status'),
  day: day(fields, 'scheduled_at'),
  /** A rebuild is due: what is shown is older than the last write. Null when unstated. */
  isRebuilding: isRebuilding(fields),
  currency: requireReadable(fields, 'currency', optionalText),
  lines: linesIn(fields),
  linesTotal: optionalDecimal(fields, 'total_line_items_price'),
  discount: optionalDecimal(fields, 'total_discounts'),
  tax: optionalDecimal(fields, 'total_tax'),
  taxesIncluded: optionalBoolean(fields, 'taxes_included'),
  duties: optionalDecimal(fields, 'total_duties'),
  total: optionalDecimal(fields, 'total_price'),
  shipping: decodeEach(listOf(fields, 'shipping_lines'), decodeShipping, 'code'),
  hasDiscounts: listOf(fields, 'discounts').length > 0,
  /** Of a failed one: when it is tried again. */
  retryAt: optionalStamp(fields, 'retry_date'),
}));

export type WireCharge = Infer<typeof decodeCharge>;

/** Two spellings are documented. What cannot be read may say that a rebuild is due. */
function isRebuilding(fields: JsonObject): boolean | null {
  const names = ['has_uncommitted_changes', 'has_uncommited_changes'];
  const name = names.find((each) => !isAbsent(fields[each]) || fields[each] === false);
  return name === undefined ? null : (optionalBoolean(fields, name) ?? true);
}

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
  quantity: units(fields, 'quantity'),
  isCancelled: optionalBoolean(fields, 'is_cancelled') === true,
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
  currency: requireReadable(fields, 'presentment_currency', optionalText),
  quantity: units(fields, 'quantity'),
  productId: externalId(fields, 'external_product_id'),
  variantId: externalId(fields, 'external_variant_id'),
  maxCharges: optionalInteger(fields, 'expire_after_specific_number_of_charges'),
  isPrepaid: requireReadable(fields, 'is_prepaid', optionalBoolean),
  isGivenUp: requireReadable(fields, 'max_retries_reached', optionalBoolean) === true,
  properties: propertiesIn(fields),
}));

export type WireSubscription = Infer<typeof decodeSubscription>;
