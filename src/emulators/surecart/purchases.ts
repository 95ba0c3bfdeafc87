import { nowOf, type SureCartContext } from './context.js';
import type { CheckoutRecord, LineItemRecord, PurchaseRecord } from './records/sales.js';
import type { SubscriptionRecord } from './records/subscriptions.js';
import { openSubscription } from './subscriptions.js';

/** Makes what a paid line leaves behind: a purchase, and a subscription when its price recurs. */
export function fulfilLine(context: SureCartContext, checkout: CheckoutRecord, line: LineItemRecord): PurchaseRecord {
  const { tables } = context.store;
  const price = tables.price.existing(line.price);
  line.stock_held = true;
  const purchase = addPurchase(context, checkout, {
    price: line.price,
    variant: line.variant,
    quantity: line.quantity,
    initialOrder: checkout.order,
  });
  if (price.recurring_interval !== null) {
    const subscription: SubscriptionRecord = openSubscription(context, {
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
  context: SureCartContext,
  buyer: { readonly customer: string; readonly live_mode: boolean; readonly id?: string },
  { price, variant, quantity, initialOrder }: NewPurchase,
): PurchaseRecord {
  const { store } = context;
  const now = nowOf(context);
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
    product: store.tables.price.existing(price).product,
    subscription: null,
    variant,
    created_at: now,
    updated_at: now,
    hidden: { checkout: buyer.id ?? null },
  });
  context.events.add('purchase.created', { ...purchase });
  return purchase;
}
