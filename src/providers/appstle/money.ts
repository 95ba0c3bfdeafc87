import type { Account } from '../../domain/account.js';
import { toCurrencyCode } from '../../domain/currency.js';
import { type Money, parseMoney } from '../../domain/money.js';
import type { WireOneOff } from './wire.js';
import type { WireMoney } from './wire-contract.js';

/** Money of a contract names its currency. Null when there is no amount, or more digits than the currency has. */
export function toMoney(money: WireMoney | null): Money | null {
  const code = money?.currencyCode ? toCurrencyCode(money.currencyCode) : null;
  return money?.amount && code ? parseMoney(money.amount, code, 'PROVIDER') : null;
}

/** One-offs are in the shop's own currency, which they name at most by the way. */
export function priceOf({ price, currencyCode }: WireOneOff, { currency }: Pick<Account, 'currency'>): Money | null {
  if (price === null) return null;
  const stated = currencyCode === null ? null : toCurrencyCode(currencyCode);
  if (stated !== null) return parseMoney(price, stated, 'PROVIDER');
  return currency === null ? null : parseMoney(price, currency, 'CONFIGURED');
}

/** Null when one of them is not known or they are in different currencies: nothing is converted. */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  const known = amounts.flatMap((amount) => amount ?? []);
  const [first, ...rest] = known;
  if (!first || known.length < amounts.length || rest.some(({ currency }) => currency !== first.currency)) return null;
  return rest.reduce((sum, amount) => sum.plus(amount), first);
}
