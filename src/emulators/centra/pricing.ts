import { taxWithin } from './money.js';
import type { LineRecord, VoucherRecord } from './records.js';
import type { CentraSwitches } from './switches.js';

export interface Totals {
  readonly items: number;
  /** Positive. */
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly quantity: number;
  readonly grand: number;
}

const SHIPPING_TAX_PERCENT = 25;

/** Returns the totals of a basket. Prices include tax. */
export function totalsOf(
  switches: CentraSwitches,
  basket: {
    readonly lines: readonly LineRecord[];
    readonly vouchers: readonly VoucherRecord[];
    readonly shippingPrice: number;
  },
): Totals {
  const { lines, vouchers, shippingPrice } = basket;
  const items = sum(lines, ({ unitPrice, quantity }) => unitPrice * quantity);
  const freeFrom = switches.get('freeShippingFrom');
  const shipping = freeFrom === 0 ? shippingPrice : items < freeFrom ? switches.get('shippingFee') : 0;
  const discount = Math.min(
    items,
    sum(vouchers, ({ amountOff }) => amountOff),
  );
  const share = items === 0 ? 0 : (items - discount) / items;
  const tax = sum(lines, ({ unitPrice, quantity, taxPercent }) =>
    taxWithin(Math.round(unitPrice * quantity * share), taxPercent),
  );
  return {
    items,
    discount,
    shipping,
    tax: tax + taxWithin(shipping, SHIPPING_TAX_PERCENT),
    quantity: sum(lines, ({ quantity }) => quantity),
    grand: items - discount + shipping,
  };
}

function sum<T>(values: readonly T[], amountOf: (value: T) => number): number {
  return values.reduce((total, value) => total + amountOf(value), 0);
}
