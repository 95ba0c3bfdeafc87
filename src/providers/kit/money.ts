import type { Account } from '../../domain/account.js';
import { type CurrencyCode, toCurrencyCode } from '../../domain/currency.js';
import { type CurrencySource, Money, parseMoney } from '../../domain/money.js';
import type { Order } from '../../domain/order.js';
import { contractDrift, noteGap } from './decode.js';

export interface Currency {
  readonly code: CurrencyCode;
  readonly source: CurrencySource;
}

type AccountCurrency = Pick<Account, 'currency'>;

/** Returns the stated currency; the account's where none is stated. Null for one that cannot be read: it may be another. */
export function currencyOf(stated: string | null, { currency }: AccountCurrency): Currency | null {
  if (stated === null) return currency === null ? null : { code: currency, source: 'CONFIGURED' };
  const code = currencyCodeIn(stated);
  return code === null ? null : { code, source: 'PROVIDER' };
}

/** Reads the code of a currency. Null, and noted, for a text that is none. */
export function currencyCodeIn(stated: string): CurrencyCode | null {
  const code = toCurrencyCode(stated);
  if (code === null) noteGap('a currency');
  return code;
}

/** Returns the currency of an amount that states none but belongs to an order. Null for an order without amounts. */
export function currencyOfOrder({ totals }: Pick<Order, 'totals'>): Currency | null {
  const stated = Object.values(totals ?? {}).find((amount) => amount instanceof Money);
  return stated ? { code: stated.currency, source: stated.currencySource } : null;
}

/** Reads an amount. Null when there is none, or no currency. Throws CONTRACT_DRIFT for more digits than the currency has. */
export function toMoney(amount: string | null, currency: Currency | null): Money | null {
  if (amount === null || currency === null) return null;
  const money = parseMoney(amount, currency.code, currency.source);
  if (money === null) throw contractDrift(`an amount of ${currency.code}`);
  return money;
}

export function absolute(money: Money | null): Money | null {
  return money !== null && money.minor < 0n ? money.with(-money.minor) : money;
}

/** Adds up. Null when one amount is not known or they are in different currencies: nothing is converted. */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  const [first = null, ...rest] = amounts;
  return rest.reduce<Money | null>(
    (sum, amount) => (sum !== null && amount !== null && sum.currency === amount.currency ? sum.plus(amount) : null),
    first,
  );
}

/** Returns by how much an amount fell. Null when it did not, one is not known, or they are in different currencies. */
export function reduction(before: Money | null, after: Money | null): Money | null {
  if (before === null || after === null || before.currency !== after.currency) return null;
  const minor = before.minor - after.minor;
  return minor > 0n ? after.with(minor) : null;
}

/** Returns what was taken off a line: the difference between its units at their price and its total. */
export function discountOf(unitPrice: Money | null, quantity: number, total: Money | null): Money | null {
  if (unitPrice === null || total === null || unitPrice.currency !== total.currency) return null;
  const minor = unitPrice.minor * BigInt(quantity) - total.minor;
  return minor > 0n ? total.with(minor) : null;
}
