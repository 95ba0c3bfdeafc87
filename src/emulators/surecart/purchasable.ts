import type { SureCartContext } from './context.js';
import type { PriceRecord, ProductRecord, VariantRecord } from './records/catalogue.js';
import type { LineItemRecord, PurchasableStatus } from './records/sales.js';

export interface Wanted {
  readonly price: PriceRecord;
  /** Null: none was named. */
  readonly variantId: string | null;
  readonly quantity: number;
  /** The version of the price that was chosen, when it was chosen earlier. */
  readonly priceVersion?: number;
}

/** Returns the `purchasable_status`. See https://developer.surecart.com/api-reference/line-items/upsell */
export function purchasableStatus(context: SureCartContext, wanted: Wanted): PurchasableStatus {
  const { store, switches } = context;
  const { price, variantId, quantity, priceVersion = price.current_version } = wanted;
  const scripted = store.scriptedStatuses.get(price.id);
  if (scripted !== undefined) return scripted;
  const product = productOf(context, price);
  if (price.archived || product.archived) return 'price_gone';
  if (priceVersion < price.current_version) return 'price_old_version';
  const variants = store.tables.variant.filter((variant) => variant.product === product.id);
  const variant = variants.find(({ id }) => id === variantId);
  if (variants.length > 0 && variantId === null) return switches.get('missingVariantSpelling');
  if (variantId !== null && (!variant || variant.archived)) return 'variant_gone';
  if (product.purchase_limit !== null && quantity > product.purchase_limit) return 'exceeds_purchase_limit';
  if (product.stock_enabled && quantity > (variant ?? product).stock) return 'out_of_stock';
  return 'purchasable';
}

export function statusOfLine(context: SureCartContext, line: LineItemRecord): PurchasableStatus {
  const price = context.store.tables.price.existing(line.price);
  const { variant: variantId, quantity } = line;
  return purchasableStatus(context, { price, variantId, quantity, priceVersion: line.hidden.priceVersion });
}

/** Reserves stock, or with a negative quantity gives it back. */
export function takeStock(
  context: SureCartContext,
  price: PriceRecord,
  variantId: string | null,
  quantity: number,
): void {
  const holder = stockHolder(context, price, variantId);
  if (holder) holder.stock -= quantity;
}

function productOf({ store }: SureCartContext, price: PriceRecord): ProductRecord {
  return store.tables.product.existing(price.product);
}

function stockHolder(
  context: SureCartContext,
  price: PriceRecord,
  variantId: string | null,
): ProductRecord | VariantRecord | null {
  const product = productOf(context, price);
  if (!product.stock_enabled) return null;
  return context.store.tables.variant.get(variantId) ?? product;
}
