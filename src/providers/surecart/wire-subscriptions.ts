import {
  type Infer,
  isAbsent,
  type JsonObject,
  objectIn,
  optionalBoolean,
  optionalInteger,
  optionalText,
  record,
  requireObject,
  requireReadable,
  statusText,
  text,
  units,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { decodePrice } from './wire-catalogue.js';
import { expandedIn, idIn, requiredId, timeIn } from './wire-fields.js';

/** Key of our note in a subscription's `metadata`. */
export const CONVERTED_LINE = 'converted_line_item';

/** Decodes a period. See https://developer.surecart.com/api-reference/periods/list */
const decodePeriod = record('a period', (fields) => ({ nextRetryAt: timeIn(fields, 'next_payment_retry_at') }));

/**
 * Decodes a subscription, whose interval is its price's.
 * See https://developer.surecart.com/api-reference/subscriptions/create
 */
export const decodeSubscription = record('a subscription', (fields) => ({
  id: text(fields, 'id'),
  status: statusText(fields, 'status'),
  customerId: idIn(fields, 'customer'),
  priceId: requiredId(fields, 'price'),
  price: expandedIn(fields, 'price', decodePrice),
  variantId: idIn(fields, 'variant'),
  quantity: units(fields, 'quantity'),
  currency: optionalText(fields, 'currency'),
  /** What recurs, of all units. */
  subtotal: minorIn(fields, 'subtotal_amount'),
  liveMode: requireReadable(fields, 'live_mode', optionalBoolean),
  taxEnabled: optionalBoolean(fields, 'tax_enabled'),
  restoreAt: timeIn(fields, 'restore_at'),
  cancelsAtPeriodEnd: requireReadable(fields, 'cancel_at_period_end', optionalBoolean),
  periodEndsAt: timeIn(fields, 'current_period_end_at'),
  period: expandedIn(fields, 'current_period', decodePeriod),
  endedAt: timeIn(fields, 'ended_at'),
  finite: requireReadable(fields, 'finite', optionalBoolean),
  /** Of a finite one. */
  periodsLeft: requireReadable(fields, 'remaining_period_count', optionalInteger),
  /** Names of what changes with the next payment. */
  pendingFields: pendingFieldsIn(fields),
  createdAt: timeIn(fields, 'created_at'),
  /** The line of an order it was made from by this layer. */
  convertedLine: optionalText(objectIn(fields, 'metadata'), CONVERTED_LINE),
}));

/** Returns the names of pending fields. There are none in `{}`, and a key without a value changes nothing. */
function pendingFieldsIn({ pending_update: pending }: JsonObject): readonly string[] {
  if (isAbsent(pending)) return [];
  const fields = requireObject(pending, 'a readable `pending_update`');
  return Object.keys(fields).filter((name) => fields[name] !== null && fields[name] !== undefined);
}

export type WireSubscription = Infer<typeof decodeSubscription>;

/** Decodes a purchase. See https://developer.surecart.com/api-reference/purchases/list */
export const decodePurchase = record('a purchase', (fields) => ({
  id: text(fields, 'id'),
  priceId: idIn(fields, 'price'),
  variantId: idIn(fields, 'variant'),
  subscriptionId: idIn(fields, 'subscription'),
  quantity: units(fields, 'quantity'),
  revoked: optionalBoolean(fields, 'revoked') ?? false,
}));
