import { fromInstant } from '../../domain/moment.js';
import { closedWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import { toOrderStatus } from './statuses.js';
import type { OrderRecord } from './order-records.js';
import type { SureCartSettings } from './settings.js';

/**
 * Returns the window of an order: one deadline for the whole funnel, stated on the checkout, and from that second on an
 * upsell is refused. Without one there is no countdown, which does not mean that it is over.
 */
export function windowOf(
  { wire, upsell, isClosed }: Pick<OrderRecord, 'wire' | 'upsell' | 'isClosed'>,
  { safetyMarginSeconds }: SureCartSettings,
  now: Date,
): UpsellWindow {
  const { upsellsExpireAt } = wire.checkout;
  const closesAt = upsellsExpireAt && fromInstant(upsellsExpireAt);
  if (isClosed) return closedWindow(now, closesAt);
  if (toOrderStatus(wire.status, false) === 'UNKNOWN' || (upsell && !closesAt)) {
    return { state: 'UNKNOWN', closesAt, secondsLeft: null, asOf: now };
  }
  return upsell && closesAt ? windowUntil(closesAt, now, safetyMarginSeconds * 1000) : closedWindow(now, closesAt);
}
