import { instantOf } from '../dates.js';
import { detailsRow } from '../details.js';
import type { AppstleEndpoints, Exchange } from '../endpoints.js';
import { gid } from '../gids.js';
import { optionalIdIn } from '../input.js';
import { contractById } from '../lookups.js';
import { pageOf, sortRows } from '../pagination.js';
import { connection, rawContract } from '../payloads.js';
import type { ContractRecord } from '../records.js';

/**
 * Serves contracts and customers. See https://developers.appstle.com/api-reference/subscription-contracts, /customers
 */
export function contractReads(endpoints: AppstleEndpoints): void {
  // Raw contracts lag behind writes when switched.
  endpoints.read('subscription-contracts/contract-external/:id', (exchange) => {
    const { store } = exchange.context;
    return rawContract(exchange.context, store.shown.of(contractById(exchange, exchange.part('id'))));
  });

  endpoints.read('subscription-contract-details', (exchange) => {
    const rows = sortRows(filtered(exchange), exchange.parameters.optionalText('sort'), {
      id: ({ detailsId }) => Number(detailsId),
      created_at: ({ createdAt }) => instantOf(createdAt),
      next_billing_date: ({ nextBillingDate }) => (nextBillingDate === null ? 0 : instantOf(nextBillingDate)),
      status: ({ status }) => status,
    });
    return pageOf(
      exchange,
      rows.map((row) => detailsRow(exchange.context, row)),
    );
  });

  endpoints.read('subscription-customers/:id', customerWithContracts);
}

/** Returns the contracts that a request filters for. Unknown filters are ignored, not refused. */
function filtered({ parameters, context, shop }: Exchange): readonly ContractRecord[] {
  const rows = context.store.contracts.filter((contract) => contract.shop === shop.domain);
  // A customer silently overrides the other filters.
  const customerId = optionalIdIn(parameters, 'customerId');
  if (customerId !== null) return rows.filter((contract) => contract.customerId === customerId);
  const alias = context.switches.get('contractIdFilter') ? optionalIdIn(parameters, 'contractId') : null;
  const contractId = optionalIdIn(parameters, 'subscriptionContractId') ?? alias;
  const status = parameters.optionalText('status')?.toLowerCase();
  return rows
    .filter(({ id }) => contractId === null || id === contractId)
    .filter((contract) => status === undefined || contract.status.toLowerCase() === status);
}

/** Renders a customer with contracts in pages. Personal fields at the top are null. */
function customerWithContracts(exchange: Exchange) {
  const { context, parameters } = exchange;
  const id = exchange.part('id');
  const all = contractsOf(exchange, id);
  const size = context.switches.get('customerPageSize');
  const start = Number(parameters.optionalText('cursor') ?? 0);
  const page = all.slice(start, start + size);
  const end = start + page.length;
  const nodes = page.map((contract) => rawContract(context, context.store.shown.of(contract)));
  return {
    __typename: 'Customer',
    id: gid('Customer', id),
    displayName: null,
    email: null,
    phone: null,
    subscriptionContracts: {
      ...connection(context, nodes),
      pageInfo: { hasNextPage: end < all.length, endCursor: page.length === 0 ? null : String(end) },
    },
  };
}

function contractsOf({ context, shop }: Exchange, customerId: string): readonly ContractRecord[] {
  const leaked = context.switches.get('leakForeignRows') ? context.store.contracts.list() : [];
  const own = context.store.contractsOf(customerId);
  return [...new Set([...own, ...leaked])].filter((contract) => contract.shop === shop.domain);
}
