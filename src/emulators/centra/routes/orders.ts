import { misbehaves } from '../../kit/endpoints.js';
import { addCrossSell } from '../cross-sell.js';
import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import { orderPayload } from '../payloads.js';
import { productPayload } from '../product-payload.js';
import type { Dialect, OrderRecord } from '../records.js';
import { accessDenied, notFound, CentraRefusal } from '../refusals.js';
import { answerOrder } from './order-answer.js';

const MAX_PAGE = 50;

/**
 * Serves placed orders.
 * See https://docs.centra.com/fe-development/cross-sell, /api-references/checkout-api/api-reference/user-accounts
 */
export function orders(endpoints: CentraEndpoints, dialect: Dialect): void {
  if (dialect === 'checkout') endpoints.query('POST', '/orders', history);
  endpoints.query('POST', '/orders/:order/items', candidates);
  endpoints.write('POST', '/orders/:order/items/:item', (exchange) => {
    const order = ownOrder(exchange);
    addCrossSell(exchange.context, order, exchange.part('item'), misbehaves(exchange, 'mergeLine'));
    const { switches } = exchange.context;
    const status = switches.get('upsellSuccessStatus');
    return switches.get('upsellSuccessBody') === 'order'
      ? answerOrder(exchange, order, { status })
      : { status, body: {} };
  });
}

/** Returns the caller's order. In Checkout API an order belongs to the session that placed it, and to the customer. */
function ownOrder(exchange: Exchange): OrderRecord {
  const { context, dialect, session } = exchange;
  const order = context.store.orders.get(exchange.part('order'));
  const isOwn = (found: OrderRecord) =>
    dialect === 'shop' ||
    session?.lastOrder === found.order ||
    (session !== null && session.customer !== null && session.customer === found.address.email);
  if (!order || !isOwn(order)) throw notFound('order');
  return order;
}

/** Returns products with the prices of this order. */
function candidates(exchange: Exchange): Reply {
  const { context, fields } = exchange;
  const order = ownOrder(exchange);
  const ids = fields.texts('products');
  if (ids.length === 0) throw new CentraRefusal(400, { products: 'required' });
  const { pricelist } = context.store.market(order.market);
  const found = ids.flatMap((id) => {
    const product = context.store.products.get(id);
    return product && pricelist in product.prices ? [product] : [];
  });
  if (found.length === 0) throw notFound('products', 'products not found');
  const products = found.map((product) => productPayload(context, product, order.market));
  const fetched = new Set(found.map(({ product }) => product));
  const failed = ids.filter((id) => !fetched.has(id));
  if (failed.length === 0) return { body: { products } };
  // Numbers, while `product` is text.
  return { body: { products, successfullyFetched: [...fetched].map(Number), failedToFetch: failed.map(Number) } };
}

function history({ context, session, fields, dialect }: Exchange): Reply {
  const customer = session?.customer ?? null;
  if (customer === null) throw accessDenied();
  const own = context.store.orders
    .list()
    .filter(({ address }) => address.email === customer)
    .toReversed();
  const from = Math.max(fields.optionalInteger('from') ?? 0, 0);
  const size = Math.min(Math.max(fields.optionalInteger('size') ?? 10, 1), MAX_PAGE);
  return {
    body: {
      orders: own.slice(from, from + size).map((order) => orderPayload(context, order, dialect)),
      ordersPaging: { from, size, totalSize: own.length },
    },
  };
}
