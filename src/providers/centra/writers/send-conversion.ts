import { problem } from '../../../domain/problem.js';
import { notFound, providerFailed, type Refusal } from '../../../domain/refusal.js';
import type { Answer, ConvertItem, WriteProgress } from '../../../domain/write.js';
import { decodeEach } from '../../../http/decode.js';
import { errorsIn } from '../errors-in.js';
import type { CentraResult } from '../requests.js';
import type { Session } from '../session.js';
import { decodeContract, findContracts } from '../wire-contract.js';
import { convertFactsIn } from './convert-facts.js';
import { createdBy, inspectConverted } from './inspect-converted.js';

export async function sendConversion(session: Session, request: ConvertItem, progress: WriteProgress): Promise<Answer> {
  const facts = convertFactsIn(progress.snapshot, session.shopper.customerId ?? '');
  const { item, quantity, nextOrderDate, plan } = facts;
  const result = await session.client.addSubscription(facts.email, facts.contract, {
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
  const shown = createdBy(decodeEach(findContracts(body) ?? [], decodeContract).records, facts, request);
  if (shown) return { outcome: 'confirmed', attempts, facts: shown };
  const finding = await inspectConverted(session, request, progress);
  return finding.state === 'applied'
    ? { outcome: 'confirmed', attempts, facts: finding.facts }
    : { outcome: 'unknown', attempts, problem: unseen };
}

function refusalOf({ problem: stated }: CentraResult): Refusal {
  if (stated?.kind === 'NOT_FOUND') return notFound(['lineItemId'], 'item');
  const found = stated ?? problem('REJECTED', 'Centra did not accept the new subscription.');
  const isOurs = found.kind === 'AUTHENTICATION' || found.kind === 'FORBIDDEN';
  return providerFailed(found, isOurs ? 'NEVER' : 'NEW_REQUEST');
}

const unseen = problem('CONTRACT_DRIFT', 'Centra took the new subscription, and its answer does not show it.');
