import type { AppstleContext } from './context.js';
import type { AttemptRecord, ContractRecord } from './records.js';

/** Events of https://developers.appstle.com/subscription/webhooks; one for one-offs was not seen there. */
export type ContractEvent =
  | 'subscription.updated'
  | 'subscription.activated'
  | 'subscription.paused'
  | 'subscription.cancelled'
  | 'subscription.next-order-date-changed'
  | 'subscription.billing-interval-changed';

export function announceContract({ events }: AppstleContext, type: ContractEvent, { id }: ContractRecord): void {
  events.add(type, { contractId: id });
}

export function announceAttempt({ events }: AppstleContext, { id, contractId, status }: AttemptRecord): void {
  const outcome = status === 'SUCCESS' ? 'success' : status.startsWith('SKIPPED') ? 'skipped' : 'failure';
  events.add(`subscription.billing-${outcome}`, { contractId, attemptId: id });
}

/** Records the e-mail that line changes send the customer, and announces the contract. */
export function announceLines(context: AppstleContext, contract: ContractRecord, subject: string): void {
  context.store.emails.push({ contractId: contract.id, subject, at: context.clock.now().toISOString() });
  announceContract(context, 'subscription.updated', contract);
}
