import { problem } from '../../../domain/problem.js';
import type { SendResult, ConvertItem, WriteProgress } from '../../../domain/write.js';
import { decodeEach } from '../../kit/decode.js';
import { anItem, refusalOf } from '../../kit/send-result.js';
import { errorsIn } from '../api-errors.js';
import { problemIn } from '../requests.js';
import type { Session } from '../session.js';
import { decodeContract, findContracts } from '../wire-contract.js';
import type { ConvertContext } from './convert-context.js';
import { createdBy, inspectConverted } from './inspect-convert.js';

export async function sendConversion(
  session: Session,
  request: ConvertItem,
  progress: WriteProgress<ConvertContext>,
): Promise<SendResult> {
  const { context } = progress.snapshot;
  const email = session.shopper.customerId ?? '';
  const { item, quantity, nextOrderDate, plan } = context;
  const result = await session.client.addSubscription(email, context.contract, {
    item,
    quantity,
    nextOrderDate,
    // A number where the pages show it.
    subscriptionPlan: /^\d{1,15}$/.test(plan) ? Number(plan) : plan,
  });
  const { outcome, attempts, body } = result;
  if (outcome === 'refused' || (outcome === 'answered' && errorsIn(body) !== null)) {
    return { outcome: 'refused', attempts, refusal: refusalOf(problemIn(result) ?? notAccepted, anItem) };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: result.problem };
  const shown = createdBy(decodeEach(findContracts(body) ?? [], decodeContract).records, context, request);
  if (shown) return { outcome: 'confirmed', attempts, result: shown };
  const inspected = await inspectConverted(session, request, progress);
  return inspected.state === 'applied'
    ? { outcome: 'confirmed', attempts, result: inspected.result }
    : { outcome: 'unknown', attempts, problem: unseen };
}

const notAccepted = problem('REJECTED', 'Centra did not accept the new subscription.');

const unseen = problem('CONTRACT_DRIFT', 'Centra took the new subscription, and its answer does not show it.');
