import { announceContract, type ContractEvent } from '../announcements.js';
import { utcText } from '../dates.js';
import { type AppstleEndpoints, type Exchange, onContract } from '../endpoints.js';
import { futureInstantIn, idIn, intervalIn } from '../input.js';
import { contractById } from '../lookups.js';
import { rawContract } from '../payloads.js';
import type { ContractRecord } from '../records.js';
import { badRequest, userError } from '../refusals.js';
import { clearQueue, nextDateAfter, renewQueue } from '../schedule.js';

/** Serves the changes of contracts. See https://developers.appstle.com/api-reference/subscription-management */
export function contractChanges(endpoints: AppstleEndpoints): void {
  endpoints.write('PUT', onContract('subscription-contracts-update-status'), (exchange) => {
    const contract = contractById(exchange, idIn(exchange.parameters, 'contractId'));
    setStatus(exchange, contract, readStatus(exchange.parameters.text('status')));
    return rawContract(exchange.context, contract);
  });

  endpoints.write(
    'DELETE',
    onContract('subscription-contracts/:id', ({ part }) => part('id')),
    (exchange) => {
      setStatus(exchange, contractById(exchange, exchange.part('id')), 'CANCELLED');
      return undefined;
    },
  );

  endpoints.write('PUT', onContract('subscription-contracts-update-billing-date'), (exchange) => {
    const { parameters, context } = exchange;
    const contract = contractById(exchange, idIn(parameters, 'contractId'));
    contract.nextBillingDate = futureInstantIn(parameters, 'nextBillingDate', context.clock.now());
    if (parameters.flag('rescheduleFutureOrder', true)) renewQueue(context, contract);
    touch(exchange, contract, 'subscription.next-order-date-changed');
    return rawContract(context, contract);
  });

  endpoints.write('PUT', onContract('subscription-contracts-update-billing-interval'), (exchange) => {
    const { parameters, context } = exchange;
    const contract = contractById(exchange, idIn(parameters, 'contractId'));
    const { unit, count } = contract.billing;
    const interval = {
      unit: intervalIn(parameters, 'interval'),
      count: parameters.integer('intervalCount', { least: 1, most: 999 }),
    };
    if (interval.unit === unit && interval.count === count) throw userError('The interval is the same as before.');
    if (contract.delivery.unit === unit && contract.delivery.count === count) contract.delivery = interval;
    contract.billing = interval;
    renewQueue(context, contract);
    touch(exchange, contract, 'subscription.billing-interval-changed');
    return rawContract(context, contract);
  });
}

type SettableStatus = 'ACTIVE' | 'PAUSED' | 'CANCELLED';

function readStatus(text: string): SettableStatus {
  const status = (['ACTIVE', 'PAUSED', 'CANCELLED'] as const).find((each) => each === text.toUpperCase());
  if (!status) throw badRequest('status: must be ACTIVE, PAUSED or CANCELLED');
  return status;
}

/** Sets the status of a contract. Leaving ACTIVE empties the queue; coming back makes a new one. */
function setStatus(exchange: Exchange, contract: ContractRecord, status: SettableStatus): void {
  const { context } = exchange;
  if (contract.status === status) throw userError(`The subscription is already ${status.toLowerCase()}.`);
  const isFinal = !context.switches.get('reactivateCancelled') || status === 'PAUSED';
  if (contract.status === 'CANCELLED' && isFinal) throw userError('A cancelled subscription cannot be changed.');
  context.store.shown.keep(contract, context.switches.get('staleContractMs'));
  const now = utcText(context.clock.now());
  contract.status = status;
  if (status === 'ACTIVE') {
    contract.nextBillingDate = nextDateAfter(contract, context.clock.now());
    contract.activatedOn = now;
    renewQueue(context, contract);
  } else {
    clearQueue(context, contract);
    if (status === 'PAUSED') contract.pausedOn = now;
    else contract.cancelledOn = now;
  }
  touch(exchange, contract, EVENTS[status]);
}

const EVENTS: Readonly<Record<SettableStatus, ContractEvent>> = {
  ACTIVE: 'subscription.activated',
  PAUSED: 'subscription.paused',
  CANCELLED: 'subscription.cancelled',
};

function touch({ context }: Exchange, contract: ContractRecord, event: ContractEvent): void {
  contract.updatedAt = utcText(context.clock.now());
  announceContract(context, event, contract);
}
