import { readFileSync } from 'node:fs';
import { serveSubgraph } from './serve.mjs';

const rows = JSON.parse(readFileSync(new URL('products.json', import.meta.url), 'utf8'));
/** By the identifier that the providers have for a product. */
const products = new Map(rows.map((product) => [product.providerId, product]));

const resolvers = {
  Product: {
    __resolveReference: ({ id, providerId }) => ({ id, ...products.get(providerId) }),
    priceList: ({ prices }) => prices?.map(({ name, cents }) => ({ name, price: dollars(cents) })),
  },
};

function dollars(cents) {
  return {
    amount: (cents / 100).toFixed(2),
    currency: 'USD',
  };
}

/** Titles, pictures and prices. They are public, so nobody's token is asked for. */
export function startCatalogue() {
  return serveSubgraph('catalogue', resolvers);
}
