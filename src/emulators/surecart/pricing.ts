import type { PriceRecord, UpsellRecord, VariantRecord } from './records/catalogue.js';
import type { CheckoutRecord, FeeRecord, LineItemRecord } from './records/sales.js';
import type { SureCartSwitches } from './switches.js';

export interface LineInput {
  readonly price: PriceRecord;
  readonly variant: VariantRecord | null;
  readonly quantity: number;
  readonly adHocAmount: number | null;
  readonly upsell: UpsellRecord | null;
}

export type NewFee = Pick<FeeRecord, 'amount' | 'description' | 'fee_type'>;

type Amounts = Pick<
  LineItemRecord,
  | 'subtotal_amount'
  | 'fees_amount'
  | 'discount_amount'
  | 'tax_amount'
  | 'tax_rate'
  | 'total_amount'
  | 'full_amount'
  | 'scratch_amount'
  | 'total_savings_amount'
  | 'trial'
  | 'trial_amount'
>;

export interface PricedLine {
  readonly amounts: Amounts;
  readonly fees: readonly NewFee[];
}

type Terms = Pick<CheckoutRecord, 'tax_behavior' | 'tax_enabled' | 'hidden'>;

/** Prices a line: total = subtotal + fees − discount, plus tax where prices are without it, in the smallest unit. */
export function priceLine(switches: SureCartSwitches, terms: Terms, line: LineInput): PricedLine {
  const { price, quantity } = line;
  const unit = line.adHocAmount ?? line.variant?.amount ?? price.amount;
  const subtotal = unit * quantity;
  const fees = [...upsellFees(switches, line, subtotal), ...setupFees(price)];
  const feesAmount = sum(fees.map(({ amount }) => amount));
  const reduction = sum(fees.map(({ amount }) => Math.min(amount, 0)));
  const discount = line.upsell ? 0 : percentOf(switches, subtotal, terms.hidden.couponPercent);
  const net = subtotal + feesAmount - discount;
  const { tax, total } = withTax(terms, net);
  const scratch = (price.scratch_amount ?? unit) * quantity;
  const isTrial = (price.trial_duration_days ?? 0) > 0;
  const setup = sum(setupFees(price).map(({ amount }) => amount));
  return {
    fees,
    amounts: {
      subtotal_amount: subtotal,
      fees_amount: feesAmount,
      discount_amount: switches.get('discountSign') === 'positive' ? discount : 0 - discount,
      tax_amount: tax,
      tax_rate: taxRate(switches, terms),
      total_amount: total,
      full_amount: total * (price.recurring_period_count ?? 1),
      scratch_amount: scratch,
      total_savings_amount: reduction - discount - Math.max(scratch - subtotal, 0),
      trial: isTrial,
      trial_amount: isTrial ? Math.min(setup - total, 0) : 0,
    },
  };
}

/**
 * Returns the reduction of an upsell, which is a negative fee.
 * See https://developer.surecart.com/api-reference/line-items/upsell
 */
function upsellFees(switches: SureCartSwitches, { upsell, quantity }: LineInput, subtotal: number): readonly NewFee[] {
  if (!upsell) return [];
  const units = switches.get('amountOffTimesQuantity') ? quantity : 1;
  const off =
    upsell.amount_off === null ? percentOf(switches, subtotal, upsell.percent_off ?? 0) : upsell.amount_off * units;
  const amount = Math.min(off, subtotal);
  return amount > 0 ? [{ amount: -amount, description: upsell.fee_description, fee_type: 'upsell' }] : [];
}

function setupFees(price: PriceRecord): readonly NewFee[] {
  if (!price.setup_fee_enabled || price.setup_fee_amount === null) return [];
  return [{ amount: price.setup_fee_amount, description: price.setup_fee_name ?? 'Setup fee', fee_type: 'setup' }];
}

/** Returns a percentage of an amount. Percentages have two decimals, so hundredths of a percent keep this exact. */
function percentOf(switches: SureCartSwitches, amount: number, percent: number): number {
  const exact = (amount * Math.round(percent * 100)) / 10_000;
  return switches.get('percentRounding') === 'down' ? Math.floor(exact) : Math.round(exact);
}

function withTax({ tax_enabled: isTaxed, tax_behavior: behavior, hidden }: Terms, net: number) {
  if (!isTaxed || hidden.taxRate === 0) return { tax: 0, total: net };
  if (behavior === 'inclusive') return { tax: net - Math.round(net / (1 + hidden.taxRate)), total: net };
  const tax = Math.round(net * hidden.taxRate);
  return { tax, total: net + tax };
}

function taxRate(switches: SureCartSwitches, { tax_enabled: isTaxed, hidden }: Terms): number {
  if (!isTaxed) return 0;
  return switches.get('taxRateUnit') === 'share' ? hidden.taxRate : hidden.taxRate * 100;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
