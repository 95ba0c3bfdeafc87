import type { Api, Exchange, Reply } from '../exchange.js';
import { productPayload } from '../product-payload.js';
import { accessDenied, notFound } from '../refusals.js';
import { DEFAULT_MARKET } from '../sessions.js';

/** The catalogue: https://docs.centra.com/api-references/checkout-api/api-reference/products-and-categories */
export function products(api: Api): void {
  if (api.dialect === 'checkout') {
    api.route('GET', '/products/:product', (exchange) => {
      const product = exchange.world.store.products.get(exchange.part('product'));
      if (!product) throw notFound('uri');
      return { body: { product: productPayload(exchange.world, product, marketOf(exchange)) } };
    });
  }
  api.route('POST', '/products', list);
}

function list(exchange: Exchange): Reply {
  const { world, fields, isServer } = exchange;
  if (!isServer && (fields.has('pricelist') || fields.has('market'))) throw accessDenied();
  const market = marketOf(exchange);
  const wanted = fields.has('products') ? new Set(fields.texts('products')) : null;
  const { pricelist } = world.store.market(market);
  const found = [...world.store.products.values()].filter(
    ({ product, prices }) => (wanted === null || wanted.has(product)) && pricelist in prices,
  );
  const skip = fields.optionalInteger('skipFirst') ?? 0;
  const limit = fields.optionalInteger('limit') ?? 100;
  const page = found.slice(skip, skip + limit);
  const hasAllPrices = fields.optionalText('pricelist') === 'all';
  return {
    body: {
      productCount: found.length,
      products: page.map((product) => {
        const payload = productPayload(world, product, market);
        return hasAllPrices ? { ...payload, prices: product.prices } : payload;
      }),
    },
  };
}

function marketOf({ session, world, fields }: Exchange): string {
  const selection = world.store.selections.get(session?.selection ?? '');
  const asked = fields.optionalText('market');
  return asked !== null && world.store.markets.has(asked) ? asked : (selection?.market ?? DEFAULT_MARKET);
}
