import { type CurrencyCode, fractionDigits } from './currency.js';

/** Whether the provider named the currency or the operator configured it for the account. */
export type CurrencySource = 'PROVIDER' | 'CONFIGURED';

/** An exact amount: integer minor units and a currency. Never a float. */
export class Money {
  constructor(
    readonly minor: bigint,
    readonly currency: CurrencyCode,
    readonly currencySource: CurrencySource,
  ) {}

  /** Decimal text in major units with the currency's own number of fraction digits. */
  get amount(): string {
    return formatMinor(this.minor, fractionDigits(this.currency));
  }

  get amountMinor(): string {
    return this.minor.toString();
  }

  times(count: number): Money {
    return this.with(this.minor * BigInt(count));
  }

  /** Throws on another currency: amounts are never converted. */
  plus(other: Money): Money {
    if (other.currency !== this.currency) throw new TypeError(`cannot add ${other.currency} to ${this.currency}`);
    return this.with(this.minor + other.minor);
  }

  minus(other: Money): Money {
    return this.plus(other.with(-other.minor));
  }

  with(minor: bigint): Money {
    return new Money(minor, this.currency, this.currencySource);
  }

  toString(): string {
    return `${this.amount} ${this.currency}`;
  }
}

/** Longer texts are no amounts; the bound keeps hostile input from becoming a huge integer. */
const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,18}))?$/;

/**
 * Reads exact decimal text in major units.
 * Null when it is not a decimal, or has more significant fraction digits than the currency can hold.
 */
export function parseMoney(text: string, currency: CurrencyCode, source: CurrencySource): Money | null {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fractionDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return new Money(sign === '-' ? -minor : minor, currency, source);
}

function formatMinor(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
