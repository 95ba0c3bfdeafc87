import { problem } from '../../../domain/problem.js';
import type { AddItem, SendResult, Snapshot } from '../../../domain/write.js';
import { PAID } from '../codes.js';
import { readOrder, type Session } from '../session.js';
import { acceptedLine } from './accept-traces.js';
import { paymentRefused } from './answer.js';

type Refused = Extract<SendResult, { outcome: 'refused' }>;

/**
 * Whether a line stays when its payment is declined is not documented, nor what an unknown complaint leaves behind:
 * the order is read before anyone is told that nothing was added. Known complaints are made before the payment.
 */
export async function verifyRefusal(
  session: Session,
  request: AddItem,
  snapshot: Snapshot,
  answer: Refused,
): Promise<SendResult> {
  const { refusal, attempts } = answer;
  const isUncertain = refusal.code === 'PAYMENT' || (refusal.code === 'PROVIDER' && refusal.retry === 'NEW_REQUEST');
  if (!isUncertain) return answer;
  const record = await readOrder(session, request.orderKey);
  const isKnown = record.state === 'found' && record.value.lines.problem === null;
  const hasLine = isKnown && acceptedLine(record.value, snapshot) !== null;
  if (refusal.code === 'PAYMENT') {
    const isRestored = isKnown ? !hasLine && record.value.wire.status === PAID : null;
    return { ...answer, refusal: paymentRefused(refusal.reason, isRestored) };
  }
  return isKnown && !hasLine ? answer : { outcome: 'unknown', attempts, problem: addedAnyway };
}

const addedAnyway = problem('CONFLICT', 'SureCart refused the request, and the order does not look as if it had.');
