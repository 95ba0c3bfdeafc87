import type { AddressRecord, ChargeLine, ChargeRecord, Discount, VariantRecord } from './records.js';
import type { RechargeContext } from './context.js';
import type { RechargeStore } from './store.js';

/** Returns the catalogue price in the currency of an address; the store's own where there is none. */
export function unitPriceOf({ prices }: VariantRecord, currency: string): number {
  return (prices.find((price) => price.currency === currency) ?? prices[0])?.unit_price ?? 0;
}

/** Formats an amount with two decimals whatever the currency: a yen is `"1.00"`. */
export function amountText(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

export interface Totals {
  readonly lines: number;
  readonly discount: number;
  readonly tax: number;
  readonly shipping: number;
  readonly total: number;
}

export function taxOf({ quantity, unit_price: price }: ChargeLine, { tax_percent: percent }: AddressRecord): number {
  return Math.round((quantity * price * percent) / 100);
}

export function discountsOf(store: RechargeStore, charge: ChargeRecord): readonly Discount[] {
  return [...store.addresses.existing(charge.address_id).discounts, ...charge.discounts];
}

/** Calculates the totals of a charge, with taxes added on top. */
export function totalsOf({ store, switches }: RechargeContext, charge: ChargeRecord): Totals {
  const address = store.addresses.existing(charge.address_id);
  const lines = charge.lines.reduce((sum, { quantity, unit_price: price }) => sum + quantity * price, 0);
  const percent = discountsOf(store, charge).reduce((sum, each) => sum + each.percent, 0);
  const discount = Math.round((lines * Math.min(percent, 100)) / 100);
  const tax = charge.lines.reduce((sum, line) => sum + taxOf(line, address), 0);
  const freeFrom = switches.get('freeShippingFrom');
  const stated = charge.shipping.reduce((sum, { price }) => sum + price, 0);
  const shipping = freeFrom > 0 ? (lines >= freeFrom ? 0 : switches.get('shippingFee')) : stated;
  return { lines, discount, tax, shipping, total: lines - discount + tax + shipping };
}
