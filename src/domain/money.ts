import { type CurrencyCode, fractionDigits } from './currency.js';
import { memoizeBounded } from './memoize-bounded.js';

/** Whether the provider named the currency or the operator configured it for the account. */
export type CurrencySource = 'PROVIDER' | 'CONFIGURED';

/** An exact amount: integer minor units and a currency. Never a float. */
export class Money {
  constructor(
    readonly minor: bigint,
    readonly currency: CurrencyCode,
    readonly currencySource: CurrencySource,
  ) {}

  /** Returns decimal text in major units with the currency's own number of fraction digits. */
  get amount(): string {
    return formatWith(fractionDigits(this.currency))(this.minor);
  }

  get amountMinor(): string {
    return this.minor.toString();
  }

  times(count: number): Money {
    return this.with(this.minor * BigInt(count));
  }

  /** Adds an amount. Throws for another currency: amounts are never converted. */
  plus(other: Money): Money {
    return this.with(this.minor + this.minorOf(other));
  }

  /** Subtracts an amount. Throws for another currency. */
  minus(other: Money): Money {
    return this.with(this.minor - this.minorOf(other));
  }

  with(minor: bigint): Money {
    return new Money(minor, this.currency, this.currencySource);
  }

  private minorOf(other: Money): bigint {
    if (other.currency === this.currency) return other.minor;
    throw new TypeError(`cannot combine ${other.currency} with ${this.currency}`);
  }

  toString(): string {
    return `${this.amount} ${this.currency}`;
  }
}

/** Bounds the digits, so that hostile input cannot become a huge integer. */
const DECIMAL = /^-?\d{1,30}(?:\.\d{1,18})?$/;
const MAX_LENGTH = 50;

/**
 * Parses exact decimal text in major units.
 * Returns null for other text, and for more significant fraction digits than the currency has; what arithmetic on doubles
 * leaves behind does not count.
 */
export function parseMoney(text: string, currency: CurrencyCode, source: CurrencySource): Money | null {
  const decimal = text.trim();
  return decimal.length > MAX_LENGTH ? null : moneyIn(currency)[source](decimal);
}

const MAX_MEMOIZED_AMOUNTS = 10_000;

const MAX_MEMOIZED_CURRENCIES = 200;

const moneyIn = memoizeBounded(MAX_MEMOIZED_CURRENCIES, (currency: CurrencyCode): Record<CurrencySource, MoneyOf> => {
  const from = (source: CurrencySource) =>
    memoizeBounded(MAX_MEMOIZED_AMOUNTS, (text: string) => {
      const minor = parseMinor(text, fractionDigits(currency));
      return minor === null ? null : new Money(minor, currency, source);
    });
  return { PROVIDER: from('PROVIDER'), CONFIGURED: from('CONFIGURED') };
});

type MoneyOf = (text: string) => Money | null;

/** Formatters by number of fraction digits. */
const formatWith = memoizeBounded(5, (digits: number) =>
  memoizeBounded(MAX_MEMOIZED_AMOUNTS, (minor: bigint) => formatMinor(minor, digits)),
);

function parseMinor(text: string, digits: number): bigint | null {
  if (!DECIMAL.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!/[1-9]/.test(fraction.slice(digits))) return minor;
  const step = text.startsWith('-') ? -1n : 1n;
  return [minor, minor + step].find((near) => isImage(text, formatMinor(near, digits))) ?? null;
}

/** What arithmetic on doubles may leave behind, absolute and relative to the amount. */
const DOUBLE_ERROR = { absolute: 1e-9, relative: 1e-14 };

/** Whether a long decimal is what a computer made of a short one: 24.989999999999998 is 24.99, 24.995 is no amount. */
function isImage(text: string, decimal: string): boolean {
  const exact = Number(decimal);
  return Math.abs(Number(text) - exact) <= Math.max(DOUBLE_ERROR.absolute, DOUBLE_ERROR.relative * Math.abs(exact));
}

function formatMinor(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
