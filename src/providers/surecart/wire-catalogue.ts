import {
  contractDrift,
  type Infer,
  type JsonObject,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  record,
  requireReadable,
  text,
} from '../kit/decode.js';
import { minorIn } from './money.js';
import { expandedIn, idIn, requiredId } from './wire-fields.js';

const decodeProduct = record('a product', (fields) => ({
  id: text(fields, 'id'),
  name: optionalText(fields, 'name'),
  imageUrl: optionalText(fields, 'image_url'),
}));

export const decodePrice = record('a price', (fields) => ({
  id: text(fields, 'id'),
  name: optionalText(fields, 'name'),
  productId: idIn(fields, 'product'),
  /** Null while it is not expanded. */
  product: expandedIn(fields, 'product', decodeProduct),
  amount: minorIn(fields, 'amount'),
  currency: optionalText(fields, 'currency'),
  archived: requireReadable(fields, 'archived', optionalBoolean),
  /** To strike through. */
  scratch: minorIn(fields, 'scratch_amount'),
  /** The buyer chooses the amount. */
  adHoc: requireReadable(fields, 'ad_hoc', optionalBoolean),
  /** Null for a price that does not recur. */
  interval: intervalIn(fields),
  intervalCount: optionalInteger(fields, 'recurring_interval_count'),
  /** Payments after which it is complete; null: until cancelled. */
  periodCount: requireReadable(fields, 'recurring_period_count', optionalInteger),
  /** Another price for renewals. */
  renewalPriceId: idIn(fields, 'renewal_price'),
  trialDays: requireReadable(fields, 'trial_duration_days', optionalInteger) ?? 0,
  setupFeeEnabled: requireReadable(fields, 'setup_fee_enabled', optionalBoolean),
  setupFee: minorIn(fields, 'setup_fee_amount'),
}));

export type WirePrice = Infer<typeof decodePrice>;

/** Decodes an upsell. See https://developer.surecart.com/api-reference/upsells/create */
export const decodeUpsell = record('an upsell', (fields) => ({
  id: text(fields, 'id'),
  priceId: requiredId(fields, 'price'),
  price: expandedIn(fields, 'price', decodePrice),
  amountOff: minorIn(fields, 'amount_off'),
  percentOff: optionalDecimal(fields, 'percent_off'),
  description: optionalText(fields, 'fee_description'),
  step: optionalText(fields, 'step'),
  replacesLines: replacesLines(requireReadable(fields, 'replacement_behavior', optionalText)),
}));

export type WireUpsell = Infer<typeof decodeUpsell>;

/** Reads in what a price recurs. Nothing else tells, so that a price without the field says neither. */
function intervalIn(fields: JsonObject): string | null {
  if (fields['recurring_interval'] === undefined) throw contractDrift('`recurring_interval`');
  const interval = requireReadable(fields, 'recurring_interval', optionalText);
  return interval === 'never' ? null : interval;
}

/** Whether accepting an upsell replaces every line of the checkout; null for a word that is not documented. */
function replacesLines(behavior: string | null): boolean | null {
  if (behavior === null || behavior === 'none') return false;
  return behavior === 'all' ? true : null;
}
