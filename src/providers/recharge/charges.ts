import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { attemptLookup, lookupIn } from '../kit/lookups.js';
import { isAmong, isVisibleTo } from '../kit/ownership.js';
import { isRecordId, type OrderKey, toOrderKey } from './keys.js';
import { isOn } from './mapping.js';
import type { Session } from './session.js';
import { toOrderStatus } from './statuses.js';
import type { WireCharge } from './wire.js';

/**
 * Finds the charge of an address and a day: the queued one among the shopper's own, which one list shows; in another
 * state by itself. A foreign one is missing.
 */
export function findCharge(session: Session, key: OrderKey): Promise<Lookup<WireCharge>> {
  const { reads, shopper } = session;
  return attemptLookup(async () => {
    const { customerId } = shopper;
    if (customerId !== null && isRecordId(customerId)) {
      const { records } = await reads.lists.plan(customerId, { charges: true }).charges;
      const queued = records.find((wire) => isQueued(wire) && isOn(key)(wire));
      if (queued) return found(queued);
    }
    return findChargeOn(session, key);
  });
}

/** Finds the charge of an address and a day in whatever state it is. */
export function findChargeOn(session: Session, key: OrderKey): Promise<Lookup<WireCharge>> {
  return attemptLookup(async () => {
    const { records, problem } = await session.reads.chargesOn.get(key);
    const charge = chargeToShow(records.filter(isOn(key)));
    // While a row could not be read, the one that could be may be another one than the order's.
    if (problem && (charge === undefined || !isQueued(charge))) return failed(problem);
    if (charge && !mayShow(session, charge)) return missing;
    return lookupIn(charge, problem);
  });
}

/** Whether the shopper may see a charge, by their identifier and, for a guest, by the order it belongs to. */
export function mayShow({ shopper, onlyOrders }: Session, charge: WireCharge): boolean {
  return isVisibleTo(shopper, charge.customerId) && isAmong(onlyOrders, charge.id, toOrderKey(charge));
}

/** Returns the charge that holds a subscription and could not be paid. The subscription itself says nothing of it. */
export function unpaidChargeOf(charges: readonly WireCharge[], subscriptionId: string): WireCharge | null {
  const isOf = ({ status, lines }: WireCharge) =>
    toOrderStatus(status) === 'PAYMENT_FAILED' && lines.records.some(({ itemId }) => itemId === subscriptionId);
  return charges.find(isOf) ?? null;
}

export function isQueued({ status }: WireCharge): boolean {
  return toOrderStatus(status) === 'SCHEDULED';
}

/** Of several on one day, what goes on comes before what is over; the latest wins a tie. */
const RANKS = ['SCHEDULED', 'PROCESSING', 'UNKNOWN', 'PAYMENT_FAILED', 'PLACED', 'SKIPPED'];

export function chargeToShow(charges: readonly WireCharge[]): WireCharge | undefined {
  const rankOf = ({ status }: WireCharge) => RANKS.indexOf(toOrderStatus(status));
  return [...charges].sort((left, right) => rankOf(left) - rankOf(right) || Number(right.id) - Number(left.id))[0];
}
