export interface WriteTiming {
  /** How long one write may take from claim to answer. */
  readonly deadlineMs: number;
  /** A process that renews its lease no longer than this is taken for dead. */
  readonly leaseMs: number;
  /** How often open operations are looked for. */
  readonly recoveryIntervalMs: number;
  /** After this long an open operation is left for a person to look at. */
  readonly giveUpMs: number;
  /** How long settled operations are kept. */
  readonly retentionMs: number;
}

const DAY_MS = 86_400_000;

export const defaultTiming: WriteTiming = {
  deadlineMs: 20_000,
  leaseMs: 10_000,
  recoveryIntervalMs: 1_500,
  giveUpMs: DAY_MS,
  retentionMs: 30 * DAY_MS,
};
