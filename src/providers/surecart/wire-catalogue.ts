import {
  type Infer,
  optionalBoolean,
  optionalDecimal,
  optionalInteger,
  optionalText,
  record,
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
  archived: optionalBoolean(fields, 'archived'),
  /** To strike through. */
  scratch: minorIn(fields, 'scratch_amount'),
  /** The buyer chooses the amount. */
  adHoc: optionalBoolean(fields, 'ad_hoc'),
  /** Null for a price that does not recur: nothing else tells. */
  interval: recurring(optionalText(fields, 'recurring_interval')),
  intervalCount: optionalInteger(fields, 'recurring_interval_count') ?? 1,
  /** Payments after which it is complete; null: until cancelled. */
  periodCount: optionalInteger(fields, 'recurring_period_count'),
  /** Another price for renewals. */
  renewalPriceId: idIn(fields, 'renewal_price'),
  trialDays: optionalInteger(fields, 'trial_duration_days') ?? 0,
  setupFeeEnabled: optionalBoolean(fields, 'setup_fee_enabled'),
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
  /** Accepting it replaces every line of the checkout. */
  replacesLines: optionalText(fields, 'replacement_behavior') === 'all',
}));

export type WireUpsell = Infer<typeof decodeUpsell>;

function recurring(interval: string | null): string | null {
  return interval === 'never' ? null : interval;
}
