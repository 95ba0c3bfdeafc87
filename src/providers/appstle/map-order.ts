import type { LineItem } from '../../domain/line-item.js';
import type { Lookup } from '../../domain/lookup.js';
import { statedInstant, unknownMoment } from '../../domain/moment.js';
import type { Order, OrderTotals } from '../../domain/order.js';
import { identity } from './identity.js';
import { toOrderKey } from './keys.js';
import { sumOf, toMoney } from './money.js';
import { windowOf } from './order-window.js';
import type { AppstleAccount } from './session.js';
import { toOrderStatus } from './statuses.js';
import type { WireAttempt } from './wire.js';
import type { WireContract } from './wire-contract.js';

/** The order without its totals, which are a sum of its lines until it is billed. */
export function toOrder(attempt: WireAttempt, customerId: string | null, account: AppstleAccount, now: Date): Order {
  const status = toOrderStatus(attempt.status);
  const { billingDate } = attempt;
  const scheduled = billingDate === null ? unknownMoment : statedInstant(billingDate, account.timeZone);
  const key = toOrderKey({ contractId: attempt.contractId, attemptId: attempt.id });
  return {
    kind: 'UPCOMING',
    status,
    providerStatus: attempt.status,
    customerId,
    scheduled,
    window: windowOf(status, scheduled, account.settings, now),
    totals: null,
    observedAt: now,
    ...identity(account, 'Order', key, attempt.id),
  };
}

const nothing = { subtotal: null, discount: null, tax: null, fees: null };

/** Taxes and discounts are known once it is billed: until then the total is an estimate. */
export function estimatedTotals(
  lines: Lookup<readonly LineItem[]>,
  contract: Lookup<WireContract>,
): OrderTotals | null {
  if (contract.state !== 'found') return null;
  const shipping = toMoney(contract.value.deliveryPrice);
  const items = lines.state === 'found' ? lines.value.map(({ total }) => total) : [null];
  return { ...nothing, shipping, total: sumOf([...items, ...(shipping ? [shipping] : [])]), estimated: true };
}

/** What was billed is in the currency of the contract. */
export function billedTotals({ orderAmount }: WireAttempt, contract: Lookup<WireContract>): OrderTotals | null {
  if (contract.state !== 'found' || orderAmount === null) return null;
  const currencyCode = contract.value.deliveryPrice?.currencyCode ?? null;
  const total = toMoney({ amount: orderAmount, currencyCode: currencyCode ?? lineCurrency(contract.value) });
  return total && { ...nothing, shipping: null, total, estimated: false };
}

function lineCurrency({ lines }: WireContract): string | null {
  return lines.records.flatMap(({ price }) => price?.currencyCode ?? [])[0] ?? null;
}
