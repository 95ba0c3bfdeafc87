import type { CentraContext } from './context.js';
import { pricePair } from './money.js';
import type { PlanRecord, ProductRecord } from './records.js';

export function productFacts(product: ProductRecord): Record<string, unknown> {
  return {
    product: product.product,
    name: product.name,
    uri: product.name.toLowerCase().replaceAll(' ', '-'),
    sku: product.sku,
    productSku: product.sku,
    brandName: 'Norrland',
    variantName: 'Standard',
    centraProduct: product.product,
    centraVariant: product.product,
    categories: [],
    // An empty map is `[]` in PHP.
    media: product.media.length === 0 ? [] : { standard: product.media, full: product.media },
    mediaObjects: product.media.map((url) => ({ media: url, sources: { full: [{ url }] }, attributes: [] })),
    measurementChart: [],
  };
}

/** Renders a product with its prices in one market. */
export function productPayload({ store, switches }: CentraContext, product: ProductRecord, marketId: string) {
  const currency = store.currencyOf(marketId);
  const price = product.prices[store.market(marketId).pricelist] ?? null;
  const isStockKept = switches.get('stockMode') !== 'off';
  return {
    ...productFacts(product),
    itemQuantityMinimum: product.minimum,
    itemQuantityMultipleOf: product.multipleOf,
    ...(price === null
      ? { price: null, priceAsNumber: null }
      : { ...pricePair('price', price, currency), ...pricePair('priceBeforeDiscount', price, currency) }),
    discountPercent: 0,
    showAsNew: false,
    available: product.sizes.some(({ stock }) => stock > 0 || !isStockKept),
    items: product.sizes.map((size) => ({
      item: `${product.product}-${size.sizeId}`,
      sizeId: size.sizeId,
      name: size.name,
      sku: `${product.sku}${size.sku}`,
      ean: '',
      ...(isStockKept ? { stock: size.stock } : { stock: 'yes' }),
    })),
    ...(product.bundle && { bundleInfo: { type: product.bundle, priceType: 'static' } }),
    subscriptionPlans: product.plans.flatMap((id) => {
      const plan = store.plans.get(id);
      return plan ? [planPayload(plan)] : [];
    }),
    relatedProducts: [],
    createdAt: '2023-01-09 09:00:00',
    modifiedAt: '2023-01-09 09:00:00',
  };
}

/** Renders a plan. `intervalValue` is a text on one page and a number on another. */
export function planPayload(
  { id, name, intervalType, intervalValue, discountPercent }: PlanRecord,
  prices: object = {},
) {
  return {
    ...prices,
    id,
    subscriptionPlan: Number(id),
    name,
    intervalType,
    intervalValue: String(intervalValue),
    discountPercent,
    shippingType: 'DYNAMIC',
    status: 'ACTIVE',
  };
}
