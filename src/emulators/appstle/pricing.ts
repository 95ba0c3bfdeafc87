import type { ContractRecord, LineRecord, OneOffRecord } from './records.js';

const ONE_TIME = '_one_time_product';

export const oneTimeAttribute = { key: ONE_TIME, value: 'true' } as const;

/** A contract line of the next order only. */
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

/** Shopify writes money as text without trailing zeros beyond the first decimal. */
export function moneyText(amount: string): string {
  return Number(amount).toFixed(2).replace(/0$/u, '');
}

export function reducedBy(price: string, percent: number): string {
  return fromCents(Math.round((cents(price) * (100 - percent)) / 100));
}

export function amountOf(contract: ContractRecord, oneOffs: readonly OneOffRecord[]): string {
  const items = [...contract.lines, ...oneOffs].map(({ price, quantity }) => cents(price) * quantity);
  return fromCents(items.reduce((sum, item) => sum + item, cents(contract.deliveryPrice)));
}
