import {
  requireObject,
  integer,
  isJsonObject,
  optionalBoolean,
  optionalText,
  text,
  statusText,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { decodePrice, type WirePrice } from './wire-catalogue.js';
import { idIn, neededId, objectIn, timeIn } from './wire-fields.js';

/** https://developer.surecart.com/api-reference/subscriptions/create; its interval is its price's. */
export interface WireSubscription {
  readonly id: string;
  readonly status: string;
  readonly customerId: string | null;
  readonly priceId: string;
  readonly price: WirePrice | null;
  readonly variantId: string | null;
  readonly quantity: number;
  readonly currency: string | null;
  /** What recurs, of all units. */
  readonly subtotal: bigint | null;
  readonly liveMode: boolean | null;
  readonly restoreAt: Date | null;
  readonly createdAt: Date | null;
  /** The line of an order it was made from by this layer. */
  readonly convertedLine: string | null;
}

/** https://developer.surecart.com/api-reference/purchases/list */
export interface WirePurchase {
  readonly id: string;
  readonly priceId: string | null;
  readonly variantId: string | null;
  readonly subscriptionId: string | null;
  readonly quantity: number;
  readonly revoked: boolean;
}

/** Key of our note in a subscription's `metadata`. */
export const CONVERTED_LINE = 'converted_line_item';

export function decodeSubscription(value: unknown): WireSubscription {
  const fields = requireObject(value, 'a subscription');
  const metadata = fields['metadata'];
  return {
    id: text(fields, 'id'),
    status: statusText(fields, 'status'),
    customerId: idIn(fields, 'customer'),
    priceId: neededId(fields, 'price'),
    price: objectIn(fields, 'price', decodePrice),
    variantId: idIn(fields, 'variant'),
    quantity: integer(fields, 'quantity'),
    currency: optionalText(fields, 'currency'),
    subtotal: minorIn(fields, 'subtotal_amount'),
    liveMode: optionalBoolean(fields, 'live_mode'),
    restoreAt: timeIn(fields, 'restore_at'),
    createdAt: timeIn(fields, 'created_at'),
    convertedLine: isJsonObject(metadata) ? optionalText(metadata, CONVERTED_LINE) : null,
  };
}

export function decodePurchase(value: unknown): WirePurchase {
  const fields = requireObject(value, 'a purchase');
  return {
    id: text(fields, 'id'),
    priceId: idIn(fields, 'price'),
    variantId: idIn(fields, 'variant'),
    subscriptionId: idIn(fields, 'subscription'),
    quantity: integer(fields, 'quantity'),
    revoked: optionalBoolean(fields, 'revoked') ?? false,
  };
}
