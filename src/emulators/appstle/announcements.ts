import type { AttemptRecord, ContractRecord } from './records.js';
import type { AppstleWorld } from './world.js';

/** Events of https://developers.appstle.com/subscription/webhooks; one for one-offs was not seen there. */
export type ContractEvent =
  | 'subscription.updated'
  | 'subscription.activated'
  | 'subscription.paused'
  | 'subscription.cancelled'
  | 'subscription.next-order-date-changed'
  | 'subscription.billing-interval-changed';

export function announceContract({ events }: AppstleWorld, type: ContractEvent, { id }: ContractRecord): void {
  events.add(type, { contractId: id });
}

export function announceAttempt({ events }: AppstleWorld, { id, contractId, status }: AttemptRecord): void {
  const outcome = status === 'SUCCESS' ? 'success' : status.startsWith('SKIPPED') ? 'skipped' : 'failure';
  events.add(`subscription.billing-${outcome}`, { contractId, attemptId: id });
}

/** Line changes send the customer an e-mail and are announced. */
export function announceLines(world: AppstleWorld, contract: ContractRecord, subject: string): void {
  world.store.emails.push({ contractId: contract.id, subject, at: world.clock.now().toISOString() });
  announceContract(world, 'subscription.updated', contract);
}
