import { randomUUID } from 'node:crypto';
import { detailsRow } from '../details.js';
import type { Endpoints, Exchange } from '../exchange.js';
import { gid } from '../gids.js';
import { int64 } from '../json-text.js';
import { connection, rawContract } from '../payloads.js';
import type { ContractRecord } from '../records.js';
import { badRequest, problem } from '../refusals.js';

const TOKEN_LIFETIME_MS = 2 * 60 * 60_000;

/** https://developers.appstle.com/api-reference/customers */
export function customers(endpoints: Endpoints): void {
  endpoints.read('subscription-customers/:id', customerWithContracts);
  endpoints.read('subscription-customers/valid/:id', (exchange) =>
    contractsOf(exchange, exchange.part('id')).map(({ id }) => int64(id)),
  );
  endpoints.read('subscription-customers-detail/valid/:id', (exchange) =>
    contractsOf(exchange, exchange.part('id')).map((contract) => ({
      ...detailsRow(exchange.world, contract),
      status: contract.status,
    })),
  );

  endpoints.read('customer-portal-token', ({ world, shop, parameters }) => {
    const [id, email] = [parameters.optionalId('customerId'), parameters.optional('email')];
    if (id === null && email === null) throw badRequest('customerId or email is required');
    const customer = world.store.customers.find(
      (each) => each.shop === shop.domain && (id === null ? each.email === email : each.id === id),
    );
    if (!customer) throw problem(404, 'Customer not found');
    const token = randomUUID();
    const expiresAt = new Date(world.clock.now().getTime() + TOKEN_LIFETIME_MS);
    world.store.portalTokens.set(token, { customerId: customer.id, expiresAt });
    return { customerId: int64(customer.id), token };
  });
}

/** Personal fields at the top are null; contracts come in pages. */
function customerWithContracts(exchange: Exchange) {
  const { world, parameters } = exchange;
  const id = exchange.part('id');
  const all = contractsOf(exchange, id);
  const size = world.switches.get('customerPageSize');
  const start = Number(parameters.optional('cursor') ?? 0);
  const page = all.slice(start, start + size);
  const end = start + page.length;
  const nodes = page.map((contract) => rawContract(world, world.store.shown.of(contract)));
  return {
    __typename: 'Customer',
    id: gid('Customer', id),
    displayName: null,
    email: null,
    phone: null,
    subscriptionContracts: {
      ...connection(world, nodes),
      pageInfo: { hasNextPage: end < all.length, endCursor: page.length === 0 ? null : String(end) },
    },
  };
}

function contractsOf({ world, shop }: Exchange, customerId: string): readonly ContractRecord[] {
  const leaked = world.switches.get('leakForeignRows') ? world.store.contracts.list() : [];
  const own = world.store.contractsOf(customerId);
  return [...new Set([...own, ...leaked])].filter((contract) => contract.shop === shop.domain);
}
