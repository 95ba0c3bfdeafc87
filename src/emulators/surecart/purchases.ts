import type { CheckoutRecord, LineItemRecord, PurchaseRecord } from './records/sales.js';
import type { SubscriptionRecord } from './records/subscriptions.js';
import { known } from './store.js';
import { openSubscription } from './subscriptions.js';
import { nowOf, type SureCartWorld } from './world.js';

/** What a paid line leaves behind: a purchase, and a subscription when its price recurs. */
export function fulfilLine(world: SureCartWorld, checkout: CheckoutRecord, line: LineItemRecord): PurchaseRecord {
  const { tables } = world.store;
  const price = known(tables.price.get(line.price), 'price');
  line.stock_held = true;
  const purchase = addPurchase(world, checkout, {
    price: line.price,
    variant: line.variant,
    quantity: line.quantity,
    initialOrder: checkout.order,
  });
  if (price.recurring_interval !== null) {
    const subscription: SubscriptionRecord = openSubscription(world, {
      checkout,
      customer: checkout.customer,
      price,
      variant: line.variant,
      quantity: line.quantity,
      purchase: purchase.id,
      paymentMethod: checkout.payment_method,
      manualPaymentMethod: checkout.manual_payment_method,
      liveMode: checkout.live_mode,
    });
    purchase.subscription = subscription.id;
  }
  return purchase;
}

export interface NewPurchase {
  readonly price: string;
  readonly variant: string | null;
  readonly quantity: number;
  readonly initialOrder: string | null;
}

export function addPurchase(
  world: SureCartWorld,
  buyer: { readonly customer: string; readonly live_mode: boolean; readonly id?: string },
  { price, variant, quantity, initialOrder }: NewPurchase,
): PurchaseRecord {
  const { store } = world;
  const now = nowOf(world);
  const purchase = store.tables.purchase.add({
    id: store.identifiers.next('purchase'),
    object: 'purchase',
    live_mode: buyer.live_mode,
    quantity,
    revoked: false,
    revoked_at: null,
    customer: buyer.customer,
    initial_order: initialOrder,
    price,
    product: known(store.tables.price.get(price), 'price').product,
    subscription: null,
    variant,
    created_at: now,
    updated_at: now,
    hidden: { checkout: buyer.id ?? null },
  });
  world.events.add('purchase.created', { ...purchase });
  return purchase;
}
