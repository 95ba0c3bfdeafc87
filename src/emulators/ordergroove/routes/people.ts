import { type Endpoints, type Exchange, maySee } from '../exchange.js';
import { matchesDate, matchesFlag, matchesText } from '../filters.js';
import { list } from '../lists.js';
import { notFound } from '../refusals.js';
import { refreshOrder, UNSENT } from '../schedule.js';

/** Customers, addresses and payments. https://developer.ordergroove.com/reference/customers-list, /addresses-list */
export function peopleReads(endpoints: Endpoints): void {
  endpoints.read('/customers/', 'storefront', (exchange) =>
    list(exchange, {
      table: exchange.world.store.customers,
      customerOf: (row) => row.merchant_user_id,
      narrowedBy: ['email'],
      accepts: (row) =>
        matchesFlag(exchange.query, 'live', row.live) &&
        matchesText(exchange.query, 'email', row.email) &&
        matchesDate(exchange.query, 'updated', row.last_updated),
    }),
  );
  endpoints.read('/addresses/', 'recognised', (exchange) =>
    list(exchange, {
      table: exchange.world.store.addresses,
      customerOf: (row) => row.customer,
      accepts: (row) =>
        matchesFlag(exchange.query, 'live', row.live) && matchesDate(exchange.query, 'updated', row.created),
    }),
  );
  endpoints.read('/payments/', 'storefront', (exchange) =>
    list(exchange, {
      table: exchange.world.store.payments,
      customerOf: (row) => row.customer,
      accepts: (row) => matchesFlag(exchange.query, 'live', row.live),
    }),
  );

  endpoints.read('/customers/:id/', 'storefront', (exchange) =>
    own(exchange, exchange.world.store.customers.get(exchange.part('id')), (row) => row.merchant_user_id),
  );
  endpoints.read('/addresses/:id/', 'recognised', (exchange) =>
    own(exchange, exchange.world.store.addresses.get(exchange.part('id')), (row) => row.customer),
  );
  endpoints.read('/payments/:id/', 'storefront', (exchange) =>
    own(exchange, exchange.world.store.payments.get(exchange.part('id')), (row) => row.customer),
  );
}

/** Puts one payment or address on every live subscription and unsent order of its customer. */
export function useForAll(endpoints: Endpoints): void {
  endpoints.write(
    'POST',
    '/payments/:id/use_for_all/',
    'storefront',
    () => [],
    (exchange) => {
      const { store } = exchange.world;
      const payment = own(exchange, store.payments.get(exchange.part('id')), (row) => row.customer);
      spread(exchange, payment.customer, { payment: payment.public_id });
      return exchange.reply.code(200).send();
    },
  );
  endpoints.write(
    'POST',
    '/addresses/:id/use_for_all/',
    'storefront',
    () => [],
    (exchange) => {
      const { store } = exchange.world;
      const address = own(exchange, store.addresses.get(exchange.part('id')), (row) => row.customer);
      spread(exchange, address.customer, { shipping_address: address.public_id });
      return exchange.reply.code(204).send();
    },
  );
}

function own<Row>({ caller }: Exchange, row: Row | undefined, customerOf: (row: Row) => string): Row {
  if (row === undefined || !maySee(caller, customerOf(row))) throw notFound();
  return row;
}

function spread(
  { world }: Exchange,
  customer: string,
  change: { readonly payment: string } | { readonly shipping_address: string },
): void {
  for (const subscription of world.store.subscriptions.list()) {
    if (subscription.customer === customer && subscription.live) Object.assign(subscription, change);
  }
  for (const order of world.store.orders.list()) {
    if (order.customer !== customer || order.status !== UNSENT) continue;
    Object.assign(order, change);
    refreshOrder(world, order);
  }
}
