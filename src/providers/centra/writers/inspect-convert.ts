import { problem } from '../../../domain/problem.js';
import type { ConvertItem, InspectResult, StepResult, WriteProgress } from '../../../domain/write.js';
import { toSubscriptionKey } from '../keys.js';
import type { Session } from '../session.js';
import type { WireContract } from '../wire-contract.js';
import type { ConvertContext } from './convert-context.js';

/** Looks for a subscription to the item that the contract did not have before. */
export async function inspectConverted(
  session: Session,
  request: ConvertItem,
  progress: WriteProgress<ConvertContext>,
): Promise<InspectResult> {
  const { context } = progress.snapshot;
  const email = session.shopper.customerId ?? '';
  const { records, problem: gap } = await session.reads.contracts.get(email);
  const created = createdBy(records, context, request);
  if (created) return { state: 'applied', result: created };
  if (gap) return { state: 'unclear', problem: gap };
  const isContractThere = records.some(({ contract }) => contract === context.contract);
  return isContractThere ? { state: 'no_trace' } : contractGone;
}

export function createdBy(
  contracts: readonly WireContract[],
  { orderKey, item, contract, subscriptions }: ConvertContext,
  { lineItemKey }: ConvertItem,
): StepResult | null {
  const before = new Set(subscriptions);
  const created = contracts
    .filter((each) => each.contract === contract)
    .flatMap((each) => each.subscriptions.records)
    .find(({ subscription, lines }) => !before.has(subscription) && lines.some((line) => line.item === item));
  return created ? { orderKey, lineItemKey, subscriptionKey: toSubscriptionKey(created) } : null;
}

const contractGone: InspectResult = {
  state: 'unclear',
  problem: problem('NOT_FOUND', 'The subscription contract can no longer be read.'),
};
