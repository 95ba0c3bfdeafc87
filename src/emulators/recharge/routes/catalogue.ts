import type { Exchange, RechargeEndpoints } from '../endpoints.js';
import { planPayload, productPayload } from '../payloads.js';
import type { VariantRecord } from '../records.js';
import { invalid, missingScope } from '../refusals.js';
import { list, oneOf } from '../lists.js';

const READ = ['read_products'];

export function catalogue(endpoints: RechargeEndpoints): void {
  // Under the headers of 2021-01, with a format of its own.
  endpoints.read({ path: '/product_search', access: READ }, (exchange) => {
    const { context, query } = exchange;
    if (!context.switches.get('productSearch')) throw missingScope(['a session of a shopper']);
    if (query.get('format_version') !== '2022-06') throw invalid({ format_version: ['Not a valid choice.'] });
    const ids = idsIn(exchange, 'external_variant_ids');
    const variants = context.store.variants.filter(({ external_variant_id: id }) => ids.includes(id));
    const products = Array.from(byProduct(variants).values(), (each) => productPayload(context, each));
    return { products, total: products.length, next_cursor: null, previous_cursor: null };
  });

  endpoints.read({ path: '/products', access: READ }, (exchange) => {
    const { context, version, query } = exchange;
    const ids = idsIn(exchange, 'external_product_ids');
    if (version === '2021-11' && ids.length === 0) throw invalid({ external_product_ids: ['Products must be named.'] });
    // There is no order to ask for, and no time.
    const others = [...query.keys()].filter((name) => !['external_product_ids', 'limit', 'cursor'].includes(name));
    if (version === '2021-11' && others.length > 0) throw invalid({ [others[0] ?? '']: ['Unknown field.'] });
    const variants = context.store.variants.filter(({ external_product_id: id }) => ids.includes(id));
    const products = Array.from(byProduct(variants).values(), (each) => productPayload(context, each));
    return { next_cursor: null, previous_cursor: null, products };
  });

  endpoints.read({ path: '/plans', access: READ }, ({ context, query }) => {
    const product = query.get('external_product_id');
    const plans = context.store.plans.filter((plan) => product === null || plan.external_product_id === product);
    return { next_cursor: null, previous_cursor: null, plans: plans.map(planPayload) };
  });

  bundles(endpoints);
}

function bundles(endpoints: RechargeEndpoints): void {
  endpoints.read({ path: '/bundle_selections', access: ['read_subscriptions'] }, (exchange) => {
    if (exchange.query.has('charge_ids')) throw missingScope(['read_charge_bundles']);
    return list(exchange, {
      name: 'bundle_selections',
      rows: () => exchange.context.store.bundles.list(),
      idOf: ({ id }) => id,
      filters: { ids: oneOf(({ id }) => id), purchase_item_ids: oneOf(({ purchase_item_id: item }) => item) },
      sortKeys: {},
      show: (bundle) => ({ ...bundle }),
    });
  });
}

function idsIn({ query }: Exchange, name: string): readonly string[] {
  return (query.get(name) ?? '').split(',').filter((id) => id !== '');
}

function byProduct(variants: readonly VariantRecord[]): ReadonlyMap<string, readonly VariantRecord[]> {
  const products = new Map<string, readonly VariantRecord[]>();
  for (const variant of variants) {
    const { external_product_id: product } = variant;
    products.set(product, [...(products.get(product) ?? []), variant]);
  }
  return products;
}
