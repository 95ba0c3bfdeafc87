import type { ProviderProblem } from '../../../domain/problem.js';
import { notEligible, providerFailed, type Refusal, type RefusalOf } from '../../../domain/refusal.js';
import type { JsonResult } from '../../kit/json-api.js';
import { isOurs, pathNamed } from '../../kit/send-result.js';
import { errorsIn, paymentFailureIn, reasonsOf } from '../api-errors.js';

const paths: Readonly<Record<string, readonly string[]>> = {
  quantity: ['quantity'],
  price: ['item'],
  variant: ['item'],
  upsell: ['item'],
  checkout: ['orderId'],
};

/** Makes the refusal that the errors of an answer state. */
export function refusalIn({ body }: JsonResult, found: ProviderProblem): Refusal {
  if (isOurs(found)) return providerFailed(found, 'NEVER');
  const errors = errorsIn(body);
  const payment = paymentFailureIn(errors, found.httpStatus);
  if (payment) return paymentRefused(payment);
  const reasons = reasonsOf(errors);
  if (reasons.length > 0) return notEligible(reasons);
  const names = errors.flatMap(({ attribute }) => attribute ?? []);
  return { ...providerFailed(found, 'NEW_REQUEST'), path: pathNamed(names, paths) };
}

/**
 * Whether a refusal is known to leave nothing behind. Known errors are made before the payment. Whether a line stays
 * when its payment is declined is not documented, nor what an unknown error leaves behind.
 */
export function isDocumented({ code, retry }: Refusal): boolean {
  return code !== 'PAYMENT' && !(code === 'PROVIDER' && retry === 'NEW_REQUEST');
}

function paymentRefused(reason: RefusalOf<'PAYMENT'>['reason']): RefusalOf<'PAYMENT'> {
  return { code: 'PAYMENT', message: causes[reason], path: null, retry: 'NEW_REQUEST', reason };
}

const causes: Readonly<Record<RefusalOf<'PAYMENT'>['reason'], string>> = {
  DECLINED: 'The payment was declined.',
  INCREASE_REFUSED: 'The higher amount was refused.',
  CONFIRMATION_NEEDED: 'The payment must be confirmed by the buyer.',
  METHOD_NOT_SUPPORTED: 'The payment method of this order cannot be charged again.',
  UNKNOWN: 'The payment failed.',
};
