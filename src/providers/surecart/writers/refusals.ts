import { problem, type ProviderProblem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import type { AddItem, SendResult, Snapshot } from '../../../domain/write.js';
import type { JsonResult } from '../../kit/json-api.js';
import { isOurs } from '../../kit/send-result.js';
import { errorsIn, paymentFailureIn, reasonsOf } from '../api-errors.js';
import { readOrder, type Session } from '../session.js';
import { PAID } from '../statuses.js';
import type { AddContext } from './add-context.js';
import { acceptedLine } from './inspect-add.js';

/** The refusal that the errors of an answer state. */
export function refusalIn({ body }: JsonResult, found: ProviderProblem): Refusal {
  if (isOurs(found)) return providerFailed(found, 'NEVER');
  const errors = errorsIn(body);
  const payment = paymentFailureIn(errors, found.httpStatus);
  if (payment) return paymentRefused(payment, null);
  const reasons = reasonsOf(errors);
  return reasons.length > 0 ? notEligible(reasons) : providerFailed(found, 'NEW_REQUEST');
}

type Refused = Extract<SendResult, { outcome: 'refused' }>;

/**
 * Reads the order before anyone is told that nothing was added: whether a line stays when its payment is declined is not
 * documented, nor what an unknown error leaves behind. Known errors are made before the payment.
 */
export async function verifyRefusal(
  session: Session,
  request: AddItem,
  snapshot: Snapshot<AddContext>,
  sent: Refused,
): Promise<SendResult> {
  const { refusal, attempts } = sent;
  const isUncertain = refusal.code === 'PAYMENT' || (refusal.code === 'PROVIDER' && refusal.retry === 'NEW_REQUEST');
  if (!isUncertain) return sent;
  const record = await readOrder(session, request.orderKey);
  const isKnown = record.state === 'found' && record.value.lines.problem === null;
  const hasLine = isKnown && acceptedLine(record.value, snapshot) !== null;
  if (refusal.code === 'PAYMENT') {
    const isRestored = isKnown ? !hasLine && record.value.wire.status === PAID : null;
    return { ...sent, refusal: paymentRefused(refusal.reason, isRestored) };
  }
  return isKnown && !hasLine ? sent : { outcome: 'unknown', attempts, problem: addedAnyway };
}

const addedAnyway = problem('CONFLICT', 'SureCart refused the request, and the order does not look as if it had.');

/** `orderRestored`: whether a read showed the order as it was before; null when it could not be read. */
function paymentRefused(reason: RefusalOf<'PAYMENT'>['reason'], orderRestored: boolean | null): RefusalOf<'PAYMENT'> {
  const state =
    orderRestored === null
      ? 'Whether the order is unchanged could not be checked.'
      : orderRestored
        ? 'The order is unchanged.'
        : 'The order was changed nevertheless.';
  return {
    code: 'PAYMENT',
    message: `${causes[reason]} ${state}`,
    path: null,
    retry: 'NEW_REQUEST',
    reason,
    orderRestored,
  };
}

const causes: Readonly<Record<RefusalOf<'PAYMENT'>['reason'], string>> = {
  DECLINED: 'The payment was declined.',
  INCREASE_REFUSED: 'The higher amount was refused.',
  CONFIRMATION_NEEDED: 'The payment must be confirmed by the buyer.',
  METHOD_NOT_SUPPORTED: 'The payment method of this order cannot be charged again.',
  UNKNOWN: 'The payment failed.',
};
