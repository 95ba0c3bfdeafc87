import type { OrderReader } from '../../domain/provider.js';
import { sameEmailAddress } from '../../domain/same-customer.js';
import { attempt, mapLookup } from '../kit/lookups.js';
import { isAmong, isVisibleTo } from '../kit/ownership.js';
import { isOrderNumber } from './keys.js';
import { type OrderContext, toOrder } from './mapping.js';
import type { Session } from './session.js';

export function createOrderReader(session: Session): OrderReader {
  return {
    getMany: (keys) =>
      Promise.all(
        keys.map(async (key) => mapLookup(await attempt(() => readOrder(session, key)), ({ order }) => order)),
      ),
  };
}

/** Reads an order with its lines and terms; null for another shopper's, like one that does not exist. Throws `ProviderFailure`. */
export async function readOrder(session: Session, key: string): Promise<OrderContext | null> {
  const { reads, shopper, onlyOrders, account, clock } = session;
  if (!isOrderNumber(key)) return null;
  const [wire, terms] = await Promise.all([reads.order.get(key), reads.terms.get(key)]);
  if (wire === null || !isVisibleTo(shopper, wire.email, sameEmailAddress)) return null;
  const loggedIn = shopper.recognised ? null : shopper.customerId;
  // Who has no customer may be let in by the checkout they finished.
  const checkoutId = shopper.customerId === null ? await session.memory.selectionOf(key) : null;
  if (!isAmong(onlyOrders, key, ...(checkoutId === null ? [] : [checkoutId]))) return null;
  const order = toOrder(wire, terms, account, clock());
  return { wire, terms, order: checkoutId === null ? order : { ...order, checkoutId }, loggedIn };
}
