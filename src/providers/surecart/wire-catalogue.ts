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
  adHoc: optionalBoolean(fields, 'ad_hoc'),
  /** Null for a price that does not recur: nothing else tells. */
  interval: recurring(optionalText(fields, 'recurring_interval')),
  intervalCount: optionalInteger(fields, 'recurring_interval_count') ?? 1,
  trialDays: optionalInteger(fields, 'trial_duration_days') ?? 0,
}));

export type WirePrice = Infer<typeof decodePrice>;

/** https://developer.surecart.com/api-reference/upsells/create */
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
