import { reason } from '../../domain/eligibility.js';
import { notEligible, type Refusal } from '../../domain/refusal.js';
import { isJsonObject, type JsonObject } from '../kit/decode.js';

/** Returns the `{errors: {field: text}}` of an answer. Null when there is none: then it is a success. */
export function errorsIn(body: unknown): JsonObject | null {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  if (isJsonObject(errors)) return Object.keys(errors).length > 0 ? errors : null;
  return Array.isArray(errors) && errors.length > 0 ? { errors } : null;
}

/** Says that something is sold out: https://docs.centra.com/fe-development/overselling-prevention */
export function isOutOfStock(body: unknown): boolean {
  return errorsIn(body)?.['stock'] !== undefined || (isJsonObject(body) && Array.isArray(body['unavailable']));
}

export const paymentRefused: Refusal = {
  code: 'PAYMENT',
  message: 'The payment did not go through.',
  path: ['paymentFields'],
  retry: 'NEW_REQUEST',
  reason: 'DECLINED',
  remedy: 'CHANGE_PAYMENT_METHOD',
};

export const soldOut: Refusal = notEligible([
  reason('OUT_OF_STOCK', 'Something in the basket was sold out meanwhile.', {
    evidence: 'unavailable items',
    remedy: 'CHOOSE_OTHER_PRODUCT',
  }),
]);
