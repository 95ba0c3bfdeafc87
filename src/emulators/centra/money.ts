import type { CurrencyRecord } from './records.js';

/** Renders an amount as the APIs send it: text for people under `name`, the exact number under `nameAsNumber`. */
export function pricePair(name: string, minor: number, currency: CurrencyRecord): Record<string, unknown> {
  return { [name]: formatPrice(minor, currency), [`${name}AsNumber`]: majorUnits(minor, currency) };
}

/** Renders an amount that does not apply. Some of these are `false`, and so are their numbers. */
export function absentPrice(name: string): Record<string, unknown> {
  return { [name]: false, [`${name}AsNumber`]: false };
}

export function majorUnits(minor: number, { denominator }: CurrencyRecord): number {
  return minor / denominator;
}

const NO_BREAK_SPACE = '\u00a0';

/** Formats an amount with prefix and suffix together, rounded to the digits of the currency, with no-break spaces. */
export function formatPrice(minor: number, currency: CurrencyRecord): string {
  const digits = Number(currency.decimalDigits);
  const [whole = '0', fraction] = Math.abs(majorUnits(minor, currency)).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, currency.thousandsSeparator);
  const number = fraction === undefined ? grouped : `${grouped}${currency.decimalPoint}${fraction}`;
  const sign = minor < 0 ? '-' : '';
  return `${currency.prefix}${sign}${number}${currency.suffix}`.replaceAll(' ', NO_BREAK_SPACE);
}

/** Returns the tax contained in an amount that includes it. */
export function taxWithin(minor: number, percent: number): number {
  return Math.round((minor * percent) / (100 + percent));
}
