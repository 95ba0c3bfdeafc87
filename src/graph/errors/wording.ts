import type { Refusal } from '../../domain/refusal.js';

/** Describes a refusal for the developer: what exactly was wrong. */
export function developerMessage(refusal: Refusal): string {
  switch (refusal.code) {
    case 'NOT_ELIGIBLE':
      return `Not eligible: ${refusal.reasons.map(({ code }) => code).join(', ') || 'no reason is stated'}.`;
    case 'CAPABILITY_MISSING':
      return [`The provider does not support ${refusal.capability.key}.`, refusal.capability.note ?? '']
        .join(' ')
        .trim();
    case 'PRICE_GUARD':
      return refusal.found
        ? `The order would grow by ${refusal.found.toString()}; the guards allow ${refusal.allowed.toString()}.`
        : `The provider states no price beforehand, so the guard of ${refusal.allowed.toString()} cannot be checked.`;
    case 'DUPLICATE_ITEM':
      return 'The product is a one-time item of the order already; `ifPresent: ADD` adds it all the same.';
    case 'PAYMENT':
      return `The payment failed: ${refusal.reason}.`;
    case 'OUTCOME_UNKNOWN':
      return "The provider's answer was lost and no read has settled the outcome yet. Ask `operation` until it settles.";
    case 'PROVIDER':
      return refusal.problem.detail;
    case 'VALIDATION':
    case 'NOT_FOUND':
    case 'NOT_PERMITTED':
    case 'TARGET_MOVED':
    case 'IDEMPOTENCY_CONFLICT':
      return refusal.message;
  }
}

/** Describes a refusal for the shopper; null for a mistake of the storefront that a shopper cannot correct. */
export function shopperMessage(refusal: Refusal): string | null {
  switch (refusal.code) {
    case 'VALIDATION':
    case 'NOT_FOUND':
    case 'NOT_PERMITTED':
      return null;
    case 'IDEMPOTENCY_CONFLICT':
      return refusal.inFlight ? 'Your first request is still being worked on.' : null;
    case 'CAPABILITY_MISSING':
      return 'This cannot be done for this order.';
    case 'NOT_ELIGIBLE':
    case 'TARGET_MOVED':
    case 'PRICE_GUARD':
    case 'DUPLICATE_ITEM':
    case 'PAYMENT':
    case 'OUTCOME_UNKNOWN':
    case 'PROVIDER':
      return refusal.message;
  }
}
