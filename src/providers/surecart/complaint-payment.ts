import type { PaymentFailureReason } from '../../domain/refusal.js';
import type { Complaint } from './error-body.js';

/** A failed charge is documented as some 4xx only, so anything that speaks of paying is taken for one. */
const OF_PAYMENT = /(^|[._])(payment|charge|card|processor|finalize_error)/;

const METHOD: ReadonlySet<string> = new Set([
  'payment_method.invalid',
  'payment_intent.processor.blank',
  'subscription.payment_method.not_reusable',
]);

const PAYMENT_REQUIRED = 402;

/** Why paying failed; null when that is not what went wrong. */
export function paymentFailureIn(
  complaints: readonly Complaint[],
  httpStatus: number | null,
): PaymentFailureReason | null {
  const texts = complaints.flatMap(({ code, type }) => [code, type]);
  if (!texts.some((text) => OF_PAYMENT.test(text))) return httpStatus === PAYMENT_REQUIRED ? 'UNKNOWN' : null;
  if (texts.some((text) => METHOD.has(text))) return 'METHOD_NOT_SUPPORTED';
  if (texts.some((text) => /requires_action|authentication_required/.test(text))) return 'CONFIRMATION_NEEDED';
  return texts.some((text) => /declined|insufficient|expired_card/.test(text)) ? 'DECLINED' : 'UNKNOWN';
}
