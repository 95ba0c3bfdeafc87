import {
  contractDrift,
  type Infer,
  isJsonObject,
  type JsonObject,
  listOf,
  optionalBoolean,
  optionalText,
  record,
  requireObject,
  requireReadable,
  statusText,
  text,
  units,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { decodePrice, decodeUpsell } from './wire-catalogue.js';
import { expandedIn, expandedListIn, idIn, requiredId, timeIn } from './wire-fields.js';
import { decodeSubscription } from './wire-subscriptions.js';

/**
 * Decodes a line, which has no currency of its own. See https://developer.surecart.com/api-reference/line-items/upsell
 */
export const decodeLine = record('a line item', (fields) => ({
  /** Null on a preview. */
  id: optionalText(fields, 'id'),
  checkoutId: idIn(fields, 'checkout'),
  priceId: requiredId(fields, 'price'),
  price: expandedIn(fields, 'price', decodePrice),
  variantId: idIn(fields, 'variant'),
  variantOptions: textsIn(fields, 'variant_options'),
  upsellId: idIn(fields, 'upsell'),
  /** Set on a component of a bundle, whose money the bundle's own line has. */
  bundleLineId: idIn(fields, 'bundle_line_item'),
  quantity: units(fields, 'quantity'),
  subtotal: minorIn(fields, 'subtotal_amount'),
  /** All fees together, reductions negative. */
  fees: minorIn(fields, 'fees_amount'),
  /** Each fee, when expanded. */
  eachFee: feesIn(fields),
  discount: minorIn(fields, 'discount_amount'),
  tax: minorIn(fields, 'tax_amount'),
  total: minorIn(fields, 'total_amount'),
  scratch: minorIn(fields, 'scratch_amount'),
  trial: minorIn(fields, 'trial_amount'),
  locked: optionalBoolean(fields, 'locked'),
  stockHeld: optionalBoolean(fields, 'stock_held'),
  purchasableStatus: optionalText(fields, 'purchasable_status'),
  createdAt: timeIn(fields, 'created_at'),
}));

export type WireLine = Infer<typeof decodeLine>;

/** Decodes a line that was saved, which has an identifier. */
export const decodeStoredLine = record('a line item', (fields) => ({ ...decodeLine(fields), id: text(fields, 'id') }));

export type StoredLine = Infer<typeof decodeStoredLine>;

/** Decodes a checkout. See https://developer.surecart.com/api-reference/checkouts/list */
export const decodeCheckout = record('a checkout', (fields) => ({
  id: text(fields, 'id'),
  currency: optionalText(fields, 'currency'),
  taxEnabled: optionalBoolean(fields, 'tax_enabled'),
  taxBehavior: optionalText(fields, 'tax_behavior'),
  customerId: idIn(fields, 'customer'),
  paidAt: timeIn(fields, 'paid_at'),
  upsellsExpireAt: timeIn(fields, 'upsells_expire_at'),
  currentUpsell: expandedIn(fields, 'current_upsell', decodeUpsell),
  paymentMethodId: idIn(fields, 'payment_method'),
  manualPaymentMethodId: idIn(fields, 'manual_payment_method'),
  /** Null when the answer has none although they were asked for. */
  lines: expandedListIn(fields, 'line_items', decodeStoredLine),
  subscriptions: expandedListIn(fields, 'subscriptions', decodeSubscription),
  subtotal: minorIn(fields, 'subtotal_amount'),
  discount: minorIn(fields, 'discount_amount'),
  tax: minorIn(fields, 'tax_amount'),
  shipping: [
    minorIn(fields, 'shipping_amount'),
    minorIn(fields, 'shipping_tax_amount'),
    minorIn(fields, 'shipping_fees_amount'),
  ],
  checkoutFees: minorIn(fields, 'checkout_fees_amount'),
  total: minorIn(fields, 'total_amount'),
}));

export type WireCheckout = Infer<typeof decodeCheckout>;

/**
 * Decodes an order, whose money, customer and lines are its checkout's.
 * See https://developer.surecart.com/api-reference/orders/list
 */
export const decodeOrder = record('an order', (fields) => ({
  id: text(fields, 'id'),
  number: optionalText(fields, 'number'),
  status: statusText(fields, 'status'),
  orderType: requireReadable(fields, 'order_type', optionalText),
  liveMode: requireReadable(fields, 'live_mode', optionalBoolean),
  createdAt: timeIn(fields, 'created_at'),
  checkout: checkoutIn(fields),
}));

export type WireOrder = Infer<typeof decodeOrder>;

function checkoutIn({ checkout }: JsonObject): WireCheckout {
  if (!isJsonObject(checkout)) throw contractDrift('`checkout`');
  return decodeCheckout(checkout);
}

function textsIn(fields: JsonObject, name: string): readonly string[] {
  return listOf(fields, name).filter((each) => typeof each === 'string');
}

function feesIn(fields: JsonObject): readonly (bigint | null)[] | null {
  const fees = expandedListIn(fields, 'fees', (fee) => minorIn(requireObject(fee, 'a fee'), 'amount'));
  return fees?.isWhole === true ? fees.records : null;
}
