import { type OrdergrooveEndpoints, type Exchange, maySee } from '../endpoints.js';
import { matchesDate, matchesFlag, matchesText } from '../filters.js';
import { list } from '../lists.js';
import { notFound } from '../refusals.js';

/**
 * Serves customers, addresses and payments.
 * See https://developer.ordergroove.com/reference/customers-list, /addresses-list
 */
export function peopleReads(endpoints: OrdergrooveEndpoints): void {
  endpoints.read({ path: '/customers/', access: 'storefront' }, (exchange) =>
    list(exchange, {
      collection: exchange.context.store.customers,
      customerOf: (row) => row.merchant_user_id,
      narrowedBy: ['email'],
      accepts: (row) =>
        matchesFlag(exchange.query, 'live', row.live) &&
        matchesText(exchange.query, 'email', row.email) &&
        matchesDate(exchange.query, 'updated', row.last_updated),
    }),
  );
  endpoints.read({ path: '/addresses/', access: 'recognised' }, (exchange) =>
    list(exchange, {
      collection: exchange.context.store.addresses,
      customerOf: (row) => row.customer,
      accepts: (row) =>
        matchesFlag(exchange.query, 'live', row.live) && matchesDate(exchange.query, 'updated', row.created),
    }),
  );
  endpoints.read({ path: '/payments/', access: 'storefront' }, (exchange) =>
    list(exchange, {
      collection: exchange.context.store.payments,
      customerOf: (row) => row.customer,
      accepts: (row) => matchesFlag(exchange.query, 'live', row.live),
    }),
  );

  endpoints.read({ path: '/customers/:id/', access: 'storefront' }, (exchange) =>
    own(exchange, exchange.context.store.customers.get(exchange.part('id')), (row) => row.merchant_user_id),
  );
  endpoints.read({ path: '/addresses/:id/', access: 'recognised' }, (exchange) =>
    own(exchange, exchange.context.store.addresses.get(exchange.part('id')), (row) => row.customer),
  );
  endpoints.read({ path: '/payments/:id/', access: 'storefront' }, (exchange) =>
    own(exchange, exchange.context.store.payments.get(exchange.part('id')), (row) => row.customer),
  );
}

function own<Row>({ caller }: Exchange, row: Row | undefined, customerOf: (row: Row) => string): Row {
  if (row === undefined || !maySee(caller, customerOf(row))) throw notFound();
  return row;
}
