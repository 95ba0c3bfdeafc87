import type { CurrencySource, Money } from '../../domain/money.js';

/** Who named the currency of amounts read together: the operator as soon as one of them came without it. */
export function currencySourceOf(amounts: readonly (Money | null)[]): CurrencySource | null {
  const sources = amounts.flatMap((amount) => amount?.currencySource ?? []);
  if (sources.length === 0) return null;
  return sources.includes('CONFIGURED') ? 'CONFIGURED' : 'PROVIDER';
}
