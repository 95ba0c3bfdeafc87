import type { ContractRecord, LineRecord, OneOffRecord } from './records.js';
import type { AppstleSwitches } from './switches.js';

const ONE_TIME = '_one_time_product';

export const oneTimeAttribute = { key: ONE_TIME, value: 'true' } as const;

/** Whether a contract line is of the next order only. */
export function isOneTime({ attributes }: Pick<LineRecord, 'attributes'>): boolean {
  return attributes.some(({ key, value }) => key === ONE_TIME && value === 'true');
}

export function recurringLines(contract: ContractRecord): LineRecord[] {
  return contract.lines.filter((line) => !isOneTime(line));
}

/** Hundredths: every currency here has two digits. */
export function cents(amount: string): number {
  return Math.round(Number(amount) * 100);
}

export function fromCents(amount: number): string {
  return (amount / 100).toFixed(2);
}

/** Formats money as Shopify does: as text without trailing zeros beyond the first decimal. */
export function moneyText(amount: string): string {
  return Number(amount).toFixed(2).replace(/0$/u, '');
}

export function reducedBy(price: string, percent: number): string {
  return fromCents(Math.round((cents(price) * (100 - percent)) / 100));
}

export function amountOf(
  switches: AppstleSwitches,
  contract: ContractRecord,
  oneOffs: readonly OneOffRecord[],
): string {
  return fromCents(itemsOf(contract, oneOffs) + cents(deliveryPriceOf(switches, contract, oneOffs)));
}

/** Returns the contract's own delivery price, unless the shop ships for free from some sum on. */
export function deliveryPriceOf(
  switches: AppstleSwitches,
  contract: ContractRecord,
  oneOffs: readonly OneOffRecord[],
): string {
  const freeFrom = switches.get('freeShippingFrom');
  if (freeFrom === 0) return contract.deliveryPrice;
  return fromCents(itemsOf(contract, oneOffs) < freeFrom ? switches.get('shippingFee') : 0);
}

function itemsOf({ lines }: ContractRecord, oneOffs: readonly OneOffRecord[]): number {
  return [...lines, ...oneOffs].reduce((sum, { price, quantity }) => sum + cents(price) * quantity, 0);
}
