import type { EligibilityReason } from '../../domain/eligibility.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Sentences } from '../sentences/sentences.js';

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
      if (refusal.mayBeOn)
        return "The provider's answer was lost, and what reads show fits two stories: see `mayBeOn`.";
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
export function shopperMessage(refusal: Refusal, say: Sentences): string | null {
  switch (refusal.code) {
    case 'VALIDATION':
    case 'NOT_FOUND':
    case 'NOT_PERMITTED':
      return null;
    case 'IDEMPOTENCY_CONFLICT':
      return refusal.inFlight ? say.stillRunning : null;
    case 'CAPABILITY_MISSING':
      return say.cannotBeDone;
    case 'PAYMENT':
      return withEffect(
        refusal.effect === 'PARTLY_CHANGED' ? say.unpaidItem : say.payments[refusal.reason],
        refusal,
        say,
      );
    case 'PROVIDER':
      return withEffect(say.providerFailed, refusal, say);
    case 'NOT_ELIGIBLE': {
      const forbidding = refusal.reasons.find(({ blocking }) => blocking);
      return forbidding ? reasonMessage(forbidding, say) : say.cannotBeAdded;
    }
    case 'TARGET_MOVED':
      if (refusal.effect === 'RESTORED') return say.targetMovedBack;
      // Where it was left there, another look is advised.
      return refusal.effect === 'PARTLY_CHANGED' && refusal.retry === 'CHECK_OPERATION'
        ? say.targetMoved
        : withEffect(say.targetElsewhere, refusal, say);
    case 'PRICE_GUARD':
      return refusal.found ? say.priceAbove(refusal.found.toString(), refusal.allowed.toString()) : say.priceUnknown;
    case 'DUPLICATE_ITEM':
      return say.duplicateItem;
    case 'OUTCOME_UNKNOWN':
      return refusal.mayBeOn ? say.outcomeNotTold : say.outcomeUnknown;
  }
}

export function reasonMessage({ code, message }: EligibilityReason, { reasons }: Sentences): string {
  return reasons?.[code] ?? message;
}

/** Says what is proven about the order, and nothing where nothing was to be sent. */
function withEffect(sentence: string, { effect, retry }: Refusal, { effects, undone }: Sentences): string {
  if (effect === undefined) return sentence;
  // Where no other look is advised, it is the rest of the order that moved.
  return `${sentence} ${effect === 'UNKNOWN' && retry !== 'CHECK_OPERATION' ? undone : effects[effect]}`;
}
