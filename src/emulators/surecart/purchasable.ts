import type { PriceRecord, ProductRecord, VariantRecord } from './records/catalogue.js';
import type { LineItemRecord, PurchasableStatus } from './records/sales.js';
import { known } from './store.js';
import type { SureCartWorld } from './world.js';

export interface Wanted {
  readonly price: PriceRecord;
  /** Null: none was named. */
  readonly variantId: string | null;
  readonly quantity: number;
  /** The version of the price that was chosen, when it was chosen earlier. */
  readonly priceVersion?: number;
}

/** https://developer.surecart.com/api-reference/line-items/upsell, `purchasable_status` */
export function purchasableStatus(world: SureCartWorld, wanted: Wanted): PurchasableStatus {
  const { store, switches } = world;
  const { price, variantId, quantity, priceVersion = price.current_version } = wanted;
  const scripted = store.scriptedStatuses.get(price.id);
  if (scripted !== undefined) return scripted;
  const product = productOf(world, price);
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

export function statusOfLine(world: SureCartWorld, line: LineItemRecord): PurchasableStatus {
  const price = known(world.store.tables.price.get(line.price), 'price');
  const { variant: variantId, quantity } = line;
  return purchasableStatus(world, { price, variantId, quantity, priceVersion: line.hidden.priceVersion });
}

/** Reserves, or with a negative quantity gives back. */
export function takeStock(world: SureCartWorld, price: PriceRecord, variantId: string | null, quantity: number): void {
  const holder = stockHolder(world, price, variantId);
  if (holder) holder.stock -= quantity;
}

export function productOf({ store }: SureCartWorld, price: PriceRecord): ProductRecord {
  return known(store.tables.product.get(price.product), 'product');
}

function stockHolder(
  world: SureCartWorld,
  price: PriceRecord,
  variantId: string | null,
): ProductRecord | VariantRecord | null {
  const product = productOf(world, price);
  if (!product.stock_enabled) return null;
  return world.store.tables.variant.get(variantId) ?? product;
}
