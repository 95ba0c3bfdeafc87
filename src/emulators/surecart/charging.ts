import { nowOf, type SureCartContext } from './context.js';
import type { ChargeRecord, CheckoutRecord } from './records/sales.js';

export interface ChargeRequest {
  readonly amount: number;
  readonly currency: string;
  readonly reason: ChargeRecord['reason'];
  readonly paymentMethod: string | null;
  readonly checkout: string | null;
}

/** Takes money from a saved payment method and writes it down. Nothing moves for nothing, nor by hand. */
export function charge(context: SureCartContext, request: ChargeRequest): boolean {
  const { store } = context;
  const method = store.tables.payment_method.get(request.paymentMethod);
  if (request.amount <= 0 || !method) return true;
  const isTaken = method.hidden.outcome === 'succeed';
  const now = nowOf(context);
  store.tables.charge.add({
    id: store.identifiers.next('charge'),
    object: 'charge',
    amount: request.amount,
    currency: request.currency,
    status: isTaken ? 'succeeded' : 'failed',
    reason: request.reason,
    payment_method: request.paymentMethod,
    checkout: request.checkout,
    created_at: now,
    updated_at: now,
  });
  return isTaken;
}

export function notePaid(checkout: CheckoutRecord, amount: number): void {
  checkout.paid_amount += amount;
  checkout.net_paid_amount = checkout.paid_amount - checkout.refunded_amount;
  checkout.remaining_amount_due = Math.max(checkout.amount_due - checkout.paid_amount, 0);
}

/** Fails the latest charge of a checkout, which did not come through after all. */
export function failCharge({ store, clock }: SureCartContext, checkout: CheckoutRecord): void {
  const latest = store.tables.charge
    .list()
    .findLast((each) => each.checkout === checkout.id && each.status === 'succeeded');
  if (!latest) return;
  Object.assign(latest, { status: 'failed', updated_at: nowOf({ clock }) });
  notePaid(checkout, -latest.amount);
}

/** Gives money back for the latest charge of a checkout. */
export function refund(context: SureCartContext, checkout: CheckoutRecord, amount: number, reason: string): void {
  const { store } = context;
  const source = store.tables.charge
    .list()
    .find((each) => each.checkout === checkout.id && each.status === 'succeeded');
  if (!source || amount <= 0) return;
  const now = nowOf(context);
  const record = store.tables.refund.add({
    id: store.identifiers.next('refund'),
    object: 'refund',
    amount,
    currency: checkout.currency,
    status: 'succeeded',
    charge: source.id,
    reason,
    created_at: now,
    updated_at: now,
  });
  checkout.refunded_amount += amount;
  checkout.net_paid_amount = checkout.paid_amount - checkout.refunded_amount;
  context.events.add('refund.succeeded', { ...record });
}
