import type { EligibilityReasonCode } from '../../domain/eligibility.js';
import type { KnownEffect } from '../../domain/known-effect.js';
import type { PaymentFailureReason } from '../../domain/payment-failure.js';

/**
 * What a shopper may be told, in one language. A language is a file of its own beside this one and an entry in
 * `languages.ts`. Sentences for developers are in `errors/wording.ts`, in English only.
 */
export interface Sentences {
  /** Null: as the rule that forbids it words it, which is in English and may say more. */
  readonly reasons: Readonly<Record<EligibilityReasonCode, string>> | null;
  /** What is proven about the order. */
  readonly effects: Readonly<Record<KnownEffect, string>>;
  /** It was not done, and the order is not as it was, or could not be read: it may have been placed, or changed otherwise. */
  readonly undone: string;
  readonly payments: Readonly<Record<PaymentFailureReason, string>>;
  /** The payment for an item failed, and the item is on the order. */
  readonly unpaidItem: string;
  readonly providerFailed: string;
  readonly outcomeUnknown: string;
  /** Nothing more will be known. */
  readonly outcomeNotTold: string;
  readonly stillRunning: string;
  readonly cannotBeDone: string;
  readonly cannotBeAdded: string;
  readonly duplicateItem: string;
  readonly targetElsewhere: string;
  readonly targetMoved: string;
  readonly targetMovedBack: string;
  readonly priceUnknown: string;
  priceAbove(found: string, allowed: string): string;
}
