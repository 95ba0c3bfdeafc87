import type { Account } from '../../domain/account.js';
import { type CurrencyCode, toCurrencyCode } from '../../domain/currency.js';
import { type CurrencySource, type Money, parseMoney } from '../../domain/money.js';
import type { Order } from '../../domain/order.js';

export interface Currency {
  readonly code: CurrencyCode;
  readonly source: CurrencySource;
}

/** The stated currency, which older payloads lack, or the account's. */
export function currencyOf(stated: string | null, { currency }: Pick<Account, 'currency'>): Currency | null {
  const code = stated === null ? null : toCurrencyCode(stated);
  if (code !== null) return { code, source: 'PROVIDER' };
  return currency === null ? null : { code: currency, source: 'CONFIGURED' };
}

/** Items and products state no currency: they are in that of their order. */
export function currencyOfOrder(
  { totals }: Pick<Order, 'totals'>,
  account: Pick<Account, 'currency'>,
): Currency | null {
  const stated = totals?.total ?? totals?.subtotal;
  return stated ? { code: stated.currency, source: stated.currencySource } : currencyOf(null, account);
}

/** Null when there is no amount, no currency, or more digits than the currency has. */
export function toMoney(amount: string | null, currency: Currency | null): Money | null {
  return amount === null || currency === null ? null : parseMoney(amount, currency.code, currency.source);
}
