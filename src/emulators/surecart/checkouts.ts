import { charge, notePaid } from './charging.js';
import { nowOf, type SureCartContext } from './context.js';
import { startFunnel } from './funnels.js';
import { recalculate } from './line-items.js';
import { statusOfLine, takeStock } from './purchasable.js';
import { fulfilLine } from './purchases.js';
import type { CheckoutRecord, OrderRecord } from './records/sales.js';
import { invalid, refuse, validationError } from './refusals.js';

export interface NewCheckout {
  readonly customer: string;
  readonly email: string;
  readonly currency: string;
  readonly liveMode: boolean;
  readonly paymentMethod: string | null;
  readonly manualPaymentMethod?: string | null;
  readonly taxRate?: number;
  readonly taxBehavior?: 'exclusive' | 'inclusive';
  readonly couponPercent?: number;
  readonly id?: string;
}

export function addCheckout(context: SureCartContext, wanted: NewCheckout): CheckoutRecord {
  const { store } = context;
  const now = nowOf(context);
  const taxRate = wanted.taxRate ?? 0;
  return store.tables.checkout.add({
    id: wanted.id ?? store.identifiers.next('checkout'),
    object: 'checkout',
    amount_due: 0,
    checkout_fees_amount: 0,
    currency: wanted.currency,
    discount_amount: 0,
    email: wanted.email,
    full_amount: 0,
    live_mode: wanted.liveMode,
    manual_payment: (wanted.manualPaymentMethod ?? null) !== null,
    metadata: {},
    name: null,
    net_paid_amount: 0,
    paid_amount: 0,
    paid_at: null,
    payment_method_required: true,
    refunded_amount: 0,
    remaining_amount_due: 0,
    shipping_amount: 0,
    shipping_fees_amount: 0,
    shipping_tax_amount: 0,
    status: 'draft',
    subtotal_amount: 0,
    tax_amount: 0,
    tax_behavior: wanted.taxBehavior ?? 'exclusive',
    tax_enabled: taxRate > 0,
    total_amount: 0,
    total_savings_amount: 0,
    trial_amount: 0,
    upsells_expire_at: null,
    customer: wanted.customer,
    current_upsell: null,
    discount: null,
    order: null,
    payment_method: wanted.paymentMethod,
    manual_payment_method: wanted.manualPaymentMethod ?? null,
    upsell_funnel: null,
    created_at: now,
    updated_at: now,
    hidden: { taxRate, couponPercent: wanted.couponPercent ?? 0, offered: [], declined: [] },
  });
}

/** Checks that everything can be bought and waits for the processor. */
export function finalize(context: SureCartContext, checkout: CheckoutRecord): void {
  if (checkout.status !== 'draft') throw refuse('checkout.finalize_error', 'This checkout cannot be finalized.');
  const statuses = context.store.linesOf(checkout.id).map((line) => statusOfLine(context, line));
  const bad = statuses.filter((status) => status !== 'purchasable');
  if (bad.includes('price_old_version')) {
    throw invalid('checkout', validationError('checkout.line_items.old_price_versions', 'Some prices have changed.'));
  }
  if (bad.length > 0) {
    const options = { purchasable_statuses: bad };
    throw refuse('checkout.line_items.not_purchasable', 'Some items are not purchasable.', options);
  }
  checkout.status = 'finalized';
  checkout.updated_at = nowOf(context);
}

export type ProcessorOutcome = 'processing' | 'paid' | 'payment_failed' | 'payment_intent_canceled';

/** Applies what the processor says of a finalized checkout. */
export function settle(context: SureCartContext, checkout: CheckoutRecord, outcome: ProcessorOutcome): void {
  if (outcome === 'paid') return pay(context, checkout);
  checkout.status = outcome;
  checkout.updated_at = nowOf(context);
  if (outcome === 'processing') orderOf(context, checkout, 'processing');
  if (outcome === 'payment_failed') orderOf(context, checkout, 'payment_failed');
}

/** Pays a checkout: makes the order, the purchases and subscriptions, holds the stock and opens the upsell funnel. */
export function pay(context: SureCartContext, checkout: CheckoutRecord): void {
  recalculate(context, checkout);
  const due = checkout.amount_due;
  const isTaken = charge(context, {
    amount: due,
    currency: checkout.currency,
    reason: 'checkout',
    paymentMethod: checkout.payment_method,
    checkout: checkout.id,
  });
  if (!isTaken) return settle(context, checkout, 'payment_failed');
  checkout.status = 'paid';
  checkout.paid_at = nowOf(context);
  const order = orderOf(context, checkout, 'paid');
  for (const line of context.store.linesOf(checkout.id)) {
    line.locked = true;
    takeStock(context, context.store.tables.price.existing(line.price), line.variant, line.quantity);
    fulfilLine(context, checkout, line);
  }
  notePaid(checkout, due);
  context.events.add('order.paid', { ...order });
  startFunnel(context, checkout);
}

export function orderOf(
  context: SureCartContext,
  checkout: CheckoutRecord,
  status: string,
  type: OrderRecord['order_type'] = 'checkout',
): OrderRecord {
  const { store } = context;
  const now = nowOf(context);
  const known = store.tables.order.get(checkout.order);
  if (known) return Object.assign(known, { status, updated_at: now });
  const order = store.tables.order.add({
    id: store.identifiers.next('order'),
    object: 'order',
    fulfillment_status: 'unfulfilled',
    live_mode: checkout.live_mode,
    number: store.nextOrderNumber(),
    order_type: type,
    return_status: 'not_returned',
    shipment_status: 'unshipped',
    status,
    checkout: checkout.id,
    created_at: now,
    updated_at: now,
  });
  checkout.order = order.id;
  context.events.add('order.created', { ...order });
  return order;
}
