import { problem } from '../../../domain/problem.js';
import type { SendResult } from '../../../domain/write.js';
import { isJsonObject } from '../../kit/decode.js';
import { anItem, refusalOf } from '../../kit/send-result.js';
import { errorsIn } from '../api-errors.js';
import { problemIn } from '../requests.js';
import type { Session } from '../session.js';
import type { ConvertContext } from './convert-context.js';

/** Sends a conversion. The answer is the customer's contracts; what is new is told by what was there before. */
export async function sendConversion({ client }: Session, context: ConvertContext): Promise<SendResult> {
  const { email, contract, item, quantity, nextOrderDate, plan } = context;
  const result = await client.addSubscription(email, contract, {
    item,
    quantity,
    nextOrderDate,
    // A number where the pages show it.
    subscriptionPlan: /^\d{1,15}$/.test(plan) ? Number(plan) : plan,
  });
  const { outcome, attempts, body } = result;
  const isFaulty = outcome === 'answered' && errorsIn(body) !== null;
  if (outcome === 'refused' || isFaulty) {
    const refusal = refusalOf(problemIn(result) ?? notAccepted, anItem);
    return { outcome: 'refused', attempts, refusal, isDocumented: !isFaulty };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: result.problem };
  if (!isJsonObject(body)) return { outcome: 'unknown', attempts, problem: unreadable };
  return { outcome: 'confirmed', attempts, result: {} };
}

const notAccepted = problem('REJECTED', 'Centra did not accept the new subscription.');

const unreadable = problem('CONTRACT_DRIFT', 'Centra took the new subscription, and its answer cannot be read.');
