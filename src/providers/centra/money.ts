import { fractionDigits } from '../../domain/currency.js';
import { Money, parseMoney } from '../../domain/money.js';
import type { Currency } from '../kit/money.js';

/** Reads an amount. Null when there is none, or no currency. An amount with more digits than the currency has is rounded, half up. */
export function toMoney(amount: string | null, currency: Currency | null): Money | null {
  if (amount === null || currency === null) return null;
  const { code, source } = currency;
  return parseMoney(amount, code, source) ?? rounded(amount, currency);
}

/** Rounds an amount by its digits as they stand: a binary fraction would decide the half by chance. */
function rounded(amount: string, { code, source }: Currency): Money | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,30})\.(\d+)$/.exec(amount) ?? [];
  if (whole === '') return null;
  const digits = fractionDigits(code);
  const kept = BigInt(whole + fraction.slice(0, digits));
  const minor = kept + (Number(fraction[digits] ?? '0') >= 5 ? 1n : 0n);
  return new Money(sign === '-' ? -minor : minor, code, source);
}
