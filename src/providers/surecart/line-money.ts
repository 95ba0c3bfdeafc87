import type { Money } from '../../domain/money.js';
import type { OrderTotals } from '../../domain/order.js';
import { absolute, sum, toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import type { WireLine } from './wire.js';
import type { WirePrice } from './wire-catalogue.js';

/**
 * Returns the totals as stated, but for the reductions SureCart sends as negative fees: they are discounts, and `fees`
 * are surcharges alone.
 */
export function totalsOf({ wire: { checkout }, lines }: OrderRecord): OrderTotals | null {
  const { currency } = checkout;
  if (currency === null) return null;
  const ofLines = lines.problem === null ? lines.records.flatMap(({ eachFee, fees }) => eachFee ?? [fees]) : [null];
  const fees = [checkout.checkoutFees, ...ofLines];
  return {
    subtotal: toMoney(checkout.subtotal, currency),
    discount: toMoney(sum([absolute(checkout.discount), ...fees.map(reductionIn)]), currency),
    tax: toMoney(checkout.tax, currency),
    taxIncluded: isTaxIncluded(checkout),
    shipping: toMoney(sum(checkout.shipping), currency),
    fees: toMoney(sum(fees.map(surchargeIn)), currency),
    total: toMoney(checkout.total, currency),
    estimated: false,
  };
}

interface Priced {
  readonly quantity: number;
  readonly subtotal: bigint | null;
  readonly price: WirePrice | null;
}

/** Returns a unit's share of the subtotal where it is exact, and the price otherwise. */
export function unitPriceOf({ quantity, subtotal, price }: Priced, currency: string | null): Money | null {
  const units = BigInt(quantity);
  const isExact = subtotal !== null && units > 0n && subtotal % units === 0n;
  return isExact ? toMoney(subtotal / units, currency) : toMoney(price?.amount ?? null, price?.currency ?? currency);
}

/** Adds up coupons and the reduction of an upsell, a negative fee. Their sign is stated in neither case. */
export function discountOf(line: WireLine, currency: string | null): Money | null {
  return toMoney(reductionOf(line), currency);
}

export function reductionOf({ eachFee, fees, discount }: WireLine): bigint | null {
  return sum([...(eachFee ?? [fees]).map(reductionIn), absolute(discount)]);
}

/**
 * Adds up the fees that are surcharges. The sum of all fees hides surcharges behind reductions, so without each of them
 * it tells something only when it is zero.
 */
export function surchargesOf({ eachFee, fees }: WireLine, currency: string | null): Money | null {
  const ofLine = eachFee === null ? (fees === 0n ? 0n : null) : sum(eachFee.map(surchargeIn));
  return toMoney(ofLine, currency);
}

interface Taxes {
  readonly taxEnabled: boolean | null;
  readonly taxBehavior: string | null;
}

/** Whether tax is added to prices. Null when the checkout does not say. */
export function isTaxOnTop({ taxEnabled, taxBehavior }: Taxes): boolean | null {
  if (taxEnabled === false || taxBehavior === 'inclusive') return false;
  return taxEnabled === true && taxBehavior === 'exclusive' ? true : null;
}

/** Whether prices contain tax; null where no tax is computed, and when the checkout does not say. */
export function isTaxIncluded(taxes: Taxes): boolean | null {
  const isOnTop = taxes.taxEnabled === true ? isTaxOnTop(taxes) : null;
  return isOnTop === null ? null : !isOnTop;
}

function reductionIn(fee: bigint | null): bigint | null {
  return fee !== null && fee < 0n ? -fee : fee && 0n;
}

function surchargeIn(fee: bigint | null): bigint | null {
  return fee !== null && fee < 0n ? 0n : fee;
}

/** Returns what is paid now: a trial is not, and its amount is taken off. */
export function dueNow({ total, trial }: WireLine): bigint | null {
  if (total === null) return null;
  const due = total - (absolute(trial) ?? 0n);
  return due > 0n ? due : 0n;
}
