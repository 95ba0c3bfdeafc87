import type { Money } from '../../domain/money.js';
import type { OrderTotals } from '../../domain/order.js';
import { absolute, sum, toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import type { WireLine } from './wire.js';
import type { WirePrice } from './wire-catalogue.js';

/** As stated, but for the reductions SureCart sends as negative fees: they are discounts, and `fees` are surcharges alone. */
export function totalsOf({ wire: { checkout }, lines }: OrderRecord): OrderTotals | null {
  const { currency } = checkout;
  if (currency === null) return null;
  const ofLines = lines.problem === null ? lines.records.flatMap(({ eachFee, fees }) => eachFee ?? [fees]) : [null];
  const fees = [checkout.checkoutFees, ...ofLines];
  return {
    subtotal: toMoney(checkout.subtotal, currency),
    discount: toMoney(sum([absolute(checkout.discount), ...fees.map(reductionIn)]), currency),
    tax: toMoney(checkout.tax, currency),
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

/** A share of the subtotal only when it is exact. */
export function unitPriceOf({ quantity, subtotal, price }: Priced, currency: string | null): Money | null {
  const units = BigInt(quantity);
  const isExact = subtotal !== null && units > 0n && subtotal % units === 0n;
  return isExact ? toMoney(subtotal / units, currency) : toMoney(price?.amount ?? null, price?.currency ?? currency);
}

/** Coupons, and the reduction of an upsell, which is a negative fee. Their sign is stated in neither case. */
export function discountOf({ eachFee, fees, discount }: WireLine, currency: string | null): Money | null {
  return toMoney(sum([...(eachFee ?? [fees]).map(reductionIn), absolute(discount)]), currency);
}

function reductionIn(fee: bigint | null): bigint | null {
  return fee !== null && fee < 0n ? -fee : fee && 0n;
}

function surchargeIn(fee: bigint | null): bigint | null {
  return fee !== null && fee < 0n ? 0n : fee;
}

/** What is paid now: a trial is not, and its amount is taken off. */
export function dueNow({ total, trial }: WireLine): bigint | null {
  if (total === null) return null;
  const due = total - (absolute(trial) ?? 0n);
  return due > 0n ? due : 0n;
}
