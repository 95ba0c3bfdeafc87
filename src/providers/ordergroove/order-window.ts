import { parseLocalDateTime, type ScheduledMoment } from '../../domain/moment.js';
import type { Order } from '../../domain/order.js';
import { closedWindow, unknownWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import { toOrderStatus, UNSENT } from './statuses.js';
import type { OrdergrooveSettings } from './settings.js';
import type { WireOrder } from './wire.js';

/**
 * Items may be added to an unsent, unlocked order until placement begins on its day.
 * https://developer.ordergroove.com/docs/recurring-order-placement: at an hour of 0 to 11, US Central time.
 */
export function windowOf(
  wire: WireOrder,
  scheduled: ScheduledMoment,
  { placementHour, safetyMarginSeconds }: OrdergrooveSettings,
  now: Date,
): UpsellWindow {
  if (toOrderStatus(wire.status) === 'UNKNOWN') return unknownWindow(now);
  if (wire.status !== UNSENT || wire.locked === true) return closedWindow(now);
  return windowUntil(placementOn(scheduled, placementHour), now, safetyMarginSeconds * 1000);
}

/** A locked order is the only scheduled one whose window is closed without a time at which it closes. */
export function isLocked({ status, window }: Pick<Order, 'status' | 'window'>): boolean {
  return status === 'SCHEDULED' && window.state === 'CLOSED' && window.closesAt === null;
}

function placementOn({ date, timeZone, basis }: ScheduledMoment, hour: number): ScheduledMoment {
  if (date === null) return { at: null, date: null, timeZone, basis };
  const at = parseLocalDateTime(`${date} ${String(hour).padStart(2, '0')}:00:00`, timeZone);
  return { ...at, basis: 'DERIVED_FROM_RULE' };
}
