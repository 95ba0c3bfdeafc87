import type { SureCartContext } from '../context.js';
import type { SureCartEndpoints } from '../endpoints.js';
import { type Filters, list } from '../lists.js';
import { isVisible } from '../relations.js';
import type { ObjectName, RecordOf, SureCartStore } from '../store.js';

/** Lists and single records of every object, each with the filters its page documents. */
export function readRoutes(endpoints: SureCartEndpoints, context: SureCartContext): void {
  resource(endpoints, 'orders', 'order', {
    'checkout_ids[]': (row) => row.checkout,
    'customer_ids[]': (row) => checkoutOf(context.store, row.checkout)?.customer ?? null,
    'status[]': (row) => row.status,
    'order_type[]': (row) => row.order_type,
    'product_ids[]': (row) => productsOf(context.store, row.checkout),
  });
  resource(endpoints, 'line_items', 'line_item', { 'checkout_ids[]': (row) => row.checkout });
  resource(endpoints, 'checkouts', 'checkout', {
    'customer_ids[]': (row) => row.customer,
    'status[]': (row) => row.status,
    'product_ids[]': (row) => productsOf(context.store, row.id),
  });
  resource(endpoints, 'subscriptions', 'subscription', {
    'checkout_ids[]': (row) => row.hidden.checkout,
    'customer_ids[]': (row) => row.customer,
    'purchase_ids[]': (row) => row.purchase,
    'price_ids[]': (row) => row.price,
    'product_ids[]': (row) => context.store.tables.price.get(row.price)?.product ?? null,
    'status[]': (row) => row.status,
  });
  resource(endpoints, 'upsells', 'upsell', {
    'upsell_funnel_ids[]': (row) => row.upsell_funnel,
    'product_ids[]': (row) => context.store.tables.price.get(row.price)?.product ?? null,
  });
  resource(endpoints, 'prices', 'price', { 'product_ids[]': (row) => row.product });
  resource(endpoints, 'purchases', 'purchase', {
    'checkout_ids[]': (row) => row.hidden.checkout,
    'customer_ids[]': (row) => row.customer,
  });
  for (const [path, object] of plain) resource(endpoints, path, object, {});
}

const plain = [
  ['customers', 'customer'],
  ['payment_methods', 'payment_method'],
  ['products', 'product'],
  ['upsell_funnels', 'upsell_funnel'],
  ['swaps', 'swap'],
  ['periods', 'period'],
  ['refunds', 'refund'],
] as const;

function resource<Name extends ObjectName>(
  endpoints: SureCartEndpoints,
  path: string,
  object: Name,
  filters: Filters<RecordOf<Name>>,
): void {
  endpoints.read(`/${path}`, ({ context, query }) => {
    const rows = context.store.tables[object].filter((row) => row.object !== 'subscription' || isVisible(context, row));
    return list(context, query, { path: `/v1/${path}`, rows, filters });
  });
  endpoints.read(`/${path}/:id`, (exchange) => exchange.show(exchange.target(object)));
}

function checkoutOf({ tables }: SureCartStore, id: string) {
  return tables.checkout.get(id);
}

function productsOf(store: SureCartStore, checkout: string): readonly string[] {
  return store.linesOf(checkout).flatMap(({ price }) => store.tables.price.get(price)?.product ?? []);
}
