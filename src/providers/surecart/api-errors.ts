import { type EligibilityReason, type EligibilityReasonCode, reason, type Remedy } from '../../domain/eligibility.js';
import type { PaymentFailureReason } from '../../domain/payment-failure.js';
import { isJsonObject, type JsonObject, objectIn, optionalLongInteger, optionalText } from '../kit/decode.js';
import { toMoney } from './money.js';

/** One error of an answer: https://developer.surecart.com/api-reference/errors */
export interface ApiError {
  /** `<object>.<attribute path>.<type>`. */
  readonly code: string;
  readonly type: string;
  /** What of the sent record is refused; null for an error that names nothing. */
  readonly attribute: string | null;
  readonly options: JsonObject;
}

/** Reads all errors of an answer, the nested ones first: the outer one only sums them up. */
export function errorsIn(body: unknown): readonly ApiError[] {
  if (!isJsonObject(body)) return [];
  // A list for validation errors, `{}` or nothing for others.
  const nested = body['validation_errors'];
  return [...(Array.isArray(nested) ? nested : []), body].flatMap(toApiError);
}

function toApiError(value: unknown): readonly ApiError[] {
  if (!isJsonObject(value)) return [];
  const error = {
    code: optionalText(value, 'code') ?? '',
    type: optionalText(value, 'type') ?? '',
    attribute: optionalText(value, 'attribute'),
    options: objectIn(value, 'options'),
  };
  return error.code === '' && error.type === '' ? [] : [error];
}

/** A failed charge is documented as some 4xx only, so anything that speaks of paying is taken for one. */
const OF_PAYMENT = /(^|[._])(payment|charge|card|processor|finalize_error)/;

const METHOD: ReadonlySet<string> = new Set([
  'payment_method.invalid',
  'payment_intent.processor.blank',
  'subscription.payment_method.not_reusable',
]);

const PAYMENT_REQUIRED = 402;

/** Reads why paying failed. Null when that is not what went wrong. */
export function paymentFailureIn(errors: readonly ApiError[], httpStatus: number | null): PaymentFailureReason | null {
  const texts = errors.flatMap(({ code, type }) => [code, type]);
  if (!texts.some((text) => OF_PAYMENT.test(text))) return httpStatus === PAYMENT_REQUIRED ? 'UNKNOWN' : null;
  if (texts.some((text) => METHOD.has(text))) return 'METHOD_NOT_SUPPORTED';
  if (texts.some((text) => /requires_action|authentication_required/.test(text))) return 'CONFIRMATION_NEEDED';
  return texts.some((text) => /declined|insufficient|expired_card/.test(text)) ? 'DECLINED' : 'UNKNOWN';
}

interface Meaning {
  readonly code: EligibilityReasonCode;
  readonly message: string;
  readonly remedy?: Remedy;
}

const priceGone: Meaning = {
  code: 'PRICE_GONE',
  message: 'This offer is no longer sold.',
  remedy: 'CHOOSE_OTHER_PRODUCT',
};
const priceChanged: Meaning = {
  code: 'PRICE_CHANGED',
  message: 'The price of this offer has changed.',
  remedy: 'RETRY_LATER',
};
const outOfStock: Meaning = {
  code: 'OUT_OF_STOCK',
  message: 'This product is out of stock.',
  remedy: 'CHOOSE_OTHER_PRODUCT',
};
const aboveLimit: Meaning = {
  code: 'PURCHASE_LIMIT',
  message: 'This is more of the product than one order may have.',
  remedy: 'REDUCE_QUANTITY',
};
const variantRequired: Meaning = { code: 'VARIANT_REQUIRED', message: 'Choose one of the variants of this product.' };
const notForSale: Meaning = {
  code: 'PRODUCT_UNAVAILABLE',
  message: 'This product cannot be bought right now.',
  remedy: 'CHOOSE_OTHER_PRODUCT',
};
const notEligible = (message: string): Meaning => ({ code: 'PRODUCT_NOT_ELIGIBLE', message });

/** `purchasable_status`: https://developer.surecart.com/api-reference/line-items/upsell */
const byStatus: Readonly<Record<string, Meaning>> = {
  price_gone: priceGone,
  price_old_version: priceChanged,
  // Documented with the first spelling, handled with the second by the official client.
  variant_mising: variantRequired,
  variant_missing: variantRequired,
  variant_gone: { code: 'VARIANT_GONE', message: 'This variant is no longer sold.', remedy: 'CHOOSE_OTHER_PRODUCT' },
  variant_old_version: { code: 'VARIANT_CHANGED', message: 'This variant has changed.', remedy: 'RETRY_LATER' },
  out_of_stock: outOfStock,
  exceeds_purchase_limit: aboveLimit,
};

/** Codes the official client translates: https://wordpress.org/plugins/surecart/ */
const byCode: Readonly<Record<string, Meaning>> = {
  'line_item.upsell.expired': {
    code: 'WINDOW_CLOSED',
    message: 'The time for this offer is over.',
    remedy: 'PLACE_NEW_ORDER',
  },
  'line_item.upsell.already_applied': { code: 'ALREADY_TAKEN', message: 'This offer was already taken.' },
  'line_item.update_not_allowed': { code: 'LOCKED_LINE', message: 'This item can no longer be changed.' },
  'line_item.price.exceeds_purchase_limit': aboveLimit,
  'line_item.price.currency_mismatch': notEligible('This product is sold in another currency than the order.'),
  'line_item.ad_hoc_amount.outside_range': notEligible('The price of this product is chosen by the buyer.'),
  'checkout.line_items.old_price_versions': priceChanged,
  'checkout.product.out_of_stock': outOfStock,
  'checkout.price.unpurchasable': notForSale,
  'checkout.price.exceeds_purchase_limit': aboveLimit,
  'checkout.line_items.price.product_not_purchasable': notForSale,
  'subscription.product.one_time': { code: 'NO_SUBSCRIPTION_PLAN', message: 'This product cannot be subscribed to.' },
  'upsell.not_found': { code: 'NOT_OFFERED', message: 'This offer no longer exists.', remedy: 'CHOOSE_OTHER_PRODUCT' },
  'price.not_found': priceGone,
  'variant.not_found': { code: 'VARIANT_GONE', message: 'There is no such variant.', remedy: 'CHOOSE_OTHER_PRODUCT' },
};

/** Told by type, whatever the object. */
const BELOW_MINIMUM = 'less_than_currency_minimum';

function belowMinimum(options: JsonObject): EligibilityReason {
  const minor = optionalLongInteger(options, 'minimum_amount');
  const least = minor === null ? null : toMoney(BigInt(minor), optionalText(options, 'currency'));
  const message = 'The amount is smaller than can be charged';
  return toReason(
    notEligible(least === null ? `${message}.` : `${message}: ${least.toString()} at least.`),
    least === null ? `type = ${BELOW_MINIMUM}` : `minimum_amount = ${least.amountMinor}`,
  );
}

/** Reads the reasons that errors state. Empty when none of them is known. */
export function reasonsOf(errors: readonly ApiError[]): readonly EligibilityReason[] {
  const reasons = errors.flatMap(reasonsOfOne);
  return reasons.filter(({ code }, index) => reasons.findIndex((other) => other.code === code) === index);
}

function reasonsOfOne({ code, type, options }: ApiError): readonly EligibilityReason[] {
  const statuses = options['purchasable_statuses'];
  if (Array.isArray(statuses)) {
    return statuses
      .map(String)
      .filter((status) => status !== PURCHASABLE)
      .map(reasonOfStatus);
  }
  if (type === BELOW_MINIMUM) return [belowMinimum(options)];
  const meaning = lookUp(byCode, code);
  return meaning ? [toReason(meaning, `code = ${code}`)] : [];
}

export const PURCHASABLE = 'purchasable';

export function reasonOfStatus(status: string): EligibilityReason {
  const meaning = lookUp(byStatus, status) ?? notForSale;
  return toReason(meaning, `purchasable_status = ${status}`);
}

function toReason({ code, message, remedy }: Meaning, evidence: string): EligibilityReason {
  return reason(code, message, { evidence, ...(remedy ? { remedy } : {}) });
}

function lookUp(meanings: Readonly<Record<string, Meaning>>, key: string): Meaning | undefined {
  return Object.hasOwn(meanings, key) ? meanings[key] : undefined;
}
