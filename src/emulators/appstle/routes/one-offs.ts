import type { Endpoints, Exchange } from '../exchange.js';
import { contractById, listedContract } from '../lookups.js';
import { addOneOff, deleteOneOff } from '../one-off-changes.js';
import { oneOffPayloads } from '../payloads.js';
import { isOneTime } from '../pricing.js';
import type { ContractRecord, OneOffRecord } from '../records.js';
import { queuedOf } from '../schedule.js';

const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';

/** https://developers.appstle.com/api-reference/subscription-one-time-products */
export function oneOffs(endpoints: Endpoints): void {
  endpoints.read('upcoming-subscription-contract-one-offs-by-contractId', (exchange) => {
    const contract = listedContract(exchange, exchange.parameters.id('contractId'));
    const [next] = contract ? queuedOf(exchange.world.store, contract.id) : [];
    const rows = contract && next ? listed(exchange, contract).filter(({ attemptId }) => attemptId === next.id) : [];
    return oneOffPayloads(exchange.world, rows);
  });

  endpoints.read('subscription-contract-one-offs-by-contractId', (exchange) => {
    const contract = listedContract(exchange, exchange.parameters.id('contractId'));
    return contract ? oneOffPayloads(exchange.world, listed(exchange, contract)) : [];
  });

  endpoints.write('PUT', ONE_OFF, (exchange) => {
    const { parameters } = exchange;
    const contract = addOneOff(exchange, {
      contractId: parameters.id('contractId'),
      attemptId: parameters.id('billingAttemptId'),
      variantId: parameters.id('variantId'),
      variantHandle: parameters.handle('variantHandle'),
      quantity: parameters.integer('quantity', 1, 999, 1),
    });
    return oneOffPayloads(exchange.world, listed(exchange, contract));
  });

  endpoints.write('DELETE', ONE_OFF, (exchange) => {
    const { parameters, world } = exchange;
    const contract = contractById(exchange, parameters.id('contractId'));
    deleteOneOff(world.store, contract.id, parameters.id('billingAttemptId'), parameters.id('variantId'));
    return oneOffPayloads(world, listed(exchange, contract));
  });
}

/** Rows of all queued attempts, mixed. */
function listed({ world }: Exchange, contract: ContractRecord): readonly OneOffRecord[] {
  const queued = queuedOf(world.store, contract.id);
  const ids = new Set(queued.map(({ id }) => id));
  const rows = world.store.oneOffsOf(contract.id).filter(({ attemptId }) => ids.has(attemptId));
  const [next] = queued;
  if (!next || !world.switches.get('oneTimeLinesAmongOneOffs')) return rows;
  return [...rows, ...contract.lines.filter(isOneTime).map((line) => asOneOff(world, contract, next.id, line))];
}

function asOneOff(
  { store }: Exchange['world'],
  contract: ContractRecord,
  attemptId: string,
  { variantId, quantity, price }: ContractRecord['lines'][number],
): OneOffRecord {
  return {
    id: variantId,
    shop: contract.shop,
    contractId: contract.id,
    attemptId,
    variantId,
    variantHandle: store.variants.get(variantId)?.handle ?? '',
    quantity,
    price,
    createdAt: contract.updatedAt,
    updatedAt: contract.updatedAt,
  };
}
