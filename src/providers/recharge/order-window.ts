import { parseLocalDateTime, type ScheduledMoment } from '../../domain/moment.js';
import type { OrderStatus } from '../../domain/order.js';
import { closedWindow, unknownWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import type { RechargeSettings } from './settings.js';

const MIDNIGHT = '00:00';

/**
 * Ends the window when the day of the charge begins on Eastern clocks, because items need a date that lies ahead.
 * See https://support.getrecharge.com/hc/en-us/articles/13002255447703
 */
export function windowOf(
  status: OrderStatus,
  { date, timeZone }: ScheduledMoment,
  { itemsForToday, processingTime, safetyMarginSeconds }: RechargeSettings,
  now: Date,
): UpsellWindow {
  if (status === 'UNKNOWN') return unknownWindow(now);
  if (status !== 'SCHEDULED') return closedWindow(now);
  const time = itemsForToday === 'allow' ? processingTime : MIDNIGHT;
  const closesAt = parseLocalDateTime(`${date} ${time}`, timeZone);
  return windowUntil({ ...closesAt, basis: 'DERIVED_FROM_RULE' }, now, safetyMarginSeconds * 1000);
}
