import type { CentraContext } from './context.js';
import { majorUnits, pricePair } from './money.js';
import { planPayload, productFacts } from './product-payload.js';
import type { CurrencyRecord, LineRecord, Dialect } from './records.js';

/** Renders a line of an order or a basket. Nothing marks one that was added after the checkout. */
export function linePayload(
  { store, switches }: CentraContext,
  line: LineRecord,
  currency: CurrencyRecord,
  dialect: Dialect,
): Record<string, unknown> {
  const { product, size } = store.itemOf(line);
  const reduction = line.fullPrice - line.unitPrice;
  const withoutTax = Math.round((line.unitPrice * 100) / (100 + line.taxPercent));
  return {
    item: line.item,
    line: line.line,
    size: size.name,
    sku: `${product.sku}${size.sku}`,
    ean: '',
    upc: '',
    quantity: line.quantity,
    comment: '',
    productUrl: null,
    category: null,
    localizedSize: null,
    anyDiscount: reduction > 0,
    discounts: { vouchers: [], automaticDiscounts: null },
    taxPercent: line.taxPercent,
    ...pricePair('priceEach', line.unitPrice, currency),
    ...pricePair('totalPrice', line.unitPrice * line.quantity, currency),
    ...pricePair('priceEachBeforeDiscount', line.fullPrice, currency),
    ...pricePair('totalPriceBeforeDiscount', line.fullPrice * line.quantity, currency),
    ...pricePair('priceEachReduction', -reduction, currency),
    ...pricePair('priceEachWithoutTax', withoutTax, currency),
    // PHP's negative zero.
    priceEachReductionAsNumber: reduction === 0 ? -0 : majorUnits(-reduction, currency),
    ...(line.plan && {
      subscriptionPlan: planPayload(line.plan, switches.get('planPrices') ? planPrices(line, currency) : {}),
    }),
    bundle: [],
    ...(dialect === 'checkout'
      ? { product: productFacts(product) }
      : {
          product: product.product,
          productName: product.name,
          brandName: 'Norrland',
          silkProduct: product.product,
          silkVariant: product.product,
        }),
  };
}

/** Renders the prices of one unit under its plan. Newer versions state them. */
function planPrices({ fullPrice, plan }: LineRecord, currency: CurrencyRecord): object {
  const reduced = Math.round((fullPrice * (100 - (plan?.discountPercent ?? 0))) / 100);
  return { ...pricePair('price', fullPrice, currency), ...pricePair('priceAfterDiscount', reduced, currency) };
}
