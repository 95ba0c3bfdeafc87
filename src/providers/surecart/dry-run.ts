import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { ProviderProblem } from '../../domain/problem.js';
import { recordProblem } from '../kit/decode.js';
import type { JsonResult, UnansweredJson } from '../kit/json-api.js';
import { decodeAnswer } from '../kit/send-result.js';
import { errorsIn, paymentFailureIn, PURCHASABLE, reasonOfStatus, reasonsOf } from './api-errors.js';
import type { SureCartClient, UpsellLine } from './client.js';
import { decodeLine, type WireLine } from './wire.js';

/** What SureCart itself says an item would come to; nothing is saved or charged. */
export type DryRun =
  | { readonly state: 'priced'; readonly line: WireLine }
  | { readonly state: 'refused'; readonly reasons: readonly EligibilityReason[] }
  | { readonly state: 'failed'; readonly problem: ProviderProblem };

export async function dryRun(client: SureCartClient, wanted: UpsellLine): Promise<DryRun> {
  const result = await client.previewUpsell(wanted);
  if (result.outcome === 'answered') return priced(result);
  return refusal(result) ?? { state: 'failed', problem: result.problem };
}

/** Reads the answer to a dry run, which may price what cannot be bought. */
function priced(result: JsonResult): DryRun {
  try {
    const line = decodeAnswer(result, decodeLine);
    const { purchasableStatus: status } = line;
    if (status !== null && status !== PURCHASABLE) return { state: 'refused', reasons: [reasonOfStatus(status)] };
    return { state: 'priced', line };
  } catch (error) {
    return { state: 'failed', problem: recordProblem(error) };
  }
}

function refusal({ outcome, problem, body }: UnansweredJson): DryRun | null {
  if (outcome !== 'refused') return null;
  const errors = errorsIn(body);
  const reasons = reasonsOf(errors);
  if (reasons.length > 0) return { state: 'refused', reasons };
  if (paymentFailureIn(errors, problem.httpStatus) === null) return null;
  const message = 'The payment method of this order cannot be charged again.';
  return {
    state: 'refused',
    reasons: [reason('PAYMENT_METHOD_NOT_USABLE', message, { remedy: 'PLACE_NEW_ORDER' })],
  };
}
