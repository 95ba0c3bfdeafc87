/** A window as the graph states it. */
export interface WindowFacts {
  readonly state: string;
  readonly secondsLeft?: number | null;
}

export interface Countdown {
  /** Returns the whole seconds left, never more than the graph said; null when the graph does not say. */
  secondsLeft(): number | null;
  /** Returns the state of the window, `CLOSED` when the time is over. Then ask again instead of believing it. */
  state(): string;
}

export interface Clocks {
  /** Returns milliseconds that only grow, and may stand still while a computer sleeps. */
  readonly steady: () => number;
  /** Returns the milliseconds of the wall clock, which can be set. */
  readonly wall: () => number;
}

const clocks: Clocks = { steady: () => performance.now(), wall: () => Date.now() };

/**
 * Counts down from `secondsLeft` from now on. What the browser's clock shows plays no part; of the time passed by two
 * clocks the longer counts, so that neither sleep nor a clock set back keeps a window open or opens it again.
 */
export function countdown({ state, secondsLeft = null }: WindowFacts, { steady, wall }: Clocks = clocks): Countdown {
  const [steadyStart, wallStart] = [steady(), wall()];
  let passed = 0;
  const left = () => {
    if (secondsLeft === null) return null;
    passed = Math.max(steady() - steadyStart, wall() - wallStart, passed);
    return Math.max(0, Math.floor(secondsLeft - passed / 1000));
  };
  return { secondsLeft: left, state: () => (left() === 0 && state !== 'UNKNOWN' ? 'CLOSED' : state) };
}
