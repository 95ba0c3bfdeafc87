import { type AppstleEndpoints, type Exchange, onContract } from '../endpoints.js';
import { handleIn, idIn } from '../input.js';
import { contractById, listedContract } from '../lookups.js';
import { addOneOff, deleteOneOff } from '../one-off-changes.js';
import { oneOffPayloads } from '../payloads.js';
import { isOneTime } from '../pricing.js';
import type { ContractRecord, OneOffRecord } from '../records.js';
import { queuedOf } from '../schedule.js';

const ONE_OFF = 'subscription-contract-one-offs-by-contractId-and-billing-attempt-id';

/** Serves one-offs. See https://developers.appstle.com/api-reference/subscription-one-time-products */
export function oneOffs(endpoints: AppstleEndpoints): void {
  endpoints.read('upcoming-subscription-contract-one-offs-by-contractId', (exchange) => {
    const contract = listedContract(exchange, idIn(exchange.parameters, 'contractId'));
    const [next] = contract ? queuedOf(exchange.context.store, contract.id) : [];
    const rows = contract && next ? listed(exchange, contract).filter(({ attemptId }) => attemptId === next.id) : [];
    return oneOffPayloads(exchange.context, rows);
  });

  endpoints.read('subscription-contract-one-offs-by-contractId', (exchange) => {
    const contract = listedContract(exchange, idIn(exchange.parameters, 'contractId'));
    return contract ? oneOffPayloads(exchange.context, listed(exchange, contract)) : [];
  });

  endpoints.write('PUT', onContract(ONE_OFF), (exchange) => {
    const { parameters } = exchange;
    const contract = addOneOff(exchange, {
      contractId: idIn(parameters, 'contractId'),
      attemptId: idIn(parameters, 'billingAttemptId'),
      variantId: idIn(parameters, 'variantId'),
      variantHandle: handleIn(parameters, 'variantHandle'),
      quantity: parameters.integer('quantity', { least: 1, most: 999, otherwise: 1 }),
    });
    return oneOffPayloads(exchange.context, listed(exchange, contract));
  });

  endpoints.write('DELETE', onContract(ONE_OFF), (exchange) => {
    const { parameters, context } = exchange;
    const contract = contractById(exchange, idIn(parameters, 'contractId'));
    deleteOneOff(context.store, contract.id, idIn(parameters, 'billingAttemptId'), idIn(parameters, 'variantId'));
    return oneOffPayloads(context, listed(exchange, contract));
  });
}

/** Returns the rows of all queued attempts, mixed. */
function listed({ context }: Exchange, contract: ContractRecord): readonly OneOffRecord[] {
  const queued = queuedOf(context.store, contract.id);
  const ids = new Set(queued.map(({ id }) => id));
  const rows = context.store.oneOffsOf(contract.id).filter(({ attemptId }) => ids.has(attemptId));
  const [next] = queued;
  if (!next || !context.switches.get('oneTimeLinesAmongOneOffs')) return rows;
  return [...rows, ...contract.lines.filter(isOneTime).map((line) => asOneOff(context, contract, next.id, line))];
}

function asOneOff(
  { store }: Exchange['context'],
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
