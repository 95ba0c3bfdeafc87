import { problem, ProviderFailure, type ProviderProblem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import type { SendResult, StepResult } from '../../../domain/write.js';
import { readJson } from '../../kit/json.js';
import { paymentFailureIn } from '../complaint-payment.js';
import { reasonsOf } from '../complaint-reasons.js';
import type { SureCartResult } from '../requests.js';

/** `readResult` may throw `ProviderFailure`: a success that cannot be read says that something was done, but not what. */
export function toAnswer(result: SureCartResult, readResult: (body: string) => StepResult): SendResult {
  const { attempts } = result;
  switch (result.outcome) {
    case 'answered':
      return confirm(attempts, () => readResult(result.response.text));
    case 'refused':
      return { outcome: 'refused', attempts, refusal: refusalOf(result, result.problem) };
    case 'not_applied':
    case 'unknown':
      return { outcome: result.outcome, attempts, problem: result.problem };
  }
}

function confirm(attempts: number, readResult: () => StepResult): SendResult {
  try {
    return { outcome: 'confirmed', attempts, result: readResult() };
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return { outcome: 'unknown', attempts, problem: error.problem };
  }
}

/** Decodes a body that must be JSON, or throws CONTRACT_DRIFT. */
export function decodeBody<T>(body: string, decode: (value: unknown) => T): T {
  const json = readJson(body);
  if (json.ok) return decode(json.value);
  throw new ProviderFailure(problem('CONTRACT_DRIFT', 'SureCart answered a write with something that is not JSON.'));
}

function refusalOf({ complaints }: SureCartResult, found: ProviderProblem): Refusal {
  if (found.kind === 'AUTHENTICATION' || found.kind === 'FORBIDDEN') return providerFailed(found, 'NEVER');
  const payment = paymentFailureIn(complaints, found.httpStatus);
  if (payment) return paymentRefused(payment, null);
  const reasons = reasonsOf(complaints);
  return reasons.length > 0 ? notEligible(reasons) : providerFailed(found, 'NEW_REQUEST');
}

/** `orderRestored`: whether a read showed the order as it was before; null when it could not be read. */
export function paymentRefused(
  reason: RefusalOf<'PAYMENT'>['reason'],
  orderRestored: boolean | null,
): RefusalOf<'PAYMENT'> {
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
