import { parseLocalDateTime, type ScheduledMoment } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import { closedWindow, unknownWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import { toOrderStatus, UNSENT } from './statuses.js';
import type { OrdergrooveSettings } from './settings.js';
import type { WireOrder } from './wire.js';

/**
 * Returns the window of an order: items may be added to an unsent, unlocked one until placement begins on its day, at
 * an hour of 0 to 11, US Central time. See https://developer.ordergroove.com/docs/recurring-order-placement
 */
export function windowOf(
  wire: WireOrder,
  scheduled: ScheduledMoment,
  { placementHour, safetyMarginSeconds }: OrdergrooveSettings,
  now: Date,
): UpsellWindow {
  if (toOrderStatus(wire.status) === 'UNKNOWN') return unknownWindow(now);
  if (wire.status !== UNSENT || wire.locked === true) return closedWindow(now);
  const window = windowUntil(placementOn(scheduled, placementHour), now, safetyMarginSeconds * 1000);
  // Whether it is locked was not said.
  return wire.locked !== null || window.state === 'CLOSED'
    ? window
    : { ...window, state: 'UNKNOWN', secondsLeft: null };
}

/** Whether an order is locked: no other scheduled one has a closed window without a time at which it closes. */
export function isLocked({ status, window }: Pick<Order, 'status' | 'window'>): boolean {
  return status === 'SCHEDULED' && window.state === 'CLOSED' && window.closesAt === null;
}

function placementOn({ date, timeZone, basis }: ScheduledMoment, hour: number): ScheduledMoment {
  if (date === null) return { at: null, date: null, timeZone, basis };
  const at = parseLocalDateTime(`${date} ${String(hour).padStart(2, '0')}:00:00`, timeZone);
  return { ...at, basis: 'DERIVED_FROM_RULE' };
}
