import type { Exchange } from './endpoints.js';
import type { OrderRecord, ProductRecord } from './records.js';
import { badField } from './refusals.js';
import { holdsPrepaid } from './schedule.js';

const UPSELL_GROUPS: ReadonlySet<string> = new Set(['upsell', 'impulse_upsell']);

/** Whether a product may be upsold. No entry leaves every use open; an entry has to name an upsell group. */
function isUpsellable({ eligibility }: ProductRecord): boolean {
  return eligibility === null || eligibility.some((name) => UPSELL_GROUPS.has(name));
}

export function requireUpsellable(
  { context }: Exchange,
  order: OrderRecord,
  product: ProductRecord,
  quantity: number,
): void {
  const { switches } = context;
  if (switches.get('upsellOnPrepaidOrders') === 'refuse' && holdsPrepaid(context, order)) {
    throw badField('order', 'Prepaid orders cannot be changed.');
  }
  if (switches.get('enforceStock') && (!product.live || product.discontinued)) {
    throw badField('product', 'The product is not available.');
  }
  if (switches.get('enforceEligibility') && !isUpsellable(product)) {
    throw badField('product', 'The product is not eligible for upsell.');
  }
  const limit = switches.get('maximumQuantity');
  if (limit > 0 && quantity > limit) throw badField('quantity', `Ensure this value is less than or equal to ${limit}.`);
}

/**
 * Refuses a product that is not eligible for subscription. Such a product can be upsold one-time only.
 * See https://developer.ordergroove.com/docs/getting-started-2
 */
export function requireSubscribable({ context }: Exchange, product: ProductRecord, field: string): void {
  if (context.switches.get('enforceAutoship') && !product.autoship_enabled) {
    throw badField(field, 'The product is not eligible for subscription.');
  }
}
