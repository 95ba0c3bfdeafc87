import { LARGEST_INT } from './largest-int.js';
import type { ScheduledMoment } from './moment.js';

export type WindowState = 'OPEN' | 'CLOSING' | 'CLOSED' | 'UNKNOWN';

/** The period in which items may be added. */
export interface UpsellWindow {
  readonly state: WindowState;
  readonly closesAt: ScheduledMoment | null;
  /** Seconds left at `asOf`, the safety margin already taken off. */
  readonly secondsLeft: number | null;
  readonly asOf: Date;
}

/** Below this many seconds an open window is CLOSING. */
const CLOSING_SECONDS = 60;

/** The window of something that may be changed until `closesAt`, less a safety margin in milliseconds. */
export function windowUntil(closesAt: ScheduledMoment, asOf: Date, marginMs: number): UpsellWindow {
  if (closesAt.at === null) return { state: 'UNKNOWN', closesAt, secondsLeft: null, asOf };
  const left = Math.floor((closesAt.at.getTime() - marginMs - asOf.getTime()) / 1000);
  // A window further off needs no countdown.
  const secondsLeft = Math.min(Math.max(left, 0), LARGEST_INT);
  return { state: stateWith(secondsLeft), closesAt, secondsLeft, asOf };
}

export function closedWindow(asOf: Date, closesAt: ScheduledMoment | null = null): UpsellWindow {
  return { state: 'CLOSED', closesAt, secondsLeft: 0, asOf };
}

/** The window of something of which it is not known until when it may be changed. */
export function unknownWindow(asOf: Date): UpsellWindow {
  return { state: 'UNKNOWN', closesAt: null, secondsLeft: null, asOf };
}

function stateWith(secondsLeft: number): WindowState {
  if (secondsLeft <= 0) return 'CLOSED';
  return secondsLeft < CLOSING_SECONDS ? 'CLOSING' : 'OPEN';
}
