import { type EligibilityReason, reason } from '../../domain/eligibility.js';
import type { WireContract } from './wire-contract.js';

/**
 * Lists why the contract takes no items. A queued order means that the contract is not stopped: the queue shows a
 * resumed contract before the contract itself does.
 * See https://developers.appstle.com/api-reference/subscription-management
 */
export function reasonsOfContract(
  contract: WireContract,
  { hasQueuedOrder }: { readonly hasQueuedOrder: boolean },
): readonly EligibilityReason[] {
  const reasons = [...reasonsOfStatus(contract, hasQueuedOrder), ...reasonsOfCommitment(contract)];
  const isStopped = reasons.some(({ code }) => code === 'SUBSCRIPTION_NOT_ACTIVE');
  if (hasQueuedOrder || isStopped) return reasons;
  const evidence = 'no billing attempt is QUEUED';
  return [...reasons, reason('NO_UPCOMING_ORDER', 'This subscription has no order to come.', { evidence })];
}

function reasonsOfStatus({ status }: WireContract, hasQueuedOrder: boolean): readonly EligibilityReason[] {
  const evidence = `contract status = ${status}`;
  const blocking = !hasQueuedOrder;
  const notActive = (message: string) => reason('SUBSCRIPTION_NOT_ACTIVE', message, { blocking, evidence });
  switch (status) {
    case 'ACTIVE':
      return [];
    case 'PAUSED':
      return [notActive('This subscription is paused.')];
    case 'CANCELLED':
      return [notActive('This subscription is cancelled.')];
    case 'EXPIRED':
    case 'FAILED':
      return [notActive('This subscription has ended.')];
    default:
      return [reason('UNKNOWN', 'It is not known whether this subscription is active.', { blocking: false, evidence })];
  }
}

/** Whether the commitment is served already is not stated, only that there is one. */
function reasonsOfCommitment({ minCycles }: WireContract): readonly EligibilityReason[] {
  if (minCycles === null || minCycles < 2) return [];
  const message = 'This subscription has a minimum term, during which the shop may refuse changes.';
  return [reason('SUBSCRIPTION_FROZEN', message, { blocking: false, evidence: `minCycles = ${minCycles}` })];
}

/** Warns of a contract that is billed for several deliveries at once: a line added to it is billed for all of them. */
export function reasonsOfPrepayment({ billing, delivery }: WireContract): readonly EligibilityReason[] {
  if (billing === null || delivery === null) {
    const message = 'It is not known whether this subscription is paid for several deliveries at once.';
    return [reason('UNKNOWN', message, { blocking: false, evidence: 'billingPolicy or deliveryPolicy is missing' })];
  }
  if (billing.unit === delivery.unit && billing.count === delivery.count) return [];
  const evidence = `billed every ${billing.count} ${billing.unit}, delivered every ${delivery.count} ${delivery.unit}`;
  const message = 'This subscription is paid for several deliveries at once, and so is an item that joins it.';
  return [reason('SUBSCRIPTION_PREPAID', message, { blocking: false, evidence })];
}
