/** What an event of a subscription reports to the stream that serves it. */
export interface EventStream {
  /** Looks again after this time, although nothing may be announced by then. */
  lookAgainAfter(ms: number): void;
  /** Ends the stream after this event: nothing can follow. */
  endAfterThisEvent(): void;
}
