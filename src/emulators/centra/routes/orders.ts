import { addCrossSell } from '../cross-sell.js';
import { type Api, type Exchange, type Reply, takeTime } from '../exchange.js';
import { orderPayload } from '../payloads.js';
import { productPayload } from '../product-payload.js';
import { accessDenied, notFound, Refusal } from '../refusals.js';
import type { OrderRecord } from '../records.js';
import { answerOrder } from './order-answer.js';

const MAX_PAGE = 50;

/** Placed orders: https://docs.centra.com/fe-development/cross-sell, /api-references/checkout-api/api-reference/user-accounts */
export function orders(api: Api): void {
  if (api.dialect === 'checkout') api.route('POST', '/orders', history);
  api.route('POST', '/orders/:order/items', candidates);
  api.route('POST', '/orders/:order/items/:item', async (exchange) => {
    const order = ownOrder(exchange);
    addCrossSell(exchange.world, order, exchange.part('item'));
    await takeTime(exchange.world);
    const { switches } = exchange.world;
    const status = switches.get('upsellSuccessStatus');
    return switches.get('upsellSuccessBody') === 'order'
      ? answerOrder(exchange, order, { status })
      : { status, body: {} };
  });
}

/** In Checkout API an order belongs to the session that placed it, and to the customer. */
function ownOrder(exchange: Exchange): OrderRecord {
  const { world, dialect, session } = exchange;
  const order = world.store.orders.get(exchange.part('order'));
  const isOwn = (found: OrderRecord) =>
    dialect === 'shop' ||
    session?.lastOrder === found.order ||
    (session !== null && session.customer !== null && session.customer === found.address.email);
  if (!order || !isOwn(order)) throw notFound('order');
  return order;
}

/** Products with the prices of this order. */
function candidates(exchange: Exchange): Reply {
  const { world, fields } = exchange;
  const order = ownOrder(exchange);
  const ids = fields.texts('products');
  if (ids.length === 0) throw new Refusal(400, { products: 'required' });
  const { pricelist } = world.store.market(order.market);
  const found = ids.flatMap((id) => {
    const product = world.store.products.get(id);
    return product && pricelist in product.prices ? [product] : [];
  });
  if (found.length === 0) throw notFound('products', 'products not found');
  const products = found.map((product) => productPayload(world, product, order.market));
  const fetched = new Set(found.map(({ product }) => product));
  const failed = ids.filter((id) => !fetched.has(id));
  if (failed.length === 0) return { body: { products } };
  // Numbers, while `product` is text.
  return { body: { products, successfullyFetched: [...fetched].map(Number), failedToFetch: failed.map(Number) } };
}

function history({ world, session, fields, dialect }: Exchange): Reply {
  const customer = session?.customer ?? null;
  if (customer === null) throw accessDenied();
  const own = [...world.store.orders.values()].filter(({ address }) => address.email === customer).toReversed();
  const from = Math.max(fields.optionalInteger('from') ?? 0, 0);
  const size = Math.min(Math.max(fields.optionalInteger('size') ?? 10, 1), MAX_PAGE);
  return {
    body: {
      orders: own.slice(from, from + size).map((order) => orderPayload(world, order, dialect)),
      ordersPaging: { from, size, totalSize: own.length },
    },
  };
}
