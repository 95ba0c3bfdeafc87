import { failed, found, type Lookup, missing } from '../../domain/lookup.js';
import { attemptLookup, lookupIn } from '../kit/lookups.js';
import { isAmong, isVisibleTo } from '../kit/ownership.js';
import type { Decoded } from '../kit/decode.js';
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

/**
 * Finds the charge that holds a subscription and could not be paid. The subscription itself says nothing of it. While some
 * of the charges could not be read, it may be among those.
 */
export function unpaidChargeOf(list: Lookup<Decoded<WireCharge>>, subscriptionId: string): Lookup<WireCharge> {
  if (list.state !== 'found') return list;
  const { records, problem } = list.value;
  const unpaid = records.filter(({ status }) => toOrderStatus(status) === 'PAYMENT_FAILED');
  const charge = unpaid.find(({ lines }) => lines.records.some(({ itemId }) => itemId === subscriptionId));
  const unread = unpaid.map(({ lines }) => lines.problem).find((each) => each !== null) ?? null;
  // Charges of others that were left out hold nothing of this customer.
  const gap = problem?.leftOut?.unreadable === 0 ? null : problem;
  return lookupIn(charge, gap ?? unread);
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
