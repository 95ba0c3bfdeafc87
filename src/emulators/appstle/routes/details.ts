import { instantOf } from '../dates.js';
import { detailsRow } from '../details.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { pageOf, sortRows } from '../paging.js';
import type { ContractRecord } from '../records.js';

/** https://developers.appstle.com/api-reference/subscription-contracts: unknown filters are ignored, not refused. */
export function details(endpoints: Endpoints): void {
  endpoints.read('subscription-contract-details', (exchange) => {
    const rows = sortRows(filtered(exchange), exchange.parameters.optional('sort'), {
      id: ({ detailsId }) => Number(detailsId),
      created_at: ({ createdAt }) => instantOf(createdAt),
      next_billing_date: ({ nextBillingDate }) => (nextBillingDate === null ? 0 : instantOf(nextBillingDate)),
      status: ({ status }) => status,
    });
    return pageOf(
      exchange,
      rows.map((row) => detailsRow(exchange.world, row)),
    );
  });

  endpoints.read('subscription-contract-details/customers', (exchange) => {
    const { parameters, world, shop } = exchange;
    const [name, email] = [parameters.optional('name'), parameters.optional('email')];
    const customers = world.store.customers
      .filter((customer) => customer.shop === shop.domain && (email === null || customer.email === email))
      .filter(({ firstName, lastName }) => name === null || `${firstName} ${lastName}`.includes(name));
    return pageOf(
      exchange,
      customers.map((customer) => ({ customerId: customer.id, name: customer.firstName, email: customer.email })),
    );
  });
}

function filtered({ parameters, world, shop }: Exchange): readonly ContractRecord[] {
  const rows = world.store.contracts.filter((contract) => contract.shop === shop.domain);
  // A customer silently overrides the other filters.
  const customerId = parameters.optionalId('customerId');
  if (customerId !== null) return rows.filter((contract) => contract.customerId === customerId);
  const alias = world.switches.get('contractIdFilter') ? parameters.optionalId('contractId') : null;
  const contractId = parameters.optionalId('subscriptionContractId') ?? alias;
  const status = parameters.optional('status')?.toLowerCase();
  return rows
    .filter(({ id }) => contractId === null || id === contractId)
    .filter((contract) => status === undefined || contract.status.toLowerCase() === status);
}
