import { problem } from '../../../domain/problem.js';
import { notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { SendResult, ConvertItem, WriteProgress } from '../../../domain/write.js';
import { decodeEach } from '../../kit/decode.js';
import { errorsIn } from '../errors-in.js';
import type { CentraResult } from '../requests.js';
import type { Session } from '../session.js';
import { decodeContract, findContracts } from '../wire-contract.js';
import { convertContextOf } from './convert-context.js';
import { createdBy, inspectConverted } from './inspect-converted.js';

export async function sendConversion(
  session: Session,
  request: ConvertItem,
  progress: WriteProgress,
): Promise<SendResult> {
  const context = convertContextOf(progress.snapshot, session.shopper.customerId ?? '');
  const { item, quantity, nextOrderDate, plan } = context;
  const result = await session.client.addSubscription(context.email, context.contract, {
    item,
    quantity,
    nextOrderDate,
    // A number where the pages show it.
    subscriptionPlan: /^\d{1,15}$/.test(plan) ? Number(plan) : plan,
  });
  const { outcome, attempts, body, problem: stated } = result;
  if (outcome === 'refused' || (outcome === 'answered' && errorsIn(body) !== null)) {
    return { outcome: 'refused', attempts, refusal: refusalOf(result) };
  }
  if (outcome !== 'answered') return { outcome, attempts, problem: stated ?? unseen };
  const shown = createdBy(decodeEach(findContracts(body) ?? [], decodeContract).records, context, request);
  if (shown) return { outcome: 'confirmed', attempts, result: shown };
  const inspected = await inspectConverted(session, request, progress);
  return inspected.state === 'applied'
    ? { outcome: 'confirmed', attempts, result: inspected.result }
    : { outcome: 'unknown', attempts, problem: unseen };
}

function refusalOf({ problem: stated }: CentraResult): Refusal {
  if (stated?.kind === 'NOT_FOUND') return notFound(['lineItemId'], 'item');
  const found = stated ?? problem('REJECTED', 'Centra did not accept the new subscription.');
  const isOurs = found.kind === 'AUTHENTICATION' || found.kind === 'FORBIDDEN';
  return providerFailed(found, isOurs ? 'NEVER' : 'NEW_REQUEST');
}

const unseen = problem('CONTRACT_DRIFT', 'Centra took the new subscription, and its answer does not show it.');
