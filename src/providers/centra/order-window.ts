import { closedWindow, unknownWindow, type UpsellWindow, windowUntil } from '../../domain/window.js';
import type { CentraSettings } from './settings.js';
import type { UpsellTerms } from './terms.js';

const MINUTE_MS = 60_000;

/**
 * Returns the window of an order. Without a recorded start it is unknown, and never taken for open.
 * See https://docs.centra.com/plugins/klarna
 */
export function windowOf(
  terms: UpsellTerms | null,
  { safetyMarginSeconds }: CentraSettings,
  timeZone: string | null,
  now: Date,
): UpsellWindow {
  if (terms === null) return unknownWindow(now);
  if (!terms.isOffered || terms.isAllowed === false) return closedWindow(now);
  if (terms.isAllowed === null || terms.minutes === null) return unknownWindow(now);
  const at = new Date(terms.startedAt.getTime() + terms.minutes * MINUTE_MS);
  return windowUntil({ at, date: null, timeZone, basis: 'DERIVED_FROM_LENGTH' }, now, safetyMarginSeconds * 1000);
}

export function isOpen({ state }: UpsellWindow): boolean {
  return state === 'OPEN' || state === 'CLOSING';
}
