import type { OrdergrooveEndpoints } from '../endpoints.js';
import { matchesDate, matchesFlag, matchesText } from '../filters.js';
import { list, mapPage } from '../lists.js';
import { subscriptionById } from '../lookups.js';
import { subscriptionPayload } from '../payloads.js';

/** Serves subscriptions. See https://developer.ordergroove.com/reference/subscriptions-list, /subscriptions-retrieve */
export function subscriptionReads(endpoints: OrdergrooveEndpoints): void {
  endpoints.read({ path: '/subscriptions/', access: 'storefront' }, (exchange) => {
    const { context, query } = exchange;
    const page = list(exchange, {
      collection: context.store.subscriptions,
      customerOf: (row) => row.customer,
      accepts: (row) =>
        matchesFlag(query, 'live', row.live) &&
        matchesText(query, 'product', row.product) &&
        matchesText(query, 'shipping_address', row.shipping_address) &&
        matchesDate(query, 'created', row.created) &&
        matchesDate(query, 'updated', row.updated),
      ordering: { created: (row) => row.created },
    });
    return mapPage(page, (row) => subscriptionPayload(context, row, { isRead: true }));
  });

  endpoints.read({ path: '/subscriptions/:id/', access: 'recognised' }, (exchange) =>
    subscriptionPayload(exchange.context, subscriptionById(exchange, exchange.part('id')), { isRead: true }),
  );
}
