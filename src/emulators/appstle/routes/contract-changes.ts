import { announceContract, type ContractEvent } from '../announcements.js';
import { utcText } from '../dates.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { contractById } from '../lookups.js';
import { rawContract } from '../payloads.js';
import type { ContractRecord } from '../records.js';
import { badRequest, userError } from '../refusals.js';
import { clearQueue, nextDateAfter, renewQueue } from '../schedule.js';

/** https://developers.appstle.com/api-reference/subscription-management */
export function contractChanges(endpoints: Endpoints): void {
  endpoints.write('PUT', 'subscription-contracts-update-status', (exchange) => {
    const contract = contractById(exchange, exchange.parameters.id('contractId'));
    setStatus(exchange, contract, readStatus(exchange.parameters.text('status')));
    return rawContract(exchange.world, contract);
  });

  endpoints.write(
    'DELETE',
    'subscription-contracts/:id',
    (exchange) => {
      setStatus(exchange, contractById(exchange, exchange.part('id')), 'CANCELLED');
      return undefined;
    },
    (exchange) => exchange.part('id'),
  );

  endpoints.write('PUT', 'subscription-contracts-update-billing-date', (exchange) => {
    const { parameters, world } = exchange;
    const contract = contractById(exchange, parameters.id('contractId'));
    contract.nextBillingDate = parameters.futureInstant('nextBillingDate', world.clock.now());
    if (parameters.flag('rescheduleFutureOrder', true)) renewQueue(world, contract);
    touch(exchange, contract, 'subscription.next-order-date-changed');
    return rawContract(world, contract);
  });

  endpoints.write('PUT', 'subscription-contracts-update-billing-interval', (exchange) => {
    const { parameters, world } = exchange;
    const contract = contractById(exchange, parameters.id('contractId'));
    const { unit, count } = contract.billing;
    const interval = { unit: parameters.interval('interval'), count: parameters.integer('intervalCount', 1, 999) };
    if (interval.unit === unit && interval.count === count) throw userError('The interval is the same as before.');
    if (contract.delivery.unit === unit && contract.delivery.count === count) contract.delivery = interval;
    contract.billing = interval;
    renewQueue(world, contract);
    touch(exchange, contract, 'subscription.billing-interval-changed');
    return rawContract(world, contract);
  });

  const cycles = (path: string, name: 'minCycles' | 'maxCycles') =>
    endpoints.write('PUT', path, (exchange) => {
      const contract = contractById(exchange, exchange.parameters.id('contractId'));
      contract[name] = exchange.parameters.integer(name, 1, 9999);
      touch(exchange, contract, 'subscription.updated');
      return rawContract(exchange.world, contract);
    });
  cycles('subscription-contracts-update-min-cycles', 'minCycles');
  cycles('subscription-contracts-update-max-cycles', 'maxCycles');
}

type SettableStatus = 'ACTIVE' | 'PAUSED' | 'CANCELLED';

function readStatus(text: string): SettableStatus {
  const status = (['ACTIVE', 'PAUSED', 'CANCELLED'] as const).find((each) => each === text.toUpperCase());
  if (!status) throw badRequest('status: must be ACTIVE, PAUSED or CANCELLED');
  return status;
}

/** Leaving ACTIVE empties the queue; coming back makes a new one. */
function setStatus(exchange: Exchange, contract: ContractRecord, status: SettableStatus): void {
  const { world } = exchange;
  if (contract.status === status) throw userError(`The subscription is already ${status.toLowerCase()}.`);
  const isFinal = !world.switches.get('reactivateCancelled') || status === 'PAUSED';
  if (contract.status === 'CANCELLED' && isFinal) throw userError('A cancelled subscription cannot be changed.');
  world.store.shown.keep(contract, world.switches.get('staleContractMs'));
  const now = utcText(world.clock.now());
  contract.status = status;
  if (status === 'ACTIVE') {
    contract.nextBillingDate = nextDateAfter(contract, world.clock.now());
    contract.activatedOn = now;
    renewQueue(world, contract);
  } else {
    clearQueue(world, contract);
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

function touch({ world }: Exchange, contract: ContractRecord, event: ContractEvent): void {
  contract.updatedAt = utcText(world.clock.now());
  announceContract(world, event, contract);
}
