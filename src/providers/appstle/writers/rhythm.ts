import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import { type RequestedFrequency, statedFrequency } from '../../../domain/write.js';
import type { OrderView } from '../order-view.js';
import { isSameFrequency, toFrequency } from '../statuses.js';

/** A contract has one billing policy: an item that joins it comes in its rhythm. */
export function reasonsOfRhythm(
  wanted: RequestedFrequency | null,
  { contract }: OrderView,
): readonly EligibilityReason[] {
  const rhythm = contract.state === 'found' ? toFrequency(contract.value.billing) : null;
  const stated = statedFrequency(wanted);
  if (rhythm === null || stated === null || isSameFrequency(rhythm, stated)) return [];
  const text = `${rhythm.every} ${rhythm.unit}`;
  const message = `Items of this subscription come every ${text.toLowerCase()}${rhythm.every > 1 ? 's' : ''}.`;
  return [reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `billingPolicy = ${text}` })];
}
