import type { OrdergrooveEndpoints, Exchange } from '../endpoints.js';
import { isTrue, matchesDate, matchesFlag, matchesStatus, matchesText } from '../filters.js';
import { list, mapPage } from '../lists.js';
import { itemById } from '../lookups.js';
import { itemPayload } from '../payloads.js';
import type { ItemRecord, OrderRecord } from '../records.js';

/** Serves items. See https://developer.ordergroove.com/reference/items-list, /items-retrieve */
export function itemReads(endpoints: OrdergrooveEndpoints): void {
  endpoints.read({ path: '/items/', access: 'storefront' }, (exchange) => {
    const { context, query } = exchange;
    const orderOf = (item: ItemRecord) => context.store.orders.get(item.order);
    const page = list(exchange, {
      collection: context.store.items,
      customerOf: (item) => orderOf(item)?.customer,
      narrowedBy: ['order', 'subscription'],
      customerFilter: context.switches.get('itemsAcceptCustomerFilter'),
      accepts: (item) => isWanted(exchange, item, orderOf(item)),
      ordering: { place: (item) => orderOf(item)?.place ?? '' },
    });
    const omitPrices = isTrue(query.get('omit_price_calculation'));
    return mapPage(page, (item) => itemPayload(context, item, { isRead: true, omitPrices }));
  });

  endpoints.read({ path: '/items/:id/', access: 'storefront' }, (exchange) =>
    itemPayload(exchange.context, itemById(exchange, exchange.part('id')), { isRead: true }),
  );
}

function isWanted({ context, query }: Exchange, item: ItemRecord, order: OrderRecord | undefined): boolean {
  return (
    order !== undefined &&
    matchesText(query, 'order', item.order) &&
    matchesText(query, 'subscription', item.subscription) &&
    matchesText(query, 'offer', item.offer) &&
    matchesText(query, 'product', item.product) &&
    matchesFlag(query, 'one_time', item.one_time) &&
    matchesStatus(query, context.switches, order.status) &&
    matchesDate(query, 'place', order.place) &&
    matchesDate(query, 'order_updated', order.updated)
  );
}
