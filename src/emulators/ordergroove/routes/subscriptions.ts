import { matchesDate, matchesFlag, matchesText } from '../filters.js';
import type { Endpoints } from '../exchange.js';
import { list, mapPage } from '../lists.js';
import { subscriptionById } from '../lookups.js';
import { subscriptionPayload } from '../payloads.js';

/** https://developer.ordergroove.com/reference/subscriptions-list, /subscriptions-retrieve */
export function subscriptionReads(endpoints: Endpoints): void {
  endpoints.read('/subscriptions/', 'storefront', (exchange) => {
    const { world, query } = exchange;
    const page = list(exchange, {
      table: world.store.subscriptions,
      customerOf: (row) => row.customer,
      accepts: (row) =>
        matchesFlag(query, 'live', row.live) &&
        matchesText(query, 'product', row.product) &&
        matchesText(query, 'shipping_address', row.shipping_address) &&
        matchesDate(query, 'created', row.created) &&
        matchesDate(query, 'updated', row.updated),
      ordering: { created: (row) => row.created },
    });
    return mapPage(page, (row) => subscriptionPayload(world, row, { isRead: true }));
  });

  endpoints.read('/subscriptions/:id/', 'recognised', (exchange) =>
    subscriptionPayload(exchange.world, subscriptionById(exchange, exchange.part('id')), { isRead: true }),
  );
}
