import { type EligibilityReason, reason } from '../../../domain/eligibility.js';
import type { Frequency } from '../../../domain/subscription.js';
import type { OrderView } from '../order-view.js';
import { isSameFrequency, toFrequency } from '../statuses.js';

/** A contract has one billing policy: an item that joins it comes in its rhythm. */
export function reasonsOfRhythm(wanted: Frequency, { contract }: OrderView): readonly EligibilityReason[] {
  const rhythm = contract.state === 'found' ? toFrequency(contract.value.billing) : null;
  if (rhythm === null || isSameFrequency(rhythm, wanted)) return [];
  const text = `${rhythm.every} ${rhythm.unit}`;
  const message = `Items of this subscription come every ${text.toLowerCase()}${rhythm.every > 1 ? 's' : ''}.`;
  return [reason('NO_SUBSCRIPTION_PLAN', message, { evidence: `billingPolicy = ${text}` })];
}
