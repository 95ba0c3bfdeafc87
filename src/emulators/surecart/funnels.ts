import type { FunnelRecord, FunnelStep, UpsellRecord } from './records/catalogue.js';
import type { CheckoutRecord } from './records/sales.js';
import { known } from './store.js';
import { nowOf, type SureCartWorld } from './world.js';

/** The enabled funnel of the highest priority that fits what was bought. https://developer.surecart.com/api-reference/upsell-funnels/create */
export function startFunnel(world: SureCartWorld, checkout: CheckoutRecord): void {
  const funnel = world.store.tables.upsell_funnel
    .filter((each) => each.enabled && !each.archived && each.discarded_at === null && matches(world, each, checkout))
    .sort((left, right) => right.priority - left.priority)
    .at(0);
  if (!funnel) return;
  const minutes = world.switches.get('upsellsExpireAfterMinutes');
  checkout.upsell_funnel = funnel.id;
  checkout.current_upsell = stepOf(world, checkout, 'initial')?.id ?? null;
  checkout.upsells_expire_at = minutes < 0 ? null : (checkout.paid_at ?? nowOf(world)) + minutes * 60;
}

/** On to the step after an accepted or declined upsell, or to the end. */
export function moveOn(world: SureCartWorld, checkout: CheckoutRecord, step: Exclude<FunnelStep, 'initial'>): void {
  const current = world.store.tables.upsell.get(checkout.current_upsell);
  const next = current?.step === 'initial' ? stepOf(world, checkout, step) : undefined;
  if (next) checkout.current_upsell = next.id;
  else if (world.switches.get('afterLastStep') === 'null') checkout.current_upsell = null;
  checkout.updated_at = nowOf(world);
}

export function isExpired(world: SureCartWorld, { upsells_expire_at: expiresAt }: CheckoutRecord): boolean {
  return expiresAt !== null && nowOf(world) >= expiresAt;
}

function stepOf(world: SureCartWorld, checkout: CheckoutRecord, step: FunnelStep): UpsellRecord | undefined {
  return world.store.tables.upsell
    .filter((upsell) => upsell.upsell_funnel === checkout.upsell_funnel && upsell.step === step)
    .find((upsell) => upsell.discarded_at === null && !isBarred(world, checkout, upsell));
}

/** Whether the product may not be offered again. */
function isBarred(world: SureCartWorld, checkout: CheckoutRecord, upsell: UpsellRecord): boolean {
  const { tables } = world.store;
  const product = known(tables.price.get(upsell.price), 'price').product;
  switch (upsell.duplicate_purchase_behavior) {
    case 'allow':
      return false;
    case 'block_within_checkout':
      return productsOf(world, checkout).includes(product);
    case 'block':
      return tables.purchase.list().some((each) => each.customer === checkout.customer && each.product === product);
  }
}

function matches(world: SureCartWorld, funnel: FunnelRecord, checkout: CheckoutRecord): boolean {
  if (funnel.filter_match_type === null) return true;
  const prices = new Set(world.store.linesOf(checkout.id).map(({ price }) => price));
  const products = productsOf(world, checkout);
  const conditions = [
    ...funnel.filter_price_ids.map((id) => prices.has(id)),
    ...funnel.filter_product_ids.map((id) => products.includes(id)),
  ];
  if (funnel.filter_match_type === 'all') return conditions.every(Boolean);
  return conditions.some(Boolean) === (funnel.filter_match_type === 'any');
}

function productsOf({ store }: SureCartWorld, checkout: CheckoutRecord): readonly string[] {
  return store.linesOf(checkout.id).map(({ price }) => known(store.tables.price.get(price), 'price').product);
}
