import { nowOf, type SureCartContext } from './context.js';
import type { FunnelRecord, FunnelStep, UpsellRecord } from './records/catalogue.js';
import type { CheckoutRecord } from './records/sales.js';

/**
 * Starts the enabled funnel of the highest priority that fits what was bought.
 * See https://developer.surecart.com/api-reference/upsell-funnels/create
 */
export function startFunnel(context: SureCartContext, checkout: CheckoutRecord): void {
  const funnel = context.store.tables.upsell_funnel
    .filter((each) => each.enabled && !each.archived && each.discarded_at === null && matches(context, each, checkout))
    .sort((left, right) => right.priority - left.priority)
    .at(0);
  if (!funnel) return;
  const minutes = context.switches.get('upsellsExpireAfterMinutes');
  checkout.upsell_funnel = funnel.id;
  checkout.current_upsell = stepOf(context, checkout, 'initial')?.id ?? null;
  checkout.upsells_expire_at = minutes < 0 ? null : (checkout.paid_at ?? nowOf(context)) + minutes * 60;
}

/** Moves on to the step after an accepted or declined upsell, or to the end. */
export function moveOn(context: SureCartContext, checkout: CheckoutRecord, step: Exclude<FunnelStep, 'initial'>): void {
  const current = context.store.tables.upsell.get(checkout.current_upsell);
  const next = current?.step === 'initial' ? stepOf(context, checkout, step) : undefined;
  if (next) checkout.current_upsell = next.id;
  else if (context.switches.get('afterLastStep') === 'null') checkout.current_upsell = null;
  checkout.updated_at = nowOf(context);
}

export function isExpired(context: SureCartContext, { upsells_expire_at: expiresAt }: CheckoutRecord): boolean {
  return expiresAt !== null && nowOf(context) >= expiresAt;
}

function stepOf(context: SureCartContext, checkout: CheckoutRecord, step: FunnelStep): UpsellRecord | undefined {
  return context.store.tables.upsell
    .filter((upsell) => upsell.upsell_funnel === checkout.upsell_funnel && upsell.step === step)
    .find((upsell) => upsell.discarded_at === null && !isBarred(context, checkout, upsell));
}

/** Whether the product may not be offered again. */
function isBarred(context: SureCartContext, checkout: CheckoutRecord, upsell: UpsellRecord): boolean {
  const { tables } = context.store;
  const product = tables.price.existing(upsell.price).product;
  switch (upsell.duplicate_purchase_behavior) {
    case 'allow':
      return false;
    case 'block_within_checkout':
      return productsOf(context, checkout).includes(product);
    case 'block':
      return tables.purchase.list().some((each) => each.customer === checkout.customer && each.product === product);
  }
}

function matches(context: SureCartContext, funnel: FunnelRecord, checkout: CheckoutRecord): boolean {
  if (funnel.filter_match_type === null) return true;
  const prices = new Set(context.store.linesOf(checkout.id).map(({ price }) => price));
  const products = productsOf(context, checkout);
  const conditions = [
    ...funnel.filter_price_ids.map((id) => prices.has(id)),
    ...funnel.filter_product_ids.map((id) => products.includes(id)),
  ];
  if (funnel.filter_match_type === 'all') return conditions.every(Boolean);
  return conditions.some(Boolean) === (funnel.filter_match_type === 'any');
}

function productsOf({ store }: SureCartContext, checkout: CheckoutRecord): readonly string[] {
  return store.linesOf(checkout.id).map(({ price }) => store.tables.price.existing(price).product);
}
