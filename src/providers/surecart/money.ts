import { fractionDigits } from '../../domain/currency.js';
import { Money } from '../../domain/money.js';
import { contractDrift, type JsonObject } from '../kit/decode.js';
import { currencyCodeIn } from '../kit/money.js';

/** Currencies SureCart writes without decimals; it writes all others with two, also those that have three. */
const WITHOUT_DECIMALS: ReadonlySet<string> = new Set(
  'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
);

const DIGITS = /^-?\d{1,30}$/;

/** Reads an integer amount, also as text, which is how a long one arrives. Throws CONTRACT_DRIFT for anything else. */
export function minorIn(fields: JsonObject, name: string): bigint | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && DIGITS.test(value)) return BigInt(value);
  throw contractDrift(`an integer \`${name}\``);
}

/** Converts an amount in the provider's smallest unit. Null without a currency, or when the currency cannot hold it. */
export function toMoney(minor: bigint | null, currency: string | null): Money | null {
  const code = currency === null ? null : currencyCodeIn(currency);
  if (minor === null || code === null) return null;
  const shift = fractionDigits(code) - (WITHOUT_DECIMALS.has(code) ? 0 : 2);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift >= 0) return new Money(minor * scale, code, 'PROVIDER');
  return minor % scale === 0n ? new Money(minor / scale, code, 'PROVIDER') : null;
}

export function absolute(minor: bigint | null): bigint | null {
  return minor !== null && minor < 0n ? -minor : minor;
}

/** Adds up minor units. Null when one is not known. */
export function sum(minors: readonly (bigint | null)[]): bigint | null {
  return minors.reduce<bigint | null>((total, minor) => (total === null || minor === null ? null : total + minor), 0n);
}
