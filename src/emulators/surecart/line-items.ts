import { nowOf, type SureCartContext } from './context.js';
import { type LineInput, type PricedLine, priceLine } from './pricing.js';
import type { CheckoutRecord, LineItemRecord } from './records/sales.js';

/** Drafts a line of a checkout without storing it. A preview is just this. */
export function draftLine(
  context: SureCartContext,
  checkout: CheckoutRecord,
  input: LineInput,
): { readonly line: Omit<LineItemRecord, 'id'>; readonly priced: PricedLine } {
  const priced = priceLine(context.switches, checkout, input);
  const now = nowOf(context);
  const line: Omit<LineItemRecord, 'id'> = {
    object: 'line_item',
    ad_hoc_amount: input.adHocAmount,
    discount_amount: priced.amounts.discount_amount,
    fees_amount: priced.amounts.fees_amount,
    full_amount: priced.amounts.full_amount,
    fulfilled_quantity: 0,
    locked: false,
    note: null,
    purchasable_status: 'purchasable',
    quantity: input.quantity,
    g_weight: 0,
    unit_g_weight: 0,
    scratch_amount: priced.amounts.scratch_amount,
    stock_held: input.upsell !== null,
    subtotal_amount: priced.amounts.subtotal_amount,
    tax_amount: priced.amounts.tax_amount,
    tax_rate: priced.amounts.tax_rate,
    total_amount: priced.amounts.total_amount,
    total_savings_amount: priced.amounts.total_savings_amount,
    trial: priced.amounts.trial,
    trial_amount: priced.amounts.trial_amount,
    variant_options: input.variant ? [input.variant.option_1] : null,
    variant_option_names: input.variant ? ['Option'] : null,
    bump: null,
    checkout: checkout.id,
    price: input.price.id,
    upsell: input.upsell?.id ?? null,
    variant: input.variant?.id ?? null,
    swap: null,
    created_at: now,
    updated_at: now,
    hidden: { priceVersion: input.price.current_version },
  };
  return { line, priced };
}

export function storeLine(context: SureCartContext, checkout: CheckoutRecord, input: LineInput): LineItemRecord {
  const { store } = context;
  const { line, priced } = draftLine(context, checkout, input);
  const stored = store.tables.line_item.add({ id: store.identifiers.next('line_item'), ...line });
  storeFees(context, stored, priced);
  recalculate(context, checkout);
  return stored;
}

/** Prices a stored line anew, after its price or quantity changed. */
export function repriceLine(context: SureCartContext, line: LineItemRecord): void {
  const { tables } = context.store;
  const checkout = tables.checkout.get(line.checkout);
  const price = tables.price.get(line.price);
  if (!checkout || !price) return;
  const priced = priceLine(context.switches, checkout, {
    price,
    variant: tables.variant.get(line.variant) ?? null,
    quantity: line.quantity,
    adHocAmount: line.ad_hoc_amount,
    upsell: tables.upsell.get(line.upsell) ?? null,
  });
  Object.assign(line, priced.amounts, { updated_at: nowOf(context), hidden: { priceVersion: price.current_version } });
  for (const fee of context.store.feesOf(line.id)) tables.fee.delete(fee.id);
  storeFees(context, line, priced);
  recalculate(context, checkout);
}

export function deleteLine({ store }: SureCartContext, line: LineItemRecord): void {
  for (const fee of store.feesOf(line.id)) store.tables.fee.delete(fee.id);
  store.tables.line_item.delete(line.id);
}

/** Returns what the buyer pays now: a trial takes its amount off. */
export function dueNow({
  total_amount: total,
  trial_amount: trial,
}: Pick<LineItemRecord, 'total_amount' | 'trial_amount'>) {
  return Math.max(total + trial, 0);
}

/** Makes the amounts of a checkout those of its lines. */
export function recalculate(context: SureCartContext, checkout: CheckoutRecord): void {
  const lines = context.store.linesOf(checkout.id);
  const sum = (amountOf: (line: LineItemRecord) => number) => lines.reduce((total, line) => total + amountOf(line), 0);
  checkout.subtotal_amount = sum((line) => line.subtotal_amount);
  const freeFrom = context.switches.get('freeShippingFrom');
  if (freeFrom > 0) {
    checkout.shipping_amount = checkout.subtotal_amount < freeFrom ? context.switches.get('shippingFee') : 0;
  }
  const shipping = checkout.shipping_amount + checkout.shipping_tax_amount + checkout.shipping_fees_amount;
  checkout.discount_amount = sum((line) => line.discount_amount);
  checkout.tax_amount = sum((line) => line.tax_amount);
  checkout.total_amount = sum((line) => line.total_amount) + shipping + checkout.checkout_fees_amount;
  checkout.full_amount = sum((line) => line.full_amount) + shipping + checkout.checkout_fees_amount;
  checkout.total_savings_amount = sum((line) => line.total_savings_amount);
  checkout.trial_amount = sum((line) => line.trial_amount);
  checkout.amount_due = Math.max(checkout.total_amount + checkout.trial_amount, 0);
  checkout.remaining_amount_due = Math.max(checkout.amount_due - checkout.paid_amount, 0);
  checkout.net_paid_amount = checkout.paid_amount - checkout.refunded_amount;
  checkout.updated_at = nowOf(context);
}

function storeFees(context: SureCartContext, line: LineItemRecord, { fees }: PricedLine): void {
  const { store } = context;
  const now = nowOf(context);
  for (const fee of fees) {
    store.tables.fee.add({
      id: store.identifiers.next('fee'),
      object: 'fee',
      ...fee,
      line_item: line.id,
      created_at: now,
      updated_at: now,
    });
  }
}
