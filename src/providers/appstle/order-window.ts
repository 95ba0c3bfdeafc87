import type { ScheduledMoment } from '../../domain/moment.js';
import type { OrderStatus } from '../../domain/order.js';
import { closedWindow, unknownWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import type { AppstleSettings } from './settings.js';

/** Returns the window of an attempt, open while it is queued: no cutoff before its billing date is documented. */
export function windowOf(
  status: OrderStatus,
  scheduled: ScheduledMoment,
  { safetyMarginSeconds }: AppstleSettings,
  now: Date,
): UpsellWindow {
  if (status === 'UNKNOWN') return unknownWindow(now);
  if (status !== 'SCHEDULED') return closedWindow(now);
  const basis = scheduled.at === null ? scheduled.basis : 'DERIVED_FROM_RULE';
  return windowUntil({ ...scheduled, basis }, now, safetyMarginSeconds * 1000);
}
