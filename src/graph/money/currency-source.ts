import type { CurrencySource, Money } from '../../domain/money.js';

/** Returns the source of the currency of several amounts: the operator if any amount came without a currency. */
export function currencySourceOf(amounts: readonly (Money | null)[]): CurrencySource | null {
  const sources = amounts.flatMap((amount) => amount?.currencySource ?? []);
  if (sources.length === 0) return null;
  return sources.includes('CONFIGURED') ? 'CONFIGURED' : 'PROVIDER';
}
