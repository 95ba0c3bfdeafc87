import { reason } from '../../domain/eligibility.js';
import { notEligible, type Refusal } from '../../domain/refusal.js';

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

export const notEligibleStock: Refusal = notEligible([
  reason('OUT_OF_STOCK', 'Something in the basket was sold out meanwhile. No order was made.', {
    evidence: 'unavailable items',
    remedy: 'CHOOSE_OTHER_PRODUCT',
  }),
]);
