import { idIn, type RechargeEndpoints } from '../endpoints.js';
import { list, oneOf } from '../lists.js';
import { addressPayload, customerPayload, deliverySchedule, orderPayload } from '../payloads.js';
import { notFound } from '../refusals.js';

const CUSTOMERS = ['read_customers'];

export function people(endpoints: RechargeEndpoints): void {
  // Needs no scope: what a token opens is read here.
  endpoints.read('/token_information', ({ token }) => ({
    token_information: { name: token.name, contact_email: null, client: { name: token.name }, scopes: token.scopes },
  }));

  endpoints.read({ path: '/store', access: ['read_store'] }, ({ context: { store } }) => ({
    store: { name: store.shop.name, currency: store.shop.currency, iana_timezone: store.shop.timeZone },
  }));

  endpoints.read({ path: '/customers', access: CUSTOMERS }, (exchange) =>
    list(exchange, {
      name: 'customers',
      rows: () => exchange.context.store.customers.list(),
      idOf: ({ id }) => id,
      filters: {
        ids: oneOf(({ id }) => id),
        email: oneOf(({ email }) => email),
        external_customer_id: oneOf(({ external_customer_id: id }) => id),
      },
      sortKeys: {},
      show: customerPayload,
    }),
  );

  endpoints.read({ path: '/customers/:id', access: CUSTOMERS }, (exchange) => {
    const customer = exchange.context.store.customers.get(idIn(exchange));
    if (!customer) throw notFound();
    return { customer: customerPayload(customer) };
  });

  endpoints.read({ path: '/customers/:id/delivery_schedule', access: CUSTOMERS }, (exchange) => {
    const customer = exchange.context.store.customers.get(idIn(exchange));
    if (!customer) throw notFound();
    return deliverySchedule(exchange.context, customer);
  });

  endpoints.read({ path: '/addresses', access: CUSTOMERS }, (exchange) =>
    list(exchange, {
      name: 'addresses',
      rows: () => exchange.context.store.addresses.list(),
      idOf: ({ id }) => id,
      filters: { ids: oneOf(({ id }) => id), customer_id: oneOf(({ customer_id: customer }) => customer) },
      sortKeys: {},
      show: addressPayload,
    }),
  );

  // Processed ones, and the shipments of what was paid in advance.
  endpoints.read({ path: '/orders', access: ['read_orders'] }, (exchange) =>
    list(exchange, {
      name: 'orders',
      rows: () => exchange.context.store.orders.list(),
      idOf: ({ id }) => id,
      filters: {
        customer_id: oneOf(({ customer_id: customer }) => customer),
        address_id: oneOf(({ address_id: address }) => address),
        status: oneOf(({ status }) => status),
      },
      sortKeys: { scheduled_at: ({ scheduled_at: date }) => date },
      show: orderPayload,
    }),
  );
}
