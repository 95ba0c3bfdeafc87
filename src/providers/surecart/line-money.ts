import type { Money } from '../../domain/money.js';
import type { OrderTotals } from '../../domain/order.js';
import { absolute, sum, toMoney } from './money.js';
import type { OrderRecord } from './order-records.js';
import type { WireLine } from './wire.js';
import type { WirePrice } from './wire-catalogue.js';

/** As stated; fees keep their sign and are in `fees` alone. */
export function totalsOf({ wire: { checkout }, lines }: OrderRecord): OrderTotals | null {
  const { currency } = checkout;
  if (currency === null) return null;
  const lineFees = lines.problem === null ? lines.records.map(({ fees }) => fees) : [null];
  return {
    subtotal: toMoney(checkout.subtotal, currency),
    discount: toMoney(absolute(checkout.discount), currency),
    tax: toMoney(checkout.tax, currency),
    shipping: toMoney(sum(checkout.shipping), currency),
    fees: toMoney(sum([checkout.checkoutFees, ...lineFees]), currency),
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
  const reductions = (eachFee ?? [fees]).map((fee) => (fee !== null && fee < 0n ? -fee : fee && 0n));
  return toMoney(sum([...reductions, absolute(discount)]), currency);
}

/** What is paid now: a trial is not, and its amount is taken off. */
export function dueNow({ total, trial }: WireLine): bigint | null {
  if (total === null) return null;
  const due = total - (absolute(trial) ?? 0n);
  return due > 0n ? due : 0n;
}
