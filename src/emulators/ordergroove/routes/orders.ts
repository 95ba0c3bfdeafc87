import type { OrdergrooveEndpoints, Exchange } from '../endpoints.js';
import { isTrue, matchesDate, matchesStatus } from '../filters.js';
import { list, mapPage } from '../lists.js';
import { orderById } from '../lookups.js';
import { orderPayload } from '../payloads.js';
import type { OrderRecord } from '../records.js';
import { holdsPrepaid } from '../schedule.js';

/** Serves orders. See https://developer.ordergroove.com/reference/orders-list, /orders-retrieve */
export function orderReads(endpoints: OrdergrooveEndpoints): void {
  endpoints.read({ path: '/orders/', access: 'recognised' }, (exchange) => {
    const { context, query } = exchange;
    const page = list(exchange, {
      collection: context.store.orders,
      customerOf: (order) => order.customer,
      narrowedBy: ['subscription'],
      accepts: (order) => isWanted(exchange, order),
      ordering: { place: (order) => order.place, created: (order) => order.created },
    });
    const hasPlan = isTrue(query.get('include_has_plan'));
    return mapPage(page, (order) => orderPayload(context, order, { hasPlan }));
  });

  endpoints.read({ path: '/orders/:id/', access: 'recognised' }, (exchange) => {
    const hasPlan = isTrue(exchange.query.get('include_has_plan'));
    return orderPayload(exchange.context, orderById(exchange, exchange.part('id')), { hasPlan });
  });
}

function isWanted({ context, query }: Exchange, order: OrderRecord): boolean {
  const subscription = query.get('subscription');
  return (
    matchesStatus(query, context.switches, order.status) &&
    matchesDate(query, 'place', order.place) &&
    matchesDate(query, 'created', order.created) &&
    matchesDate(query, 'updated', order.updated) &&
    (subscription === null ||
      context.store.itemsOf(order.public_id).some((item) => item.subscription === subscription)) &&
    !(isTrue(query.get('exclude_prepaid_orders')) && holdsPrepaid(context, order))
  );
}
