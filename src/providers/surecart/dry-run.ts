import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import { problem, ProviderFailure, type ProviderProblem } from '../../domain/problem.js';
import { readJson } from '../kit/json.js';
import type { SureCartClient, UpsellLine } from './client.js';
import { paymentFailureIn } from './complaint-payment.js';
import { reasonsOf } from './complaint-reasons.js';
import type { SureCartResult } from './requests.js';
import { decodeLine, type WireLine } from './wire.js';

/** What SureCart itself says an item would come to; nothing is saved or charged. */
export type DryRun =
  | { readonly state: 'priced'; readonly line: WireLine }
  | { readonly state: 'refused'; readonly reasons: readonly EligibilityReason[] }
  | { readonly state: 'failed'; readonly problem: ProviderProblem };

export async function dryRun(client: SureCartClient, wanted: UpsellLine): Promise<DryRun> {
  const result = await client.previewUpsell(wanted);
  if (result.outcome === 'answered') return priced(result.response.text);
  return refusal(result) ?? { state: 'failed', problem: result.problem };
}

function priced(body: string): DryRun {
  const json = readJson(body);
  if (!json.ok)
    return { state: 'failed', problem: problem('CONTRACT_DRIFT', 'SureCart previewed something that is not JSON.') };
  try {
    return { state: 'priced', line: decodeLine(json.value) };
  } catch (error) {
    if (error instanceof ProviderFailure) return { state: 'failed', problem: error.problem };
    throw error;
  }
}

function refusal({
  outcome,
  problem: found,
  complaints,
}: SureCartResult & { problem: ProviderProblem }): DryRun | null {
  if (outcome !== 'refused') return null;
  const reasons = reasonsOf(complaints);
  if (reasons.length > 0) return { state: 'refused', reasons };
  if (paymentFailureIn(complaints, found.httpStatus) === null) return null;
  const message = 'The payment method of this order cannot be charged again.';
  return {
    state: 'refused',
    reasons: [reason('PAYMENT_METHOD_NOT_SUPPORTED', message, { remedy: 'PLACE_NEW_ORDER' })],
  };
}
