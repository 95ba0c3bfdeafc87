import type { Account } from '../../domain/account.js';
import type { Money } from '../../domain/money.js';
import { currencyCodeIn, currencyOf, toMoney as toKitMoney } from '../kit/money.js';
import type { WireOneOff } from './wire.js';
import type { WireMoney } from './wire-contract.js';

/** Reads an amount of a contract, which names its currency. Null when there is no amount. */
export function toMoney(money: WireMoney | null): Money | null {
  const code = money?.currencyCode ? currencyCodeIn(money.currencyCode) : null;
  return money && code ? toKitMoney(money.amount, { code, source: 'PROVIDER' }) : null;
}

/** Reads the price of a one-off. It is in the shop's own currency, which one-offs name at most by the way. */
export function priceOf({ price, currencyCode }: WireOneOff, account: Pick<Account, 'currency'>): Money | null {
  return toKitMoney(price, currencyOf(currencyCode, account));
}
