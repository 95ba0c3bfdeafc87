import type { Endpoints } from '../exchange.js';
import { matchesText } from '../filters.js';
import { list } from '../lists.js';

/** Offer profiles are for the application scope; one-time incentives can be listed by shoppers too. */
export function promotionReads(endpoints: Endpoints): void {
  endpoints.read('/offer_profiles/', 'application', (exchange) =>
    list(exchange, { table: exchange.world.store.offerProfiles, customerOf: null, accepts: () => true }),
  );
  endpoints.read('/one_time_incentives/', 'storefront', (exchange) =>
    list(exchange, {
      table: exchange.world.store.oneTimeIncentives,
      customerOf: (row) => row.customer,
      narrowedBy: ['order'],
      accepts: (row) => matchesText(exchange.query, 'order', row.order),
    }),
  );
}
