import { requireObject, optionalBoolean, optionalDecimal, optionalInteger, optionalText, text } from '../kit/decode.js';
import { minorIn } from './money.js';
import { idIn, neededId, objectIn } from './wire-fields.js';

export interface WireProduct {
  readonly id: string;
  readonly name: string | null;
  readonly imageUrl: string | null;
}

export interface WirePrice {
  readonly id: string;
  readonly name: string | null;
  readonly productId: string | null;
  /** Null while it is not expanded. */
  readonly product: WireProduct | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly archived: boolean | null;
  readonly adHoc: boolean | null;
  /** Null for a price that does not recur: nothing else tells. */
  readonly interval: string | null;
  readonly intervalCount: number;
  readonly trialDays: number;
}

/** https://developer.surecart.com/api-reference/upsells/create */
export interface WireUpsell {
  readonly id: string;
  readonly priceId: string;
  readonly price: WirePrice | null;
  readonly amountOff: bigint | null;
  readonly percentOff: string | null;
  readonly description: string | null;
  readonly step: string | null;
  /** Accepting it replaces every line of the checkout. */
  readonly replacesLines: boolean;
}

export function decodeProduct(value: unknown): WireProduct {
  const fields = requireObject(value, 'a product');
  return { id: text(fields, 'id'), name: optionalText(fields, 'name'), imageUrl: optionalText(fields, 'image_url') };
}

export function decodePrice(value: unknown): WirePrice {
  const fields = requireObject(value, 'a price');
  return {
    id: text(fields, 'id'),
    name: optionalText(fields, 'name'),
    productId: idIn(fields, 'product'),
    product: objectIn(fields, 'product', decodeProduct),
    amount: minorIn(fields, 'amount'),
    currency: optionalText(fields, 'currency'),
    archived: optionalBoolean(fields, 'archived'),
    adHoc: optionalBoolean(fields, 'ad_hoc'),
    interval: recurring(optionalText(fields, 'recurring_interval')),
    intervalCount: optionalInteger(fields, 'recurring_interval_count') ?? 1,
    trialDays: optionalInteger(fields, 'trial_duration_days') ?? 0,
  };
}

export function decodeUpsell(value: unknown): WireUpsell {
  const fields = requireObject(value, 'an upsell');
  return {
    id: text(fields, 'id'),
    priceId: neededId(fields, 'price'),
    price: objectIn(fields, 'price', decodePrice),
    amountOff: minorIn(fields, 'amount_off'),
    percentOff: optionalDecimal(fields, 'percent_off'),
    description: optionalText(fields, 'fee_description'),
    step: optionalText(fields, 'step'),
    replacesLines: optionalText(fields, 'replacement_behavior') === 'all',
  };
}

function recurring(interval: string | null): string | null {
  return interval === 'never' ? null : interval;
}
