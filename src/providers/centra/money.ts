import type { Account } from '../../domain/account.js';
import { type CurrencyCode, fractionDigits, toCurrencyCode } from '../../domain/currency.js';
import { type CurrencySource, Money, parseMoney } from '../../domain/money.js';

export interface Currency {
  readonly code: CurrencyCode;
  readonly source: CurrencySource;
}

/** The stated currency, or the account's. */
export function currencyOf(stated: string | null, { currency }: Pick<Account, 'currency'>): Currency | null {
  const code = stated === null ? null : toCurrencyCode(stated);
  if (code !== null) return { code, source: 'PROVIDER' };
  return currency === null ? null : { code: currency, source: 'CONFIGURED' };
}

/** Null when there is no amount or no currency. An amount with more digits than the currency has is rounded, half up. */
export function toMoney(amount: string | null, currency: Currency | null): Money | null {
  if (amount === null || currency === null) return null;
  const { code, source } = currency;
  return parseMoney(amount, code, source) ?? rounded(amount, currency);
}

/** From the digits as they stand: a binary fraction would decide the half by chance. */
function rounded(amount: string, { code, source }: Currency): Money | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,30})\.(\d+)$/.exec(amount) ?? [];
  if (whole === '') return null;
  const digits = fractionDigits(code);
  const kept = BigInt(whole + fraction.slice(0, digits));
  const minor = kept + (Number(fraction[digits] ?? '0') >= 5 ? 1n : 0n);
  return new Money(sign === '-' ? -minor : minor, code, source);
}

export function positive(money: Money | null): Money | null {
  return money !== null && money.minor < 0n ? money.with(-money.minor) : money;
}
