import { LARGEST_INT } from './largest-int.js';
import type { ScheduledMoment } from './moment.js';

export type WindowState = 'OPEN' | 'CLOSING' | 'CLOSED' | 'UNKNOWN';

/** Period during which items may be added. */
export interface UpsellWindow {
  readonly state: WindowState;
  readonly closesAt: ScheduledMoment | null;
  /** Seconds left at `asOf`, less the safety margin. */
  readonly secondsLeft: number | null;
  readonly asOf: Date;
}

/** Threshold below which an open window is CLOSING. */
const CLOSING_SECONDS = 60;

/** Builds a window that is open until `closesAt`, less a safety margin in milliseconds. */
export function windowUntil(closesAt: ScheduledMoment, asOf: Date, marginMs: number): UpsellWindow {
  if (closesAt.at === null) return { state: 'UNKNOWN', closesAt, secondsLeft: null, asOf };
  const left = Math.floor((closesAt.at.getTime() - marginMs - asOf.getTime()) / 1000);
  // A window further in the future needs no countdown.
  const secondsLeft = Math.min(Math.max(left, 0), LARGEST_INT);
  return { state: stateWith(secondsLeft), closesAt, secondsLeft, asOf };
}

export function closedWindow(asOf: Date, closesAt: ScheduledMoment | null = null): UpsellWindow {
  return { state: 'CLOSED', closesAt, secondsLeft: 0, asOf };
}

/** Builds a window whose end is unknown. */
export function unknownWindow(asOf: Date): UpsellWindow {
  return { state: 'UNKNOWN', closesAt: null, secondsLeft: null, asOf };
}

function stateWith(secondsLeft: number): WindowState {
  if (secondsLeft <= 0) return 'CLOSED';
  return secondsLeft < CLOSING_SECONDS ? 'CLOSING' : 'OPEN';
}
