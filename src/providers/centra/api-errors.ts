import { reason } from '../../domain/eligibility.js';
import { notEligible, type Refusal } from '../../domain/refusal.js';
import { isJsonObject, type JsonObject } from '../kit/decode.js';

/** `{errors: {field: text}}`; without it an answer is a success. Null when there is none. */
export function errorsIn(body: unknown): JsonObject | null {
  const errors = isJsonObject(body) ? body['errors'] : undefined;
  if (isJsonObject(errors)) return Object.keys(errors).length > 0 ? errors : null;
  return Array.isArray(errors) && errors.length > 0 ? { errors } : null;
}

/** Says that something is sold out: https://docs.centra.com/fe-development/overselling-prevention */
export function isOutOfStock(body: unknown): boolean {
  return errorsIn(body)?.['stock'] !== undefined || (isJsonObject(body) && Array.isArray(body['unavailable']));
}

/** payment-result may ask for another page first: https://docs.centra.com/fe-development/payments/payment-flows */
export const redirected: Refusal = {
  code: 'PAYMENT',
  message: 'The payment has to be confirmed on another page first. No order was made yet.',
  path: ['paymentFields'],
  retry: 'NEW_REQUEST',
  reason: 'CONFIRMATION_NEEDED',
  orderRestored: null,
};

export const paymentRefused: Refusal = {
  code: 'PAYMENT',
  message: 'The payment did not go through. No order was made.',
  path: ['paymentFields'],
  retry: 'NEW_REQUEST',
  reason: 'DECLINED',
  orderRestored: null,
  remedy: 'CHANGE_PAYMENT_METHOD',
};

export const soldOut: Refusal = notEligible([
  reason('OUT_OF_STOCK', 'Something in the basket was sold out meanwhile. No order was made.', {
    evidence: 'unavailable items',
    remedy: 'CHOOSE_OTHER_PRODUCT',
  }),
]);
