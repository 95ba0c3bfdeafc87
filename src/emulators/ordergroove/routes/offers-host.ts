import type { FastifyInstance } from 'fastify';
import type { OrdergrooveContext } from '../context.js';
import type { ProductRecord } from '../records.js';
import { badField, notFound } from '../refusals.js';

/** Stands for the host `offers.ordergroove.com`, which takes no credential. */
export const OFFERS_HOST = '/offers-host';

type Query = Readonly<Record<string, string | undefined>>;

export function offersHost(app: FastifyInstance, context: OrdergrooveContext): void {
  app.get<{ Params: { merchant: string; module: string }; Querystring: Query }>(
    `${OFFERS_HOST}/offer/:merchant/:module`,
    (request) => {
      const { merchant, products: catalogue } = context.store;
      if (request.params.merchant !== merchant.id) throw notFound();
      const products = idsIn(request.query['p']).flatMap((id) => catalogue.get(id) ?? []);
      return {
        module_view: { regular: merchant.offerId },
        in_stock: byProduct(products, (product) => product.live),
        autoship: byProduct(products, (product) => product.autoship_enabled),
        autoship_by_default: byProduct(products, (product) => product.autoship_by_default),
        default_frequencies: byProduct(
          products.filter((product) => product.every !== null),
          ({ every, every_period }) => ({ every, every_period }),
        ),
        eligibility_groups: byProduct(
          products.filter((product) => product.eligibility !== null),
          (product) => product.eligibility,
        ),
        incentives: byProduct(products, () => ({})),
      };
    },
  );
}

/** Reads the JSON list of product ids in `p`. */
function idsIn(text: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    if (Array.isArray(ids)) return ids.map(String);
  } catch {
    // Falls through to the refusal.
  }
  throw badField('p', 'Expected a JSON list of product ids.');
}

function byProduct<Value>(
  products: readonly ProductRecord[],
  valueOf: (product: ProductRecord) => Value,
): Record<string, Value> {
  return Object.fromEntries(products.map((product) => [product.external_product_id, valueOf(product)]));
}
