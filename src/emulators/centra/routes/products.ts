import type { CentraEndpoints, Exchange, Reply } from '../endpoints.js';
import { productPayload } from '../product-payload.js';
import type { Dialect } from '../records.js';
import { accessDenied, notFound } from '../refusals.js';
import { DEFAULT_MARKET } from '../sessions.js';

/**
 * Serves the catalogue. See https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories
 */
export function products(endpoints: CentraEndpoints, dialect: Dialect): void {
  if (dialect === 'checkout') {
    endpoints.read('/products/:product', (exchange) => {
      const product = exchange.context.store.products.get(exchange.part('product'));
      if (!product) throw notFound('uri');
      return { body: { product: productPayload(exchange.context, product, marketOf(exchange)) } };
    });
  }
  endpoints.query('POST', '/products', list);
}

function list(exchange: Exchange): Reply {
  const { context, fields, isServer } = exchange;
  if (!isServer && (fields.has('pricelist') || fields.has('market'))) throw accessDenied();
  const market = marketOf(exchange);
  const wanted = fields.has('products') ? new Set(fields.texts('products')) : null;
  const { pricelist } = context.store.market(market);
  const found = context.store.products
    .list()
    .filter(({ product, prices }) => (wanted === null || wanted.has(product)) && pricelist in prices);
  const skip = fields.optionalInteger('skipFirst') ?? 0;
  const limit = fields.optionalInteger('limit') ?? 100;
  const page = found.slice(skip, skip + limit);
  const hasAllPrices = fields.optionalText('pricelist') === 'all';
  return {
    body: {
      productCount: found.length,
      products: page.map((product) => {
        const payload = productPayload(context, product, market);
        return hasAllPrices ? { ...payload, prices: product.prices } : payload;
      }),
    },
  };
}

function marketOf({ session, context, fields }: Exchange): string {
  const selection = context.store.selections.get(session?.selection ?? '');
  const asked = fields.optionalText('market');
  return asked !== null && context.store.markets.get(asked) !== undefined
    ? asked
    : (selection?.market ?? DEFAULT_MARKET);
}
