import {
  type Infer,
  integer,
  objectIn,
  optionalBoolean,
  optionalText,
  record,
  statusText,
  text,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { decodePrice } from './wire-catalogue.js';
import { expandedIn, idIn, requiredId, timeIn } from './wire-fields.js';

/** Key of our note in a subscription's `metadata`. */
export const CONVERTED_LINE = 'converted_line_item';

/** https://developer.surecart.com/api-reference/subscriptions/create; its interval is its price's. */
export const decodeSubscription = record('a subscription', (fields) => ({
  id: text(fields, 'id'),
  status: statusText(fields, 'status'),
  customerId: idIn(fields, 'customer'),
  priceId: requiredId(fields, 'price'),
  price: expandedIn(fields, 'price', decodePrice),
  variantId: idIn(fields, 'variant'),
  quantity: integer(fields, 'quantity'),
  currency: optionalText(fields, 'currency'),
  /** What recurs, of all units. */
  subtotal: minorIn(fields, 'subtotal_amount'),
  liveMode: optionalBoolean(fields, 'live_mode'),
  restoreAt: timeIn(fields, 'restore_at'),
  createdAt: timeIn(fields, 'created_at'),
  /** The line of an order it was made from by this layer. */
  convertedLine: optionalText(objectIn(fields, 'metadata'), CONVERTED_LINE),
}));

export type WireSubscription = Infer<typeof decodeSubscription>;

/** https://developer.surecart.com/api-reference/purchases/list */
export const decodePurchase = record('a purchase', (fields) => ({
  id: text(fields, 'id'),
  priceId: idIn(fields, 'price'),
  variantId: idIn(fields, 'variant'),
  subscriptionId: idIn(fields, 'subscription'),
  quantity: integer(fields, 'quantity'),
  revoked: optionalBoolean(fields, 'revoked') ?? false,
}));
